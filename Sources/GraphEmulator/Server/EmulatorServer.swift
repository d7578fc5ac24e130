internal import Dispatch
internal import HTTPServer

/// A running emulator.
package final class EmulatorServer: Sendable {
  /// Where it is reached, such as `http://127.0.0.1:43210`.
  package let baseURL: String
  package var clients: [RegisteredClient] { core.clients }
  package var tenantID: String { core.tenantID }
  /// Properties of the scenario that Graph v1.0 does not have, and that were omitted.
  package var ignored: [String] { core.ignored }
  private let server: Server
  private let core: EmulatorCore

  private init(server: Server, baseURL: String, core: EmulatorCore) {
    self.server = server
    self.baseURL = baseURL
    self.core = core
  }

  /// Fills the tenant, binds the port and serves from then on.
  ///
  /// - Throws: `scenario` where the tenant cannot be made, `listening` where the port cannot be
  /// had.
  package static func start(
    _ configuration: EmulatorConfiguration
  ) async throws(EmulatorError) -> EmulatorServer {
    let core = try EmulatorCore(configuration)
    var settings = ServerConfiguration()
    settings.address = configuration.address
    settings.port = configuration.port
    settings.identity = configuration.certificate.map {
      .init(certificate: $0.chain, privateKey: $0.key)
    }
    do throws(HTTPServerError) {
      let server = try Server(
        settings,
        handler: { core.respond(to: $0) },
        refusal: { core.refuse($0, status: $1) }
      )
      let scheme = configuration.certificate == nil ? "http" : "https"
      let isBracketed = configuration.address.contains(":")
      let host = isBracketed ? "[\(configuration.address)]" : configuration.address
      return EmulatorServer(
        server: server,
        baseURL: "\(scheme)://\(host):\(server.port)",
        core: core
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
