internal import Dispatch
internal import HTTPServer
internal import Platform

/// A running emulator.
package final class EmulatorServer: Sendable {
  /// Where it is reached, such as `http://127.0.0.1:43210`.
  package let baseURL: String
  /// Who may sign in.
  package let clients: [RegisteredClient]
  package let tenantID: String
  /// Properties of the scenario that Graph v1.0 does not have, and that were left out.
  package let ignored: [String]
  package let clock: EmulatorClock
  private let server: Server

  private init(
    server: Server,
    baseURL: String,
    signIn: SignIn,
    clock: EmulatorClock,
    ignored: [String]
  ) {
    self.ignored = ignored
    self.server = server
    self.baseURL = baseURL
    clients = signIn.clients
    tenantID = signIn.tenant.id
    self.clock = clock
  }

  /// Fills the tenant, binds the port and serves from then on.
  ///
  /// - Throws: `scenario` where the tenant cannot be made, `listening` where the port cannot be had.
  package static func start(
    _ configuration: EmulatorConfiguration
  ) async throws(EmulatorError) -> EmulatorServer {
    let factory = TenantFactory(
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
      tenant = Locked(try factory.make())
    } catch {
      throw .scenario(error)
    }
    let scheme = configuration.certificate == nil ? "http" : "https"
    var limiter = Limiter()
    limiter.isEnforced = configuration.enforcesLimits
    let dispatcher = Dispatcher(
      tenant: tenant,
      clock: configuration.clock,
      limiter: limiter,
      faults: FaultPlan(rules: configuration.faults, seed: configuration.seed),
      lagSeconds: configuration.lagSeconds
    )
    let gateway = Gateway(
      dispatcher: dispatcher,
      signIn: signIn,
      control: ControlRoutes(dispatcher: dispatcher, factory: factory),
      log: configuration.requestsPath.map { RequestLog(path: $0) },
      scheme: scheme,
      seed: configuration.seed
    )
    var settings = ServerConfiguration()
    settings.address = configuration.address
    settings.port = configuration.port
    settings.identity = configuration.certificate.map {
      .init(certificate: $0.chain, privateKey: $0.key)
    }
    do throws(HTTPServerError) {
      let server = try Server(settings) { gateway.respond(to: $0) }
      let host =
        configuration.address.contains(":")
        ? "[\(configuration.address)]" : configuration.address
      return EmulatorServer(
        server: server,
        baseURL: "\(scheme)://\(host):\(server.port)",
        signIn: signIn,
        clock: configuration.clock,
        ignored: tenant.withLock { $0.notes.sorted() }
      )
    } catch {
      throw .listening(address: configuration.address, port: configuration.port)
    }
  }

  /// Ends every connection and frees the port.
  package func stop() async {
    let server = server
    await withCheckedContinuation { continuation in
      // Waits for the server's threads, which the cooperative pool must not.
      DispatchQueue(label: "guestlist.emulator.stop").async {
        server.stop()
        continuation.resume()
      }
    }
  }

  /// The variables under which Microsoft's tools and ours look for endpoint and credentials.
  package var environment: [(name: String, value: String)] {
    var variables = [("GUESTLIST_ENDPOINT", baseURL)]
    let usable = clients.filter { $0.secret != nil }
    let writer = usable.first { !$0.permissions.allSatisfy(\.isReadOnly) } ?? usable.first
    let reader = usable.first { $0.permissions.allSatisfy(\.isReadOnly) }
    for (client, prefix) in [(writer, ""), (reader, "READER_")] {
      guard let client, let secret = client.secret else { continue }
      variables.append(("\(prefix)AZURE_TENANT_ID", tenantID))
      variables.append(("\(prefix)AZURE_CLIENT_ID", client.clientID))
      variables.append(("\(prefix)AZURE_CLIENT_SECRET", secret.revealed))
    }
    return variables.map { (name: $0.0, value: $0.1) }
  }
}
