/// What a tenant refuses, apart from its policies in Graph.
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

  init() {}

  /// Reads what a scenario says of the tenant.
  init(_ value: JSONValue?) throws(ScenarioFault) {
    func read<Value>(
      _ name: String,
      _ what: String,
      _ convert: (JSONValue) -> Value?
    ) throws(ScenarioFault) -> Value? {
      guard let given = value?[name], !given.isNull else { return nil }
      guard let read = convert(given) else {
        throw ScenarioFault(place: "tenant.\(name)", message: "must be \(what)")
      }
      return read
    }
    func domains(_ value: JSONValue) -> Set<String>? {
      let texts = value.array?.compactMap(\.string)
      return texts?.count == value.array?.count
        ? texts.map { Set($0.map { $0.lowercased() }) } : nil
    }
    blockedDomains = try read("blockedDomains", "a list of domains", domains) ?? []
    allowedDomains = try read("allowedDomains", "a list of domains", domains)
    crossTenantBlockedDomains =
      try read("crossTenantBlockedDomains", "a list of domains", domains) ?? []
    isSuspected = try read("invitationsSuspected", "true or false", \.bool) ?? false
    isPremium = try read("premium", "true or false", \.bool) ?? true
    objectQuota = try read("objectQuota", "a number") { value in
      value.integer.flatMap { $0 >= 0 ? $0 : nil }
    }
  }

  /// The same in the words of a scenario.
  var members: [String: JSONValue] {
    func list(_ domains: Set<String>) -> JSONValue { .array(domains.sorted().map { .string($0) }) }
    return [
      "blockedDomains": list(blockedDomains),
      "allowedDomains": allowedDomains.map(list) ?? .null,
      "crossTenantBlockedDomains": list(crossTenantBlockedDomains),
      "invitationsSuspected": .bool(isSuspected), "premium": .bool(isPremium),
      "objectQuota": objectQuota.map { .integer($0) } ?? .null,
    ]
  }

  /// - Throws: 400 or 403 where the tenant invites nobody, or nobody from this domain.
  func requireWelcome(_ domain: String) throws {
    if isSuspected {
      throw GraphFailure(
        403,
        "Forbidden",
        "Invitations are blocked for this directory due to suspicious activity. Please contact "
          + "Microsoft support for help."
      )
    }
    guard !blockedDomains.contains(domain), allowedDomains?.contains(domain) ?? true else {
      throw GraphFailure.badRequest(
        "The domain of the user's email address is blocked by the settings of this organization."
      )
    }
    guard !crossTenantBlockedDomains.contains(domain) else {
      throw GraphFailure.badRequest(
        "This invitation is blocked by cross-tenant access settings."
      )
    }
  }
}
