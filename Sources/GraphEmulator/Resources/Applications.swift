/// Applications: list, read, create, change, delete.
enum Applications {
  static let traits = ObjectKind.Traits(
    path: "applications",
    directoryName: "Application",
    auditName: "application",
    auditCategory: "ApplicationManagement",
    indexed: ["appId", "displayName"],
    unfiltered: [
      "addIns", "api", "appRoles", "authenticationBehaviors", "certification",
      "defaultRedirectUri", "groupMembershipClaims", "logo", "notes", "optionalClaims",
      "parentalControlSettings", "passwordCredentials", "publicClient", "samlMetadataUrl", "spa",
      "tokenEncryptionKeyId", "verifiedPublisher", "web",
    ],
    alternateKeys: ["appId"],
    complete: { _, tenant in
      ["createdDateTime": tenant.moment, "signInAudience": "AzureADMyOrg"]
    }
  )

  private static let listing: AcceptedPermissions = """
    Application.Read.All | Application.ReadWrite.All | Application.ReadWrite.OwnedBy
    | Directory.Read.All
    """
  private static let creating: AcceptedPermissions =
    "AppRegistration.Create | Application.ReadWrite.All | Application.ReadWrite.OwnedBy"
  private static let changing: AcceptedPermissions =
    "Application.ReadWrite.All | Application.ReadWrite.OwnedBy"

  private static let objects = ObjectOperations(kind: .application)

  static let operations = [
    objects.list(units: 2, listing), objects.count(listing),
    objects.read(ServicePrincipals.reading),
    objects.create(creating, required: ["displayName"]) { _, tenant in
      [
        "appId": .string(tenant.generator.objectID().text), "createdDateTime": tenant.moment,
        "publisherDomain": .string(tenant.initialDomain), "signInAudience": "AzureADMyOrg",
      ]
    }, objects.change(changing), objects.delete(changing),
  ]
}

extension Applications {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type application < directoryObject
      addIns:*addIn api:apiApplication? appId:s?! appRoles:*appRole applicationTemplateId:s?!
      authenticationBehaviors:authenticationBehaviors? certification:certification?
      createdByAppId:s?! createdDateTime:d?! defaultRedirectUri:s? description:s?
      disabledByMicrosoftStatus:s? displayName:s? groupMembershipClaims:s? identifierUris:*s
      info:informationalUrl? isDeviceOnlyAuthSupported:b? isDisabled:b?
      isFallbackPublicClient:b? keyCredentials:*keyCredential logo:B managerApplications:*g
      notes:s? oauth2RequirePostResponse:b optionalClaims:optionalClaims?
      owners:*directoryObject> parentalControlSettings:parentalControlSettings?
      passwordCredentials:*passwordCredential publicClient:publicClientApplication?
      publisherDomain:s?! requestSignatureVerification:requestSignatureVerification?
      requiredResourceAccess:*requiredResourceAccess samlMetadataUrl:s?
      serviceManagementReference:s?
      servicePrincipalLockConfiguration:servicePrincipalLockConfiguration? signInAudience:s?
      spa:spaApplication? tags:*s tokenEncryptionKeyId:g? uniqueName:s?!
      verifiedPublisher:verifiedPublisher? web:webApplication?
    type apiApplication
      acceptMappedClaims:b? knownClientApplications:*g oauth2PermissionScopes:*permissionScope
      preAuthorizedApplications:*preAuthorizedApplication requestedAccessTokenVersion:i?
    type authenticationBehaviors
      blockAzureADGraphAccess:b? removeUnverifiedEmailClaim:b?
      requireClientServicePrincipal:b?
    type certification
      certificationDetailsUrl:s? certificationExpirationDateTime:d? isCertifiedByMicrosoft:b?
      isPublisherAttested:b? lastCertificationDateTime:d?
    type implicitGrantSettings
      enableAccessTokenIssuance:b? enableIdTokenIssuance:b?
    type optionalClaim
      additionalProperties:*s essential:b name:s source:s?
    type optionalClaims
      accessToken:*optionalClaim idToken:*optionalClaim saml2Token:*optionalClaim
    type parentalControlSettings
      countriesBlockedForMinors:*s legalAgeGroupRule:s?
    type preAuthorizedApplication
      appId:s? delegatedPermissionIds:*s
    type publicClientApplication
      redirectUris:*s
    type redirectUriSettings
      index:i? uri:s?
    type requestSignatureVerification
      allowedWeakAlgorithms:weakAlgorithms? isSignedRequestRequired:b
    type requiredResourceAccess
      resourceAccess:*resourceAccess resourceAppId:s
    type resourceAccess
      id:g type:s?
    type servicePrincipalLockConfiguration
      allProperties:b? credentialsWithUsageSign:b? credentialsWithUsageVerify:b? isEnabled:b
      tokenEncryptionKeyId:b?
    type spaApplication
      redirectUris:*s
    enum weakAlgorithms
      rsaSha1 unknownFutureValue
    type webApplication
      homePageUrl:s? implicitGrantSettings:implicitGrantSettings? logoutUrl:s?
      redirectUriSettings:*redirectUriSettings redirectUris:*s
    """
}
