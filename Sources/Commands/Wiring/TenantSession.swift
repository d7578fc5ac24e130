internal import Access
internal import Declarations
internal import HTTP
internal import MicrosoftGraph
internal import Platform

/// A signed-in way to the declared tenant, which can only read.
struct TenantSession: Sendable {
  let connection: GraphConnection
  let reader: GraphReader
  let clock: SessionClock
  /// The tenant of the credentials.
  let tenant: TenantID
  let cloud: TenantDeclaration.Cloud

  /// Signs in, and compares the token's tenant with the declared one before anything else is asked.
  ///
  /// Where no declarations can be read, the credentials alone say which tenant it is, and
  /// `AZURE_AUTHORITY_HOST` which cloud.
  static func open(
    _ declared: TenantDeclaration?,
    _ arguments: Arguments,
    _ context: Context,
    progress: GraphReader.Progress? = nil
  ) async throws(Failure) -> Self {
    let endpoint = arguments.endpoint(context.environment)
    let cloud =
      declared?.cloud
      ?? context.environment["AZURE_AUTHORITY_HOST"].flatMap(GraphEndpoints.cloud(ofLogin:))
      ?? .global
    let connection = try makeConnection(cloud, endpoint: endpoint, arguments, context)
    let reader = GraphReader(connection, progress: progress) {
      AddressNormaliser.address($0)
    }
    let clock = SessionClock(context.clock)
    let token: AccessToken
    do throws(TenantError) { token = try await connection.token() } catch { throw .tenant(error) }
    if let declared, token.tenant != declared.id {
      throw .refused(
        .heldBack,
        "the credentials belong to tenant \(token.tenant), and the commit declares \(declared.id)",
        hints: ["nothing was read or written; check `AZURE_TENANT_ID` and `tenant.id`"]
      )
    }
    let writing = token.permissions.filter { !Self.isReadOnly($0) }.sorted()
    if arguments.has("require-read-only"), !writing.isEmpty {
      throw .refused(
        .authentication,
        "the credentials could write: they hold \(writing.joined(separator: ", "))",
        hints: ["nothing was read; use an application that can only read"]
      )
    }
    if endpoint != nil, let moment = token.serviceTime { clock.follow(moment) }
    return Self(
      connection: connection,
      reader: reader,
      clock: clock,
      tenant: token.tenant,
      cloud: cloud
    )
  }

  /// Whether a permission of Graph allows reading and nothing else (`User.Read.All`).
  private static func isReadOnly(_ permission: String) -> Bool {
    permission.split(separator: ".").contains { $0 == "Read" || $0.hasPrefix("ReadBasic") }
  }

  private static func makeConnection(
    _ cloud: TenantDeclaration.Cloud,
    endpoint: String?,
    _ arguments: Arguments,
    _ context: Context
  ) throws(Failure) -> GraphConnection {
    let limit: Int?
    do { limit = try arguments.count("max-requests") } catch { throw .usage(error) }
    do throws(GraphSetupError) {
      let endpoints: GraphEndpoints
      if let endpoint {
        endpoints = try GraphEndpoints(loopback: endpoint, insteadOf: cloud)
      } else {
        endpoints = GraphEndpoints(cloud: cloud)
      }
      let identity = try GraphIdentity(environment: context.environment, endpoints: endpoints) {
        try? PublicFile.read($0, limit: 1 << 20)
      }
      return GraphConnection(
        to: endpoints,
        as: identity,
        transport: CurlTransport(.init(userAgent: "guestlist/\(programVersion)")),
        clock: context.clock,
        randomness: context.randomness,
        maxRequests: limit
      )
    } catch {
      throw .setup(error)
    }
  }
}

extension Arguments {
  /// The base URL that represents login and Graph; `nil` for Microsoft's own.
  func endpoint(_ environment: [String: String]) -> String? {
    let named = value("endpoint") ?? environment["GUESTLIST_ENDPOINT"]
    return named.flatMap { $0.isEmpty ? nil : $0 }
  }
}
