/// An identifier that the directory gave to an object of one kind.
///
/// One type for each kind, so that the application identifier of a service principal and its object
/// identifier, which look alike, cannot be used for one another (FACTS section 3).
package protocol Identifier: Hashable, Sendable, Comparable, CustomStringConvertible {
  var guid: GUID { get }
  init(_ guid: GUID)
}

extension Identifier {
  /// Reads the hyphenated form in either case; anything else is `nil`.
  package init?(_ text: some StringProtocol) {
    guard let guid = GUID(text) else { return nil }
    self.init(guid)
  }

  package static func < (left: Self, right: Self) -> Bool { left.guid < right.guid }
  package var description: String { guid.description }
}

/// The identifier of a tenant, the `tid` of its tokens.
package struct TenantID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The object identifier of a user.
package struct UserID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The application identifier (`appId`) that an app has in every tenant.
package struct AppID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The object identifier of the service principal by which a tenant knows an app.
package struct ServicePrincipalID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The identifier of a role inside its app.
package struct AppRoleID: Identifier {
  package let guid: GUID

  /// The role that represents default access to an app without roles (FACTS section 3).
  package static let defaultAccess = Self(GUID(high: 0, low: 0))

  package init(_ guid: GUID) { self.guid = guid }
}

/// The object identifier of a group.
package struct GroupID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The identifier of an access package of entitlement management.
package struct AccessPackageID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The identifier of the policy by which an access package is assigned.
package struct AssignmentPolicyID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}

/// The identifier of one assignment of an access package.
package struct PackageAssignmentID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
