internal import Access
internal import Dispatch
internal import HTTP
internal import MicrosoftGraph
internal import Platform
internal import TestSupport

/// What must be true whatever the sign-in server answers: an input is a letter for the status and a
/// body, in which `%SENT%` represents what was sent.
enum SignInProperties {
  private static let secret = "s3cret&s3cret\"s3cret"

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    let done = DispatchSemaphore(value: 0)
    Task {
      await hold(for: bytes)
      done.signal()
    }
    done.wait()
  }

  private static func hold(for bytes: [UInt8]) async {
    guard let letter = bytes.first,
      let identity = GraphIdentity(
        tenant: "contoso.example",
        proof: .secret(client: "client", Secret(secret))
      )
    else { return }
    let service = SignInServer(
      status: [200, 201, 302, 400, 401, 429, 503][Int(letter) % 7],
      body: Array(bytes.dropFirst())
    )
    let clock = ManualClock()
    let connection = GraphConnection(
      to: GraphEndpoints(cloud: .global),
      as: identity,
      transport: service,
      clock: clock,
      randomness: SeededRandomness()
    )
    do throws(TenantError) {
      let token = try await connection.token()
      precondition(token.expires > clock.now(), "a token that has expired")
    } catch {
      let text = "\(error)"
      precondition(
        !text.contains(secret) && !text.contains("s3cret%26s3cret"),
        "a secret in an error"
      )
      precondition(error.message.count <= 1000, "an error without end")
    }
    precondition(service.count <= 4, "requests without end")
  }
}

private final class SignInServer: Transport {
  private let status: Int
  private let body: [UInt8]
  private let sent = Locked(0)

  init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  var count: Int { sent.withLock(\.self) }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    precondition(
      request.url.origin == "https://login.microsoftonline.com",
      "credentials went elsewhere"
    )
    sent.withLock { $0 += 1 }
    let form = String(decoding: request.body, as: UTF8.self)
    let text = String(decoding: body, as: UTF8.self)
      .split(separator: "%SENT%", omittingEmptySubsequences: false).joined(separator: form)
    return HTTPResponse(status: status, body: Array(text.utf8))
  }
}
