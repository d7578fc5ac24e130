/// What a route answers, before headers that every reply carries.
struct Reply: Sendable {
  var status: Int
  var body: [UInt8]
  var headers: [(name: String, value: String)] = []
  var contentType = Self.json
  /// The faults that struck, for the log.
  var faults: [FaultKind] = []

  static let json =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    + "charset=utf-8"

  init(_ status: Int, _ body: [UInt8] = []) {
    self.status = status
    self.body = body
  }

  init(_ status: Int, _ value: JSONValue) { self.init(status, value.bytes) }

  static let noContent = Reply(204)

  /// Graph's error envelope (FACTS section 8).
  init(_ failure: GraphFailure, date: Timestamp, requestID: ObjectID, clientRequestID: String) {
    let inner: [String: JSONValue] = [
      "date": .string(String(date.text.dropLast())), "request-id": .string(requestID.text),
      "client-request-id": .string(clientRequestID),
    ]
    let error: JSONValue = [
      "code": .string(failure.code), "message": .string(failure.message),
      "innerError": .object(failure.innerError.merging(inner) { _, own in own }),
    ]
    self.init(failure.status, ["error": error])
    headers = failure.headers
  }
}
