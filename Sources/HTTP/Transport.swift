/// The seam through which everything that speaks HTTP reaches the network.
///
/// A transport follows no redirect and repeats nothing that it may have delivered: both are
/// decisions of the module that holds the credentials.
package protocol Transport: Sendable {
  /// Sends a request and yields the whole reply, whatever its status.
  ///
  /// Cancelling the task ends the request at once, unless it survives cancellation.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}

/// What a server answered, whatever its status.
///
/// It prints as its status and size: header fields and body may carry secrets.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: HTTPHeaders
  /// The whole body, decompressed.
  package var body: [UInt8]

  package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Whether the status is one of 200 to 299.
  package var isSuccess: Bool { (200..<300).contains(status) }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(status), \(body.count) bytes" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
