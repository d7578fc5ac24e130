/// What a scenario says of the tenant as a whole, with its defaults.
struct TenantSettings {
  let id: String
  let displayName: String
  /// The domain that the tenant was created with comes first.
  let domains: [String]
  private let value: JSONValue?

  init(_ value: JSONValue?, defaultID: String) {
    self.value = value
    id = value?["id"]?.string ?? defaultID
    displayName = value?["displayName"]?.string ?? "Contoso"
    let named = (value?["verifiedDomains"]?.array ?? []).compactMap {
      $0["name"]?.string ?? $0.string
    }
    let listed = (value?["domains"]?.array ?? []).compactMap { $0.string ?? $0["id"]?.string }
    let all = named + listed
    let initial =
      value?["initialDomain"]?.string ?? all.first { $0.hasSuffix(".onmicrosoft.com") }
      ?? "contoso.onmicrosoft.com"
    domains = [initial] + all.filter { $0.lowercased() != initial.lowercased() }
  }

  /// Puts the organization, its domains and its policies into a tenant.
  func apply(to tenant: Tenant) throws(ScenarioFault) {
    let now = JSONValue.string(tenant.now.text)
    let primary = domains.count > 1 ? domains[1] : domains[0]
    for domain in domains {
      let entity: JSONValue = [
        "id": .string(domain), "authenticationType": "Managed", "isAdminManaged": true,
        "isDefault": .bool(domain == primary), "isInitial": .bool(domain == domains[0]),
        "isRoot": true, "isVerified": true,
        "supportedServices": ["Email", "OfficeCommunicationsOnline"],
      ]
      try put(.domains, domain, "domain", entity, into: tenant)
    }
    let verified = domains.map { domain -> JSONValue in
      [
        "capabilities": "Email, OfficeCommunicationsOnline",
        "isDefault": .bool(domain == primary), "isInitial": .bool(domain == domains[0]),
        "name": .string(domain), "type": "Managed",
      ]
    }
    try put(
      .organization,
      id,
      "organization",
      [
        "id": .string(id), "displayName": .string(displayName), "createdDateTime": now,
        "tenantType": "AAD", "countryLetterCode": "SE", "verifiedDomains": .array(verified),
      ],
      into: tenant
    )
    try applyPolicies(to: tenant)
  }

  private func applyPolicies(to tenant: Tenant) throws(ScenarioFault) {
    try put(
      .authorizationPolicy,
      "authorizationPolicy",
      "authorizationPolicy",
      Self.merged(Self.authorizationPolicy, value?["authorizationPolicy"]),
      into: tenant
    )
    try put(
      .crossTenantDefault,
      "default",
      "crossTenantAccessPolicyConfigurationDefault",
      Self.crossTenantDefault,
      into: tenant
    )
    try put(
      .entitlementSettings,
      "settings",
      "entitlementManagementSettings",
      [
        "id": "settings", "externalUserLifecycleAction": "none",
        "durationUntilExternalUserDeletedAfterBlocked": "P30D",
      ],
      into: tenant
    )
    for name in EntitySet.Name.allCases where tenant.sets[name] == nil {
      tenant.sets[name] = EntitySet(type: name.type)
    }
  }

  private static let authorizationPolicy: JSONValue = [
    "id": "authorizationPolicy", "allowInvitesFrom": "everyone",
    "allowedToSignUpEmailBasedSubscriptions": true, "allowedToUseSSPR": true,
    "allowEmailVerifiedUsersToJoinOrganization": false, "blockMsolPowerShell": false,
    "description": "Used to manage authorization related settings across the company.",
    "displayName": "Authorization Policy",
    "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
    "defaultUserRolePermissions": [
      "allowedToCreateApps": true, "allowedToCreateSecurityGroups": true,
      "allowedToReadOtherUsers": true,
    ],
  ]

  private static let crossTenantDefault: JSONValue = {
    let everybody: JSONValue = [
      "usersAndGroups": [
        "accessType": "allowed", "targets": [["target": "AllUsers", "targetType": "user"]],
      ],
      "applications": [
        "accessType": "allowed",
        "targets": [["target": "AllApplications", "targetType": "application"]],
      ],
    ]
    return [
      "id": "default", "isServiceDefault": true,
      "inboundTrust": [
        "isMfaAccepted": false, "isCompliantDeviceAccepted": false,
        "isHybridAzureADJoinedDeviceAccepted": false,
      ],
      "b2bCollaborationInbound": everybody, "b2bCollaborationOutbound": everybody,
    ]
  }()

  private static func merged(_ value: JSONValue, _ changes: JSONValue?) -> JSONValue {
    let changed = changes?.members ?? []
    let kept = (value.members ?? []).filter { member in
      !changed.contains { $0.name == member.name }
    }
    return .object(kept + changed)
  }

  private func put(
    _ name: EntitySet.Name,
    _ id: String,
    _ typeName: String,
    _ value: JSONValue,
    into tenant: Tenant
  ) throws(ScenarioFault) {
    let type = GraphTypes.known(typeName)
    var reader = BodyReader(type: type)
    reader.refusesReadOnly = false
    var set = tenant.sets[name] ?? EntitySet(type: type)
    do throws(GraphFailure) {
      set.set(
        id,
        Record(values: try reader.read(value.members ?? []).compactMapValues { $0 }, type)
      )
    } catch {
      throw ScenarioFault(place: "tenant", message: error.message)
    }
    tenant.sets[name] = set
  }
}
