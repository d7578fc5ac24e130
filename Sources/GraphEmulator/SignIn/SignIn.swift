internal import Crypto

/// The sign-in service of one tenant: who may sign in, the tokens that it issues, and the check of
/// those tokens on every call to Graph.
///
/// Pure over its inputs but for the key with which it signs. Its time is handed in with every call:
/// `now` is the emulator's clock, in seconds since 1970; `outside` the clock by which clients date
/// their own assertions.
package final class SignIn: Sendable {
  package let tenant: Tenant
  package let clients: [RegisteredClient]

  /// The tenant to which everything belongs.
  package struct Tenant: Hashable, Sendable {
    package let id: String
    package let displayName: String
    /// Its verified domains, of which each may stand for the id in a path.
    package let domains: [String]

    package init(id: String, displayName: String, domains: [String]) {
      self.id = id.lowercased()
      self.displayName = displayName
      self.domains = domains.map { $0.lowercased() }
    }
  }

  /// Registers the clients of a scenario, or the two default ones of a seed where it names none.
  package init(tenant: Tenant, clients: [RegisteredClient], seed: UInt64) {
    self.tenant = tenant
    self.clients = clients.isEmpty ? DefaultClients.make(seed: seed) : clients
  }

  /// Answers whatever belongs to signing in (tokens, discovery, keys, managed identity, the cloud's
  /// metadata); `nil` where the path is not one of these, so that Graph's routes may have it.
  package func reply(to request: SignInRequest, now: Int64, outside: Int64) -> SignInReply? {
    nil
  }

  /// Finds the caller whose token a request bears in its `Authorization` field.
  ///
  /// - Throws: 401 `InvalidAuthenticationToken` where it is missing, malformed, not signed here,
  ///   expired by `now`, or meant for another resource than Graph.
  package func caller(
    bearing authorization: String?,
    base: String,
    now: Int64
  ) throws(CallRefusal) -> Caller {
    throw .invalidToken("Access token is empty.", base: base)
  }
}
