internal import Access
internal import Dispatch
internal import HTTP
internal import MicrosoftGraph
internal import Platform
internal import TestSupport

/// What must be true whatever Graph answers: an input is replies, each a letter for its status and a
/// body, with a zero byte between them.
enum ReplyProperties {
  private static let secret = "s3cret-s3cret-s3cret"
  private static let tenant = "5b2a9c3e-0000-4000-8000-000000000001"
  // {"tid": the tenant}
  private static let token =
    "e30.eyJ0aWQiOiI1YjJhOWMzZS0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEifQ.c2lnbmF0dXJl"

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
    let replies = bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    guard
      let identity = GraphIdentity(
        tenant: tenant,
        proof: .secret(client: "client", Secret(secret))
      )
    else { return }
    let service = Service(replies: replies, token: token)
    let connection = GraphConnection(
      to: GraphEndpoints(cloud: .global),
      as: identity,
      transport: service,
      clock: ManualClock(),
      randomness: SeededRandomness(),
      limits: ReadLimits(entries: 2000)
    )
    let reader = GraphReader(connection) { EmailAddress(normalised: $0.lowercased()) }
    let scope = ObservationScope(
      apps: [id(1), id(2)],
      groups: [id(3)],
      packages: [id(4)],
      addresses: Set([EmailAddress(normalised: "ana@fabrikam.example")].compactMap(\.self)),
      accounts: [id(5)],
      ties: [id(6)]
    )
    do throws(TenantError) {
      _ = try await reader.observe(scope)
    } catch {
      check(error)
    }
    service.rewind()
    let changes: [TenantWrite.Change] = [
      .invite(address: "ana@fabrikam.example", name: nil, InvitationSettings(), sponsors: []),
      .join(id(5), id(3)), .unassign(id(5), id(7), assignment: "a"), .block(id(5)),
      .changeMail(id(5), address: "a@x"), .removePackage(id(5), id(8)),
    ]
    let writes = changes.enumerated().map { number, change in
      TenantWrite(requestID: GUID(high: 1, low: UInt64(number)), change: change)
    }
    let results = await GraphWriter(connection).perform(writes)
    precondition(results.count == writes.count, "a write without an outcome")
    for case .failure(let error) in results { check(error) }
  }

  private static func check(_ error: TenantError) {
    let text = "\(error)"
    precondition(!text.contains(secret) && !text.contains(token), "a secret in an error")
    precondition(error.message.count <= 1000, "an error without end")
  }

  private static func id<ID: Identifier>(_ number: UInt64) -> ID { ID(GUID(high: 10, low: number)) }
}

/// Both servers of a cloud, which answer what the input says, and then that nothing is there.
private final class Service: Transport {
  private let replies: [[UInt8]]
  private let token: String
  private let sent = Locked(0)
  private static let statuses = [200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503]

  init(replies: [[UInt8]], token: String) {
    self.replies = replies
    self.token = token
  }

  func rewind() { sent.withLock { $0 = 0 } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    if request.url.host == "login.microsoftonline.com" {
      let body = "{\"access_token\":\"\(token)\",\"expires_in\":3599}"
      return HTTPResponse(status: 200, body: Array(body.utf8))
    }
    precondition(request.url.origin == "https://graph.microsoft.com", "credentials went elsewhere")
    let number = sent.withLock { sent in
      sent += 1
      return sent - 1
    }
    precondition(number < 5000, "requests without end")
    guard number < replies.count, let letter = replies[number].first else {
      return HTTPResponse(status: 404)
    }
    let status = Self.statuses[Int(letter) % Self.statuses.count]
    return HTTPResponse(status: status, body: Array(replies[number].dropFirst()))
  }
}
