/// What a tenant does not do for whoever asks, apart from what its policies in Graph say.
struct TenantRestrictions: Sendable {
  /// Domains from which nobody is invited.
  var blockedDomains: Set<String> = []
  /// The only domains from which anybody is invited; nil does not restrict them.
  var allowedDomains: Set<String>?
  /// Domains whose invitations the cross-tenant access settings block.
  var crossTenantBlockedDomains: Set<String> = []
  /// Whether the service took the tenant's invitations for abuse (FACTS section 1.4).
  var isSuspected = false
  /// How many directory objects there may be, soft-deleted ones among them; nil sets no limit.
  var objectQuota: Int?
  /// Whether the tenant has a premium licence, which last sign-ins ask for.
  var isPremium = true

  /// Reads what a scenario says of the tenant.
  init(_ value: JSONValue?) throws(ScenarioFault) {
    blockedDomains = try Self.domains(value, "blockedDomains") ?? []
    allowedDomains = try Self.domains(value, "allowedDomains")
    crossTenantBlockedDomains = try Self.domains(value, "crossTenantBlockedDomains") ?? []
    isSuspected = try Self.flag(value, "invitationsSuspected") ?? false
    isPremium = try Self.flag(value, "premium") ?? true
    if let quota = value?["objectQuota"], !quota.isNull {
      guard let count = quota.integer, count >= 0 else {
        throw ScenarioFault(place: "tenant.objectQuota", message: "must be a number")
      }
      objectQuota = count
    }
  }

  /// The same in the words of a scenario.
  var members: [JSONValue.Member] {
    func list(_ domains: Set<String>) -> JSONValue { .array(domains.sorted().map { .string($0) }) }
    return [
      .init("blockedDomains", list(blockedDomains)),
      .init("allowedDomains", allowedDomains.map(list) ?? .null),
      .init("crossTenantBlockedDomains", list(crossTenantBlockedDomains)),
      .init("invitationsSuspected", .bool(isSuspected)), .init("premium", .bool(isPremium)),
      .init("objectQuota", objectQuota.map { .number(String($0)) } ?? .null),
    ]
  }

  private static func domains(
    _ value: JSONValue?,
    _ name: String
  ) throws(ScenarioFault) -> Set<String>? {
    guard let listed = value?[name], !listed.isNull else { return nil }
    let texts = listed.array?.compactMap(\.string)
    guard let texts, texts.count == listed.array?.count else {
      throw ScenarioFault(place: "tenant.\(name)", message: "must be a list of domains")
    }
    return Set(texts.map { $0.lowercased() })
  }

  private static func flag(
    _ value: JSONValue?,
    _ name: String
  ) throws(ScenarioFault) -> Bool? {
    guard let given = value?[name], !given.isNull else { return nil }
    guard let flag = given.bool else {
      throw ScenarioFault(place: "tenant.\(name)", message: "must be true or false")
    }
    return flag
  }
}

extension Tenant {
  /// - Throws: 400 or 403 where the tenant invites nobody, or nobody from this domain.
  func requireWelcome(_ domain: String) throws(GraphFailure) {
    if restrictions.isSuspected {
      throw .init(
        403,
        "Forbidden",
        "Invitations are blocked for this directory due to suspicious activity. Please contact "
          + "Microsoft support for help."
      )
    }
    guard !restrictions.blockedDomains.contains(domain),
      restrictions.allowedDomains?.contains(domain) ?? true
    else {
      throw .badRequest(
        "The domain of the user's email address is blocked by the settings of this organization."
      )
    }
    guard !restrictions.crossTenantBlockedDomains.contains(domain) else {
      throw .badRequest("This invitation is blocked by cross-tenant access settings.")
    }
  }

  /// - Throws: 403 where one more directory object is one too many.
  func requireRoom() throws(GraphFailure) {
    guard let quota = restrictions.objectQuota, handles.count >= quota else { return }
    throw .init(
      403,
      "Directory_QuotaExceeded",
      "The directory object quota limit for the Tenant has been exceeded."
    )
  }
}
