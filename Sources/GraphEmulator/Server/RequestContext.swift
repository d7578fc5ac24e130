/// One call to Graph on its way to the route that answers it.
struct RequestContext: Sendable {
  let method: String
  /// `v1.0` or `beta`.
  let version: String
  /// The path below the version, as sent, with its leading slash.
  let path: String
  let operation: Operation
  /// The keys in the path, in order.
  let keys: [PathKey]
  let query: QueryOptions
  let headers: [String: String]
  let body: [UInt8]
  /// Scheme and authority by which the client reached the emulator.
  let base: String
  let caller: Caller
  let requestID: ObjectID
  let clientRequestID: String?
  /// Whether a delta query is to repeat and reorder.
  var reorders = false

  /// A key in a path: by identifier, or by an alternate key such as `(appId='…')`.
  enum PathKey: Sendable {
    case id(String)
    case alternate(name: String, value: String)

    var text: String {
      switch self {
      case .id(let text): text
      case .alternate(_, let value): value
      }
    }
  }

  /// Whether the header asks for the index that is eventually consistent.
  var isEventual: Bool { headers["consistencylevel"]?.lowercased() == "eventual" }

  /// Whether the request may use advanced query capabilities (FACTS section 2.2).
  var isAdvanced: Bool { isEventual && query.count }

  /// What every `@odata.context` starts with: `https://…/v1.0/$metadata#`.
  var metadata: String { "\(base)/\(version)/$metadata#" }

  func key(_ index: Int) -> PathKey { keys[index] }

  /// Reads the body as a JSON object.
  func members() throws(GraphFailure) -> [JSONValue.Member] {
    guard !body.isEmpty else { throw .badRequest("Empty Payload. JSON content expected.") }
    guard let value = try? JSONParser.parse(body) else {
      throw .badRequest(
        "Unable to read JSON request payload. Please ensure Content-Type header is "
          + "set and payload is of valid JSON format."
      )
    }
    guard case .object(let members) = value else {
      throw .badRequest("A JSON object was expected in the request payload.")
    }
    return members
  }
}
