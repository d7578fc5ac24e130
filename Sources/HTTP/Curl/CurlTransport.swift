internal import CCurl
internal import Platform

/// The real transport: libcurl, driven by one thread of its own, with a pool of connections.
///
/// HTTP/2 is spoken where a server offers it over TLS; the environment's proxy is used as curl
/// itself would, but never for loopback. The thread starts with the first request and ends with the
/// transport.
package final class CurlTransport: Transport {
  private let loop: CurlLoop

  package init(_ options: Options = Options()) { loop = CurlLoop(options: options) }

  deinit { loop.stop() }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let id = loop.register()
    guard !request.survivesCancellation else { return try await result(of: request, id).get() }
    return try await withTaskCancellationHandler {
      await result(of: request, id)
    } onCancel: {
      loop.cancel(id)
    }.get()
  }

  private func result(
    of request: HTTPRequest,
    _ id: UInt64
  ) async -> Result<
    HTTPResponse, HTTPError
  > {
    await withCheckedContinuation { reply in
      loop.submit(CurlLoop.Submission(id: id, request: request, reply: reply))
    }
  }

  /// What a transport is made for.
  package struct Options: Hashable, Sendable {
    /// How the program names itself to servers.
    package var userAgent: String
    /// A file of certificate authorities in PEM to trust in place of the system's.
    package var authorities: String?
    /// Connections to one server at a time; further requests wait.
    package var connectionsPerHost: Int

    package init(
      userAgent: String = "guestlist",
      authorities: String? = nil,
      connectionsPerHost: Int = 16
    ) {
      self.userAgent = userAgent
      self.authorities = authorities
      self.connectionsPerHost = connectionsPerHost
    }
  }
}
