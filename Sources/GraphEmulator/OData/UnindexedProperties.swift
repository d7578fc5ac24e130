/// Properties that the directory does not filter by, since their pages do not say that it does.
enum UnindexedProperties {
  static func contains(_ property: String, of type: GraphType) -> Bool {
    listed[type.name]?.contains(property) ?? false
  }

  private static let listed: [String: Set<String>] = [
    "user": [
      "aboutMe", "birthday", "deviceEnrollmentLimit", "hireDate", "interests", "mySite",
      "pastProjects", "preferredDataLocation", "preferredName", "responsibilities", "schools",
      "skills", "showInAddressList", "lastPasswordChangeDateTime", "onPremisesDistinguishedName",
      "onPremisesDomainName", "isResourceAccount", "legalAgeGroupClassification",
      "signInSessionsValidFromDateTime",
    ],
    "group": [
      "accessType", "allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists",
      "hideFromOutlookClients", "infoCatalogs", "isArchived", "isFavorite", "isSubscribedByMail",
      "preferredDataLocation", "resourceBehaviorOptions", "theme", "unseenConversationsCount",
      "unseenCount", "unseenMessagesCount", "welcomeMessageEnabled",
    ],
    "servicePrincipal": [
      "addIns", "appDescription", "appRoles", "homepage", "loginUrl", "logoutUrl", "notes",
      "notificationEmailAddresses", "oauth2PermissionScopes", "passwordCredentials",
      "preferredSingleSignOnMode", "preferredTokenSigningKeyThumbprint", "replyUrls",
      "samlSingleSignOnSettings", "tokenEncryptionKeyId", "verifiedPublisher",
    ],
    "application": [
      "addIns", "api", "appRoles", "authenticationBehaviors", "certification",
      "defaultRedirectUri", "groupMembershipClaims", "logo", "notes", "optionalClaims",
      "parentalControlSettings", "passwordCredentials", "publicClient", "samlMetadataUrl", "spa",
      "tokenEncryptionKeyId", "verifiedPublisher", "web",
    ],
    "orgContact": ["addresses", "phones"],
  ]
}
