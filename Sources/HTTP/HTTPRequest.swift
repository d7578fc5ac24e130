/// A request to be sent once.
///
/// It prints as its method and address without the query: header fields and body carry secrets.
package struct HTTPRequest: Sendable {
  package var method: HTTPMethod
  package var url: HTTPURL
  package var headers: HTTPHeaders
  package var body: [UInt8]
  package var limits: HTTPLimits
  /// Whether the request goes on when its task is cancelled, so that a write's outcome is learned.
  package var survivesCancellation: Bool
  /// Whether it must not pass through the proxy that the environment names; to loopback none does.
  package var avoidsProxy: Bool

  package init(
    _ method: HTTPMethod,
    _ url: HTTPURL,
    headers: HTTPHeaders = HTTPHeaders(),
    body: [UInt8] = [],
    limits: HTTPLimits = HTTPLimits(),
    survivesCancellation: Bool = false,
    avoidsProxy: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.limits = limits
    self.survivesCancellation = survivesCancellation
    self.avoidsProxy = avoidsProxy
  }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    "\(method.rawValue) \(url.origin)\(url.target.prefix { $0 != "?" })"
  }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The methods of HTTP that the program uses.
package enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
}

/// How long a request may take and how much may come back.
package struct HTTPLimits: Hashable, Sendable {
  /// Until the connection is made, TLS included.
  package var connect: Duration
  /// From beginning to end.
  package var total: Duration
  /// How long nothing may move once the connection is made; whole seconds, at least one.
  package var idle: Duration
  /// Bytes of the decompressed body.
  package var body: Int

  package init(
    connect: Duration = .seconds(15),
    total: Duration = .seconds(180),
    idle: Duration = .seconds(60),
    body: Int = 256 << 20
  ) {
    self.connect = connect
    self.total = total
    self.idle = idle
    self.body = body
  }
}
