package import Access

/// Reads a tenant through Microsoft Graph; it has no way to change it.
package struct GraphReader: TenantReader {
  private let channel: ReadChannel
  private let normalise: @Sendable (String) -> EmailAddress?

  /// Makes a reader; `normalise` brings an address that the tenant holds into the compared form,
  /// and yields `nil` for what is no address.
  package init(
    _ connection: GraphConnection,
    normalise: @escaping @Sendable (String) -> EmailAddress?
  ) {
    channel = ReadChannel(connection)
    self.normalise = normalise
  }

  /// The tenant that the token names (`tid`).
  package func tenant() async throws(TenantError) -> TenantID { try await channel.token().tenant }

  package func observe(_ scope: ObservationScope) async throws(TenantError) -> TenantState {
    let token = try await channel.token()
    var observation = Observation(
      scope,
      tenant: token.tenant,
      endpoints: channel.endpoints,
      readsContacts: token.holdsAny(of: ["OrgContact.Read.All", "Directory.Read.All"]),
      normalise: normalise
    )
    try await Crawl(channel: channel).run(&observation)
    return observation.state(cost: await channel.takeCost())
  }
}
