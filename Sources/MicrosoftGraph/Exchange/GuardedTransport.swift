internal import HTTP

/// Lets a request through only to where its credentials may go.
struct GuardedTransport: Transport {
  let transport: any Transport
  let admits: @Sendable (HTTPURL) -> Bool

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    guard admits(request.url) else {
      throw HTTPError(
        .invalidRequest,
        delivery: .notSent,
        server: request.url.origin,
        detail: "credentials do not go there"
      )
    }
    return try await transport.send(request)
  }
}
