/// The identifier of a role inside its app.
package struct AppRoleID: Identifier {
  package let guid: GUID

  /// The role that represents default access to an app without roles (FACTS section 3).
  package static let defaultAccess = Self(GUID(high: 0, low: 0))

  package init(_ guid: GUID) { self.guid = guid }
}
