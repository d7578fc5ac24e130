package import HTTPServer
internal import Platform

/// The emulator without its server: takes a request, gives the reply.
package final class EmulatorCore: Sendable {
  /// Who may sign in.
  package let clients: [RegisteredClient]
  package let tenantID: String
  /// Properties of the scenario that Graph v1.0 does not have, and that were left out.
  package let ignored: [String]
  private let gateway: Gateway

  /// Fills the tenant.
  ///
  /// - Throws: `scenario` where it cannot be made, `file` where the log of requests cannot.
  package init(_ configuration: EmulatorConfiguration) throws(EmulatorError) {
    let signIn: SignIn
    let factory: TenantFactory
    let tenant: Tenant
    do throws(ScenarioFault) {
      let scenario =
        if case .scenario(let bytes) = configuration.source { try Scenario(bytes) } else {
          Scenario()
        }
      signIn = SignIn(
        tenant: .init(
          id: scenario.tenantID,
          displayName: scenario.displayName,
          domains: scenario.domains
        ),
        clients: try scenario.clients(),
        seed: configuration.seed
      )
      factory = TenantFactory(
        seed: configuration.seed,
        clock: configuration.clock,
        clients: signIn.clients
      )
      if case .size(let size) = configuration.source {
        tenant = try factory.make(scenario, size: size)
      } else {
        tenant = try factory.make(scenario)
      }
    } catch {
      throw .scenario(error)
    }
    clients = signIn.clients
    tenantID = signIn.tenant.id
    ignored = tenant.notes.sorted()
    var limiter = Limiter()
    limiter.isEnforced = configuration.enforcesLimits
    let dispatcher = Dispatcher(
      tenant,
      clock: configuration.clock,
      limiter: limiter,
      faults: FaultPlan(rules: configuration.faults, seed: configuration.seed),
      lagSeconds: configuration.lagSeconds
    )
    var log: RequestLog?
    if let path = configuration.requestsPath { log = try RequestLog(path: path) }
    gateway = Gateway(
      dispatcher: dispatcher,
      signIn: signIn,
      control: Control(dispatcher: dispatcher, factory: factory, first: tenant),
      log: log,
      scheme: configuration.certificate == nil ? "http" : "https",
      seed: configuration.seed
    )
  }

  /// Answers a request; any number of threads may ask at a time.
  package func respond(to request: ServerRequest) -> ServerResponse {
    gateway.respond(to: request)
  }

  /// Answers a request that the server refuses for its form, with the status 400 or 413.
  package func refuse(_ request: ServerRequest, status: Int) -> ServerResponse {
    gateway.refuse(request, status: status)
  }
}

/// How an emulator starts.
package struct EmulatorConfiguration: Sendable {
  /// An IP address in numbers; anything but loopback has to be asked for in so many words.
  package var address = "127.0.0.1"
  package var port: UInt16 = 0
  package var source = Source.empty
  package var seed: UInt64 = 1
  /// Certificate chain and private key as PEM text.
  package var certificate: (chain: String, key: String)?
  /// Where a line of JSON goes for each request.
  package var requestsPath: String?
  package var clock: EmulatorClock
  /// Whether the documented limits are enforced.
  package var enforcesLimits = true
  /// How long every write stays out of the sight of reads.
  package var lagSeconds: Int64 = 0
  package var faults: [FaultRule] = []

  /// What the tenant holds at the start.
  package enum Source: Sendable {
    case empty
    /// The text of a scenario.
    case scenario([UInt8])
    case size(TenantSize)
  }

  package init(clock: EmulatorClock) { self.clock = clock }

  /// An emulator whose time is the machine's.
  package init() { self.init(clock: .system) }
}

/// Why an emulator did not start.
package enum EmulatorError: Error {
  case scenario(ScenarioFault)
  case listening(address: String, port: UInt16)
  case file(path: String, detail: String)
  case usage(String)
}

extension EmulatorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .scenario(let fault): "the scenario cannot be loaded: \(fault)"
    case .listening(let address, let port): "cannot listen on \(address), port \(port)"
    case .file(let path, let detail): "`\(path)`: \(detail)"
    case .usage(let text): text
    }
  }
}
