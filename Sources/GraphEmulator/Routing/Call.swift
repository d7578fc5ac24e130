/// A call to Graph: alone over HTTP, or as one item of a batch.
struct Call: Sendable {
  let method: String
  /// `v1.0` or `beta`.
  let version: String
  /// Path and query below the version, as sent.
  let target: Substring
  /// Header fields by lower-case name.
  let headers: [String: String]
  let body: [UInt8]
  /// Scheme and authority by which the client reached the emulator.
  let base: String
  let caller: Caller
  let requestID: ObjectID
  var isBatchItem = false
  /// Whether a delta query is to repeat and reorder.
  var reorders = false

  /// The keys in the path, in order.
  var keys: [Key] = []
  var query = QueryOptions()

  /// A key in a path: by identifier, or by an alternate key such as `(appId='…')`.
  enum Key: Sendable {
    case id(String)
    case alternate(name: String, value: String)

    var text: String {
      switch self {
      case .id(let text): text
      case .alternate(_, let value): value
      }
    }
  }

  /// The path below the version, as sent, with its leading slash.
  var path: String { String(target.prefix { $0 != "?" }) }

  /// Where the client found what it asked for.
  var address: String { "\(base)/\(version)\(path)" }

  /// What every `@odata.context` starts with: `https://…/v1.0/$metadata#`.
  var metadata: String { "\(base)/\(version)/$metadata#" }

  /// The client's own name for the request, or the emulator's.
  var clientRequestID: String { headers["client-request-id"] ?? requestID.text }

  /// Whether the header asks for the index that is eventually consistent.
  var isEventual: Bool { headers["consistencylevel"]?.lowercased() == "eventual" }

  /// Whether the request may use advanced query capabilities (FACTS section 2.2).
  var isAdvanced: Bool { isEventual && query.count }

  /// Reads the body as a JSON object.
  func readBody() throws -> RequestBody {
    guard !body.isEmpty else {
      throw GraphFailure.badRequest("Empty Payload. JSON content expected.")
    }
    guard let value = try? JSONValue.parse(body) else {
      throw GraphFailure.badRequest(
        "Unable to read JSON request payload. Please ensure Content-Type header is "
          + "set and payload is of valid JSON format."
      )
    }
    guard let members = value.members else {
      throw GraphFailure.badRequest("A JSON object was expected in the request payload.")
    }
    return RequestBody(members)
  }

  /// Finds the object that a key in the path names, by identifier or by an alternate key.
  ///
  /// - Throws: 404 where there is none of the kind.
  func object(_ kind: ObjectKind, _ index: Int = 0, in tenant: Tenant) throws -> DirectoryObject {
    let key = keys[index]
    let found: DirectoryObject? =
      switch key {
      case .id(let text):
        tenant.live(ObjectID(text), kind)
          ?? (kind == .user ? match(kind, "userPrincipalName", text, tenant) : nil)
      case .alternate(let name, let value):
        kind.traits.alternateKeys.contains(name) ? match(kind, name, value, tenant) : nil
      }
    if let found { return found }
    // FACTS section 1.6: the reply to a change of an account that is too fresh.
    if method == "PATCH", let id = ObjectID(key.text), let fresh = tenant.objects[id],
      fresh.number >= tenant.unseenFrom
    {
      throw GraphFailure.notYetThere
    }
    throw GraphFailure.notFound(key.text)
  }

  /// Finds any live directory object.
  func anyObject(_ index: Int = 0, in tenant: Tenant) throws -> DirectoryObject {
    guard let object = tenant.live(ObjectID(keys[index].text)) else {
      throw GraphFailure.notFound(keys[index].text)
    }
    return object
  }

  private func match(
    _ kind: ObjectKind,
    _ property: String,
    _ text: String,
    _ tenant: Tenant
  ) -> DirectoryObject? {
    tenant.find(kind, property, text).lazy.compactMap { tenant.live($0.id) }
      .first { $0.has(property, text) }
  }

  /// Reads `{"@odata.id": "https://…/directoryObjects/{id}"}`, and finds the object.
  func referenced(in tenant: Tenant) throws -> DirectoryObject {
    guard let url = try readBody().text("@odata.id") else {
      throw GraphFailure.badRequest(
        "The request body must contain the '@odata.id' of the object to reference."
      )
    }
    return try tenant.referenced(url)
  }
}

extension Tenant {
  /// Finds the object whose identifier ends a URL, in a segment or in parentheses.
  func referenced(_ url: String?) throws -> DirectoryObject {
    let last = url?.split(separator: "/").last ?? ""
    let inner = last.split(whereSeparator: { "('\")".contains($0) }).last ?? ""
    guard let id = ObjectID(inner) else {
      throw GraphFailure.badRequest("Invalid URL format specified in payload.")
    }
    guard let object = live(id) else { throw GraphFailure.notFound(id) }
    return object
  }
}
