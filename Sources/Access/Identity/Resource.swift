/// What a guest may be given: a role of an app, membership of a group, or an access package.
///
/// Identified by what the directory calls it and not by its alias in the catalog, so that a renamed
/// alias is the same resource (DESIGN section 5).
package enum Resource: Hashable, Sendable, Comparable {
  case appRole(AppID, RoleValue)
  case group(GroupID)
  case package(AccessPackageID)
}

/// The value by which a declaration names a role of an app (`Submitter`), as the app declares it.
package struct RoleValue: Hashable, Sendable, Comparable {
  package let text: String

  /// The name by which a declaration means the default access of an app without roles.
  package static let defaultAccess = Self("default")

  package init(_ text: String) { self.text = text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension RoleValue: CustomStringConvertible {
  package var description: String { text }
}
