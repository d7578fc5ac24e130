/// The tenant as a whole: the organization and its domains.
enum Organization {
  private static let organization = EntityOperations(name: .organization, path: "/organization")
  private static let domains = EntityOperations(name: .domain, path: "/domains")

  private static let reading: AcceptedPermissions = """
    Organization.Read.All | Organization.ReadWrite.All | Directory.Read.All
    | Directory.ReadWrite.All | DeviceManagementServiceConfig.Read.All
    | DeviceManagementServiceConfig.ReadWrite.All | User.Read.All
    """

  static let operations = [
    organization.list(reading), organization.read(reading),
    organization.change(
      "Organization.ReadWrite.All | DeviceManagementServiceConfig.ReadWrite.All"
    ),
    domains.list("Domain.Read.All | Domain.ReadWrite.All | Directory.Read.All"),
    domains.create("Domain.ReadWrite.All", required: ["id"]) { body, _ in
      guard let id = body.text("id"), id.contains("."), !id.contains("/"), !id.contains(" ") else {
        throw GraphFailure.invalidValue("id")
      }
      // It is not verified yet.
      return [
        "id": .string(id), "authenticationType": "Managed", "isAdminManaged": true,
        "isDefault": false, "isInitial": false, "isRoot": true, "isVerified": false,
        "supportedServices": [],
      ]
    },
  ]

  /// Puts the organization and its domains into a new tenant; the first domain is the one with
  /// which the tenant was created.
  static func found(_ name: String, domains: [String], in tenant: inout Tenant) {
    let primary = domains.count > 1 ? domains[1] : domains[0]
    for domain in domains {
      tenant.setEntity(
        .domain,
        domain,
        [
          "id": .string(domain), "authenticationType": "Managed", "isAdminManaged": true,
          "isDefault": .bool(domain == primary), "isInitial": .bool(domain == domains[0]),
          "isRoot": true, "isVerified": true,
          "supportedServices": ["Email", "OfficeCommunicationsOnline"],
        ]
      )
    }
    tenant.setEntity(
      .organization,
      tenant.id.text,
      [
        "id": .string(tenant.id.text), "displayName": .string(name),
        "createdDateTime": tenant.moment, "tenantType": "AAD", "countryLetterCode": "SE",
        "verifiedDomains": .array(
          domains.map { domain in
            [
              "capabilities": "Email, OfficeCommunicationsOnline",
              "isDefault": .bool(domain == primary), "isInitial": .bool(domain == domains[0]),
              "name": .string(domain), "type": "Managed",
            ]
          }
        ),
      ]
    )
  }
}

extension Tenant {
  /// The tenant's own domains, in small letters.
  var verifiedDomains: Set<String> {
    Set(entities(.domain).compactMap { $0["id"]?.string?.lowercased() })
  }

  /// The domain that the tenant was created with.
  var initialDomain: String {
    let domains = entities(.domain)
    return (domains.first { $0["isInitial"] == true } ?? domains.first)?["id"]?.string ?? ""
  }
}

extension Organization {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type organization < directoryObject
      assignedPlans:*assignedPlan businessPhones:*s city:s? country:s? countryLetterCode:s?
      createdDateTime:d?! defaultUsageLocation:s? displayName:s?
      marketingNotificationEmails:*s mobileDeviceManagementAuthority:mdmAuthority
      onPremisesLastSyncDateTime:d?! onPremisesSyncEnabled:b?
      partnerTenantType:partnerTenantType? postalCode:s? preferredLanguage:s?
      privacyProfile:privacyProfile? provisionedPlans:*provisionedPlan
      securityComplianceNotificationMails:*s securityComplianceNotificationPhones:*s state:s?
      street:s? technicalNotificationMails:*s tenantType:s? verifiedDomains:*verifiedDomain
    type domain < entity
      authenticationType:s availabilityStatus:s? isAdminManaged:b isDefault:b isInitial:b
      isRoot:b isVerified:b manufacturer:s? model:s? passwordNotificationWindowInDays:i?
      passwordValidityPeriodInDays:i? state:domainState? supportedServices:*s
    type domainState
      lastActionDateTime:d? operation:s? status:s?
    enum mdmAuthority
      unknown intune sccm office365
    enum partnerTenantType
      microsoftSupport syndicatePartner breadthPartner breadthPartnerDelegatedAdmin
      resellerPartnerDelegatedAdmin valueAddedResellerPartnerDelegatedAdmin unknownFutureValue
    type privacyProfile
      contactEmail:s? statementUrl:s?
    type verifiedDomain
      capabilities:s? isDefault:b? isInitial:b? name:s? type:s?
    """
}
