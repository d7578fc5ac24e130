/// The application on whose behalf a call to Graph is made, as its token says.
package struct Caller: Hashable, Sendable {
  /// The client id.
  package let appID: String
  /// The object id of the application's service principal in the tenant.
  package let objectID: String
  package let displayName: String
  package let permissions: Set<GraphPermission>

  /// Lets the call pass, or refuses it with Graph's 403.
  package func require(_ accepted: AcceptedPermissions) throws(CallRefusal) {
    guard accepted.admit(permissions) else { throw .insufficientPrivileges }
  }
}
