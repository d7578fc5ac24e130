internal import Crypto

extension RegisteredClient {
  /// Reads a client of a scenario.
  ///
  /// `{"clientId": …, "displayName": …, "objectId": …, "secret": …, "certificate": "-----BEGIN
  /// CERTIFICATE-----…", "federated": […], "permissions": ["User.Read.All", …], "managedIdentity":
  /// true}`, of which only the client id is required; `certificate` may hold several, `federated` is
  /// one object of `FederatedCredential`'s shape or a list of them, and without `permissions` the
  /// client may do nothing.
  package init(scenario json: JSONValue) throws(ClientFault) {
    guard let members = json.members else { throw ClientFault(reason: "a client is an object") }
    if let stray = members.first(where: { !Self.names.contains($0.name) }) {
      throw ClientFault(reason: "a client has no property `\(stray.name)`")
    }
    guard let id = json["clientId"]?.string, ObjectID(id) != nil else {
      throw ClientFault(reason: "`clientId` must be a GUID")
    }
    let objectID = try Self.text("objectId", of: json)
    guard objectID.map({ ObjectID($0) != nil }) ?? true else {
      throw ClientFault(reason: "`objectId` must be a GUID")
    }
    self.init(
      clientID: id,
      objectID: objectID,
      displayName: try Self.text("displayName", of: json),
      secret: try Self.text("secret", of: json).map(ClientSecret.init),
      certificates: try Self.certificates(of: json),
      federated: try Self.federated(of: json),
      permissions: try Self.permissions(of: json),
      isManagedIdentity: json["managedIdentity"]?.bool ?? false
    )
  }

  private static let names: Set<String> = [
    "clientId", "objectId", "displayName", "secret", "certificate", "federated", "permissions",
    "managedIdentity",
  ]

  private static func text(
    _ name: String,
    of json: JSONValue
  ) throws(ClientFault) -> String? {
    guard let value = json[name], !value.isNull else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw ClientFault(reason: "`\(name)` must be a text")
    }
    return text
  }

  private static func certificates(of json: JSONValue) throws(ClientFault) -> [Certificate] {
    guard let text = try text("certificate", of: json) else { return [] }
    do {
      return try Certificate.all(inPEM: Array(text.utf8))
    } catch {
      throw ClientFault(reason: "`certificate`: \(error)")
    }
  }

  private static func federated(
    of json: JSONValue
  ) throws(ClientFault) -> [FederatedCredential] {
    guard let value = json["federated"], !value.isNull else { return [] }
    var credentials: [FederatedCredential] = []
    for element in value.array ?? [value] {
      guard let issuer = try text("issuer", of: element),
        let subject = try text("subject", of: element),
        let jwks = element["jwks"].flatMap({ JSONWebKeySet($0) })
      else { throw ClientFault(reason: "`federated` needs `issuer`, `subject` and `jwks`") }
      credentials.append(
        FederatedCredential(
          issuer: issuer,
          subject: subject,
          audience: try text("audience", of: element) ?? FederatedCredential.defaultAudience,
          jwks: jwks
        )
      )
    }
    return credentials
  }

  private static func permissions(
    of json: JSONValue
  ) throws(ClientFault) -> Set<GraphPermission> {
    guard let value = json["permissions"], !value.isNull else { return [] }
    guard let elements = value.array else {
      throw ClientFault(reason: "`permissions` must be a list")
    }
    var permissions: Set<GraphPermission> = []
    for element in elements {
      guard let text = element.string else {
        throw ClientFault(reason: "a permission must be a text")
      }
      permissions.insert(GraphPermission(rawValue: text))
    }
    return permissions
  }
}
