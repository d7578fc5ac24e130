/// A request as far as signing in looks at it, apart from any HTTP library.
package struct SignInRequest: Sendable {
  /// The method in capitals.
  package var method: String
  /// The path, still percent-encoded, with its leading slash and without the query.
  package var path: String
  /// What stands behind the question mark, still percent-encoded.
  package var query: String
  /// Header fields by lower-case name; of a repeated field the last one.
  package var headers: [String: String]
  package var body: [UInt8]
  /// Scheme and authority by which the client reached the emulator, such as
  /// `https://localhost:8443`: what every address in a reply starts with.
  package var base: String

  package init(
    method: String,
    path: String,
    query: String = "",
    headers: [String: String] = [:],
    body: [UInt8] = [],
    base: String
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.base = base
  }
}
