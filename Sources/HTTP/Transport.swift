/// The seam through which everything that speaks HTTP reaches the network.
///
/// A transport follows no redirect and repeats nothing that it may have delivered: both are
/// decisions of whoever holds the credentials.
package protocol Transport: Sendable {
  /// Sends a request and yields the whole reply, whatever its status.
  ///
  /// Cancelling the task ends the request at once, unless it survives cancellation.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
