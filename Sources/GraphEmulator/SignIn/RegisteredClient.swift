package import Crypto

/// An application that may sign in to the tenant, with the proofs of identity that it may offer and
/// the permissions that it was granted.
package struct RegisteredClient: Hashable, Sendable {
  package let clientID: String
  /// The object id of its service principal; derived from the client id where none is given.
  package let objectID: String
  package let displayName: String
  package let secret: ClientSecret?
  package let certificates: [Certificate]
  package let federated: [FederatedCredential]
  package let permissions: Set<GraphPermission>
  /// Whether the managed-identity endpoints sign in as this client without further proof.
  package let isManagedIdentity: Bool

  package init(
    clientID: String,
    objectID: String? = nil,
    displayName: String? = nil,
    secret: ClientSecret? = nil,
    certificates: [Certificate] = [],
    federated: [FederatedCredential] = [],
    permissions: Set<GraphPermission> = [],
    isManagedIdentity: Bool = false
  ) {
    self.clientID = clientID.lowercased()
    self.objectID = objectID?.lowercased() ?? DerivedIdentity.guid("service principal", clientID)
    self.displayName = displayName ?? clientID
    self.secret = secret
    self.certificates = certificates
    self.federated = federated
    self.permissions = permissions
    self.isManagedIdentity = isManagedIdentity
  }
}
