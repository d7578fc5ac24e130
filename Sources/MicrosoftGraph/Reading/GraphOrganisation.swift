package import Access

/// What a tenant says of itself.
package struct Organisation: Hashable, Sendable {
  package var name: String
  /// The domains of its own people.
  package var domains: [String]

  package init(name: String, domains: [String]) {
    self.name = name
    self.domains = domains
  }
}

/// The tenant as Graph sends it.
struct GraphOrganisation: GraphModel {
  let id: Spelled<TenantID>
  var displayName: String?
  var verifiedDomains: [Domain]?

  struct Domain: GraphModel {
    var name: String?
  }
}

extension GraphReader {
  /// What the tenant says of itself.
  package func organisation() async throws(TenantError) -> Organisation {
    let read = GraphRead.organisation
    let reply = try await channel.fetch([read])[0]
    guard reply.isSuccess else { throw reply.error(read.operation) }
    guard let found = (reply.content as? Page<GraphOrganisation>)?.value.first else {
      throw TenantError(
        .malformedReply,
        operation: read.operation.words,
        status: reply.status,
        message: "a reply without an organisation",
        requestID: reply.requestID
      )
    }
    return Organisation(
      name: found.displayName ?? "",
      domains: (found.verifiedDomains ?? []).compactMap(\.name)
    )
  }

  /// Whether the token may read access packages.
  package func readsPackages() async throws(TenantError) -> Bool {
    try await channel.token().readsPackages
  }
}

extension AccessToken {
  var readsPackages: Bool {
    holdsAny(of: ["EntitlementManagement.Read.All", "EntitlementManagement.ReadWrite.All"])
  }
}
