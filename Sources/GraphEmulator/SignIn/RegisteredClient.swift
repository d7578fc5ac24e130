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
  let federated: [FederatedCredential]
  package let permissions: Set<GraphPermission>
  /// Whether the managed-identity endpoints sign in as this client without further proof.
  package let isManagedIdentity: Bool

  init(
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

/// What is wrong with a client of a scenario.
struct ClientFault: Error, Hashable, Sendable {
  /// For the author of the scenario.
  let reason: String
}

extension RegisteredClient {
  /// Reads a client of a scenario.
  ///
  /// `{"clientId": …, "displayName": …, "objectId": …, "secret": …, "certificate": "-----BEGIN
  /// CERTIFICATE-----…", "federated": […], "permissions": ["User.Read.All", …], "managedIdentity":
  /// true}`, of which only the client id is required; `certificate` may hold several, `federated`
  /// is one object of `FederatedCredential`'s shape or a list of them, and without `permissions`
  /// the client may do nothing.
  init(scenario json: JSONValue) throws(ClientFault) {
    guard let members = json.members else { throw ClientFault(reason: "a client is an object") }
    if let stray = members.keys.sorted().first(where: { !Self.names.contains($0) }) {
      throw ClientFault(reason: "a client has no property `\(stray)`")
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
        let keys = element["jwks"]?["keys"]?.array
      else { throw ClientFault(reason: "`federated` needs `issuer`, `subject` and `jwks`") }
      credentials.append(
        FederatedCredential(
          issuer: issuer,
          subject: subject,
          audience: try text("audience", of: element) ?? FederatedCredential.defaultAudience,
          keys: keys.map { JSONWebKey($0) }
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

/// The two clients of a scenario that names none.
enum DefaultClients {
  /// The first holds every permission that an operation of the emulator asks for, the second those
  /// with which nothing can be changed.
  ///
  /// Their identifiers follow from the seed; their secrets are drawn, since anyone who can reach
  /// the emulator could compute them otherwise.
  static func make(seed: UInt64) -> [RegisteredClient] {
    [
      client("writer", "Guestlist (emulated)", seed, Operation.allPermissions, managed: true),
      client(
        "reader",
        "Guestlist reader (emulated)",
        seed,
        Operation.allPermissions.filter(\.isReadOnly),
        managed: false
      ),
    ]
  }

  private static func client(
    _ role: String,
    _ name: String,
    _ seed: UInt64,
    _ permissions: Set<GraphPermission>,
    managed: Bool
  ) -> RegisteredClient {
    RegisteredClient(
      clientID: DerivedIdentity.guid("client", role, String(seed)),
      displayName: name,
      secret: .drawn(),
      permissions: permissions,
      isManagedIdentity: managed
    )
  }
}

/// Identifiers that are not drawn but computed, so that the same scenario and seed
/// always give the same ones.
enum DerivedIdentity {
  /// An identifier in the form of version 8 of RFC 9562 ("custom"), from the words that name it.
  static func guid(_ words: String...) -> String {
    var bytes = Array(digest(words).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Hexadecimal.text(bytes)
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }

  private static func digest(_ words: [String]) -> [UInt8] {
    let hash = SHA256()
    for word in words {
      // The length keeps ("ab", "c") apart from ("a", "bc").
      hash.update(Array("\(word.utf8.count):".utf8))
      hash.update(Array(word.utf8))
    }
    return hash.finalize().bytes
  }
}
