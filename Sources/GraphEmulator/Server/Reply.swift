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
    var error: [JSONValue.Member] = [
      .init("code", .string(failure.code)), .init("message", .string(failure.message)),
    ]
    if let target = failure.target { error.append(.init("target", .string(target))) }
    let moment = String(date.text.dropLast())
    error.append(
      .init(
        "innerError",
        .object(
          failure.innerError + [
            .init("date", .string(moment)),
            .init("request-id", .string(requestID.text)),
            .init("client-request-id", .string(clientRequestID)),
          ]
        )
      )
    )
    self.init(failure.status, .object([.init("error", .object(error))]))
    headers = failure.headers
  }
}
