/// The properties that Graph returns where none are selected (FACTS section 2.1).
enum DefaultProperties {
  static func names(of type: GraphType) -> [String] {
    if let names = listed[type.name] { return names }
    return type.properties.filter { !$0.isNavigation && $0.name != "deletedDateTime" }.map(\.name)
  }

  private static let listed: [String: [String]] = [
    "user": [
      "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
      "officeLocation", "preferredLanguage", "surname", "userPrincipalName",
    ],
    "group": [
      "classification", "createdDateTime", "deletedDateTime", "description", "displayName",
      "expirationDateTime", "groupTypes", "id", "isAssignableToRole", "mail", "mailEnabled",
      "mailNickname", "membershipRule", "membershipRuleProcessingState",
      "onPremisesDomainName", "onPremisesLastSyncDateTime", "onPremisesNetBiosName",
      "onPremisesProvisioningErrors", "onPremisesSamAccountName",
      "onPremisesSecurityIdentifier", "onPremisesSyncEnabled", "preferredDataLocation",
      "preferredLanguage", "proxyAddresses", "renewedDateTime", "resourceBehaviorOptions",
      "resourceProvisioningOptions", "securityEnabled", "securityIdentifier",
      "serviceProvisioningErrors", "theme", "uniqueName", "visibility",
    ],
  ]

  static let prepared: [Selection] = ObjectKind.allCases.map {
    Selection(of: $0.type, names(of: $0.type))
  }
}
