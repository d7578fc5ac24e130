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
