/// An application that may sign in to the tenant, with the proofs of identity that it may offer and
/// the permissions that it was granted.
///
/// In a scenario: `{"clientId": …, "displayName": …, "objectId": …, "secret": …, "certificate":
/// "-----BEGIN CERTIFICATE-----…", "federated": […], "permissions": ["User.Read.All", …],
/// "managedIdentity": true}`. All but the client id may be left out.
package struct RegisteredClient: Hashable, Sendable {
  package var clientID: String
  /// The object id of its service principal; derived from the client id where none is given.
  package var objectID: String
  package var displayName: String
  package var secret: ClientSecret?
  /// Certificates in PEM, one or more in one text.
  package var certificate: String?
  package var federated: [FederatedCredential]
  package var permissions: Set<GraphPermission>
  /// Whether the managed-identity endpoints sign in as this client without further proof.
  package var isManagedIdentity: Bool

  package init(
    clientID: String,
    objectID: String? = nil,
    displayName: String? = nil,
    secret: ClientSecret? = nil,
    certificate: String? = nil,
    federated: [FederatedCredential] = [],
    permissions: Set<GraphPermission> = [],
    isManagedIdentity: Bool = false
  ) {
    self.clientID = clientID.lowercased()
    self.objectID = objectID?.lowercased() ?? DerivedIdentity.guid("service principal", clientID)
    self.displayName = displayName ?? clientID
    self.secret = secret
    self.certificate = certificate
    self.federated = federated
    self.permissions = permissions
    self.isManagedIdentity = isManagedIdentity
  }
}

extension RegisteredClient: Decodable {
  private enum Key: String, CodingKey {
    case clientId, objectId, displayName, secret, certificate, federated, permissions
    case managedIdentity
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      clientID: try container.decode(String.self, forKey: .clientId),
      objectID: try container.decodeIfPresent(String.self, forKey: .objectId),
      displayName: try container.decodeIfPresent(String.self, forKey: .displayName),
      secret: try container.decodeIfPresent(String.self, forKey: .secret).map(ClientSecret.init),
      certificate: try container.decodeIfPresent(String.self, forKey: .certificate),
      federated: try container.decodeIfPresent([FederatedCredential].self, forKey: .federated)
        ?? [],
      permissions: try container.decodeIfPresent(Set<GraphPermission>.self, forKey: .permissions)
        ?? [],
      isManagedIdentity: try container.decodeIfPresent(Bool.self, forKey: .managedIdentity)
        ?? false
    )
  }
}
