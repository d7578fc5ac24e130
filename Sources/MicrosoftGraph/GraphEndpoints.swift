package import Access
package import HTTP

/// The two servers of a cloud, the one that signs in and the one that speaks Graph.
///
/// Credentials go to no other (FACTS section 10).
package struct GraphEndpoints: Hashable, Sendable {
  /// The root of the server that gives tokens.
  package let login: HTTPURL
  /// The root of the server that speaks Graph.
  package let graph: HTTPURL
  /// The name by which tokens for this Graph are asked for.
  let audience: String

  /// The servers of a national cloud.
  package init(cloud: TenantDeclaration.Cloud) {
    switch cloud {
    case .global:
      login = HTTPURL(known: "login.microsoftonline.com")
      graph = HTTPURL(known: "graph.microsoft.com")
    case .usgov:
      login = HTTPURL(known: "login.microsoftonline.us")
      graph = HTTPURL(known: "graph.microsoft.us")
    case .dod:
      login = HTTPURL(known: "login.microsoftonline.us")
      graph = HTTPURL(known: "dod-graph.microsoft.us")
    case .china:
      login = HTTPURL(known: "login.chinacloudapi.cn")
      graph = HTTPURL(known: "microsoftgraph.chinacloudapi.cn")
    }
    audience = graph.origin
  }

  /// One server on this machine that represents both of a cloud.
  ///
  /// - Throws: for anything that is not a plain address of loopback without a path: credentials
  ///   must have nowhere else to go.
  package init(
    loopback text: String,
    insteadOf cloud: TenantDeclaration.Cloud = .global
  ) throws(GraphSetupError) {
    guard let url = HTTPURL(text), url.target == "/" else { throw .unreadableEndpoint(text) }
    guard url.isLoopback else { throw .endpointNotLoopback(text) }
    login = url
    graph = url
    audience = Self(cloud: cloud).audience
  }

  /// The cloud of a sign-in server, as `AZURE_AUTHORITY_HOST` names it; of two clouds that share
  /// one, the first.
  package static func cloud(ofLogin text: String) -> TenantDeclaration.Cloud? {
    let url = HTTPURL(text.contains("://") ? text : "https://\(text)")
    return TenantDeclaration.Cloud.allCases.first { Self(cloud: $0).login.origin == url?.origin }
  }

  /// Whether a request with credentials may go there.
  func admits(_ url: HTTPURL) -> Bool {
    (url.isSameOrigin(as: login) || url.isSameOrigin(as: graph))
      && (url.scheme == .https || url.isLoopback)
  }
}

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

/// Why no connection to a tenant can even be tried.
package enum GraphSetupError: Error, Hashable, Sendable {
  case unreadableEndpoint(String)
  case endpointNotLoopback(String)
  /// The variables do not describe a way to sign in; those missing for the nearest one.
  case missingVariables([String])
  /// A variable has a value that cannot be used.
  case unusableVariable(String, reason: String)
}

extension GraphSetupError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadableEndpoint(let text):
      "`\(HTTPURL.printable(text))` is not an address such as `http://127.0.0.1:8080`"
    case .endpointNotLoopback(let text):
      "`\(HTTPURL.printable(text))` is not an address of this machine, and credentials go to the configured cloud "
        + "or to loopback only"
    case .missingVariables(let names):
      "no credentials: set " + names.map { "`\($0)`" }.joined(separator: ", ")
    case .unusableVariable(let name, let reason): "`\(name)` \(reason)"
    }
  }
}
