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
    var factory = TenantFactory(
      source: configuration.source,
      seed: configuration.seed,
      clock: configuration.clock
    )
    let signIn: SignIn
    let tenant: Locked<Tenant>
    do throws(ScenarioFault) {
      let identity = try factory.identity()
      signIn = SignIn(
        tenant: identity.tenant,
        clients: identity.clients,
        seed: configuration.seed
      )
      factory.clients = signIn.clients
      tenant = Locked(try factory.make())
    } catch {
      throw .scenario(error)
    }
    clients = signIn.clients
    tenantID = signIn.tenant.id
    ignored = tenant.withLock { $0.notes.sorted() }
    var limiter = Limiter()
    limiter.isEnforced = configuration.enforcesLimits
    let dispatcher = Dispatcher(
      tenant: tenant,
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
      control: ControlRoutes(dispatcher: dispatcher, factory: factory),
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
