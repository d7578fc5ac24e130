/// What signing in answers: a status, header fields in order, and a body that is JSON.
package struct SignInReply: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  /// Makes a reply that no cache may keep, as every one about tokens is.
  init(status: Int, _ body: JSONValue, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.headers =
      [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cache-Control", "no-store, no-cache"),
        ("Pragma", "no-cache"),
      ] + headers
    self.body = body.bytes
  }

  /// Refuses a method that a path does not have.
  static func methodNotAllowed(allowing method: String) -> Self {
    Self(
      status: 405,
      [
        "error": "invalid_request",
        "error_description": .string("The endpoint takes \(method) requests only."),
      ],
      headers: [("Allow", method)]
    )
  }
}
