internal import Access
internal import Crypto
internal import GraphEmulator
internal import HTTP
internal import HTTPServer
internal import Platform

@testable import Worlds

/// Microsoft Graph: the emulator in this process, without a network but with its failures.
final class Service: Sendable {
  private let core: EmulatorCore
  // One for all: making it takes longer than a life.
  private static let key = try? RSAPrivateKey.generate()
  let scheduler: Scheduler

  init(_ world: World, scheduler: Scheduler, seed: UInt64) throws(EmulatorError) {
    let clock = EmulatorClock { Timestamp(milliseconds: scheduler.time) }
    var configuration = EmulatorConfiguration(clock: clock)
    configuration.source = .scenario(Array(world.scenario.utf8))
    configuration.seed = seed
    configuration.signingKey = Self.key
    core = try EmulatorCore(configuration)
    self.scheduler = scheduler
  }

  func respond(_ request: HTTPRequest) -> ServerResponse {
    core.respond(
      to: ServerRequest(
        method: request.method.rawValue,
        target: request.url.target,
        headers: request.headers.fields.map { .init($0.name, $0.value) }
          + [.init("Host", "127.0.0.1:1")],
        body: request.body
      )
    )
  }

  /// Steers the emulator, as a test or an administrator would.
  @discardableResult
  func steer(_ method: String, _ route: String, _ body: String = "") -> ServerResponse {
    core.respond(
      to: ServerRequest(method: method, target: "/_emulator/\(route)", body: Array(body.utf8))
    )
  }
}

/// A process of Guestlist's, which may die between any two of its effects.
final class Process: Sendable {
  private let state: Locked<State>
  private let died: @Sendable () -> Void

  private struct State {
    var effects = 0
    let deathAt: Int?
    var isDead = false
  }

  /// - Parameters:
  ///   - deathAt: The place between two effects at which it dies; `nil` for never.
  ///   - died: Keeps what is on the disk at that moment; whatever the dead process does afterwards
  ///     is to be forgotten.
  init(deathAt: Int?, died: @escaping @Sendable () -> Void) {
    state = Locked(State(deathAt: deathAt))
    self.died = died
  }

  var isDead: Bool { state.withLock { $0.isDead } }

  /// Comes to the next place between two effects.
  func pass() {
    let dies = state.withLock { state in
      state.effects += 1
      guard state.effects == state.deathAt else { return false }
      state.isDead = true
      return true
    }
    if dies { died() }
  }
}

/// How a process reaches the service.
struct ServiceTransport: Transport {
  let service: Service
  let process: Process
  let randomness: any Randomness
  /// What others do to the tenant meanwhile.
  let meanwhile: @Sendable () -> Void

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    process.pass()
    guard !process.isDead else { throw failure(.couldNotConnect, .notSent) }
    try await wait(.milliseconds(Int64(randomness.word() % 200)), request, .notSent)
    meanwhile()
    guard !process.isDead else { throw failure(.couldNotConnect, .notSent) }
    let response = service.respond(request)
    process.pass()
    guard !process.isDead else { throw failure(.interrupted, .perhapsSent) }
    if response.delay >= request.limits.total {
      try await wait(request.limits.total, request, .perhapsSent)
      throw failure(.timedOut, .perhapsSent)
    }
    let latency = Duration.milliseconds(Int64(randomness.word() % 200))
    try await wait(response.delay + latency, request, .perhapsSent)
    switch response.delivery {
    case .whole: break
    case .truncated, .dropped, .reset: throw failure(.interrupted, .perhapsSent)
    }
    return HTTPResponse(
      status: response.status,
      headers: HTTPHeaders(response.headers.map { ($0.name, $0.value) }),
      body: response.body
    )
  }

  private func failure(_ kind: HTTPError.Kind, _ delivery: HTTPError.Delivery) -> HTTPError {
    HTTPError(kind, delivery: delivery, server: "the simulated service")
  }

  private func wait(
    _ duration: Duration,
    _ request: HTTPRequest,
    _ delivery: HTTPError.Delivery
  ) async throws(HTTPError) {
    do throws(CancellationError) { try await service.scheduler.sleep(for: duration) } catch {
      if !request.survivesCancellation { throw failure(.cancelled, delivery) }
    }
  }
}
