extension GraphTypes {
  /// The types of the directory and everything that they are made of; the notation is that of `GraphTypes`.
  static let directory = """
    type addIn
      id:g? properties:*keyValue type:s
    type apiApplication
      acceptMappedClaims:b? knownClientApplications:*g oauth2PermissionScopes:*permissionScope
      preAuthorizedApplications:*preAuthorizedApplication requestedAccessTokenVersion:i?
    type appRole
      allowedMemberTypes:*s description:s? displayName:s? id:g isEnabled:b origin:s?! value:s?
    type appRoleAssignment < directoryObject
      appRoleId:g createdDateTime:d?! principalDisplayName:s?! principalId:g?
      principalType:s?! resourceDisplayName:s? resourceId:g?
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
    type assignedLabel
      displayName:s?! labelId:s?
    type assignedLicense
      disabledPlans:*g skuId:g?
    type assignedPlan
      assignedDateTime:d? capabilityStatus:s? service:s? servicePlanId:g?
    type authenticationBehaviors
      blockAzureADGraphAccess:b? removeUnverifiedEmailClaim:b?
      requireClientServicePrincipal:b?
    type authorizationInfo
      certificateUserIds:*s
    type certification
      certificationDetailsUrl:s? certificationExpirationDateTime:d? isCertifiedByMicrosoft:b?
      isPublisherAttested:b? lastCertificationDateTime:d?
    type customSecurityAttributeValue
    type directoryObject < entity
      deletedDateTime:d?
    type directoryRole < directoryObject
      description:s?! displayName:s?! members:*directoryObject> roleTemplateId:s?
    type domain < entity
      authenticationType:s availabilityStatus:s? isAdminManaged:b isDefault:b isInitial:b
      isRoot:b isVerified:b manufacturer:s? model:s? passwordNotificationWindowInDays:i?
      passwordValidityPeriodInDays:i? state:domainState? supportedServices:*s
    type domainState
      lastActionDateTime:d? operation:s? status:s?
    type emailAddress
      address:s? name:s?
    type employeeOrgData
      costCenter:s? division:s?
    type entity
      id:s!
    type group < directoryObject
      accessType:groupAccessType? allowExternalSenders:b?
      appRoleAssignments:*appRoleAssignment> assignedLabels:*assignedLabel
      assignedLicenses:*assignedLicense! autoSubscribeNewMembers:b? classification:s?
      createdDateTime:d?! description:s? displayName:s? expirationDateTime:d?! groupTypes:*s
      hasMembersWithLicenseErrors:b? hideFromAddressLists:b? hideFromOutlookClients:b?
      infoCatalogs:*s isArchived:b? isAssignableToRole:b? isFavorite:b?
      isManagementRestricted:b?! isSubscribedByMail:b?
      licenseProcessingState:licenseProcessingState?! mail:s?! mailEnabled:b? mailNickname:s?
      memberOf:*directoryObject> members:*directoryObject> membershipRule:s?
      membershipRuleProcessingState:s? onPremisesDomainName:s?!
      onPremisesExtensionAttributes:onPremisesExtensionAttributes?
      onPremisesLastSyncDateTime:d?! onPremisesNetBiosName:s?!
      onPremisesProvisioningErrors:*onPremisesProvisioningError onPremisesSamAccountName:s?!
      onPremisesSecurityIdentifier:s?! onPremisesSyncEnabled:b?! organizationId:s?
      owners:*directoryObject> preferredDataLocation:s? preferredLanguage:s?
      proxyAddresses:*s! renewedDateTime:d?! resourceBehaviorOptions:*s
      resourceProvisioningOptions:*s securityEnabled:b? securityIdentifier:s?!
      serviceProvisioningErrors:*serviceProvisioningError theme:s?
      transitiveMemberOf:*directoryObject> transitiveMembers:*directoryObject> uniqueName:s?!
      unseenConversationsCount:i? unseenCount:i? unseenMessagesCount:i? visibility:s?
      welcomeMessageEnabled:b?
    enum groupAccessType
      none private secret public unknownFutureValue
    type implicitGrantSettings
      enableAccessTokenIssuance:b? enableIdTokenIssuance:b?
    type informationalUrl
      logoUrl:s?! marketingUrl:s? privacyStatementUrl:s? supportUrl:s? termsOfServiceUrl:s?
    type invitation < entity
      inviteRedeemUrl:s?! inviteRedirectUrl:s invitedUser:user?> invitedUserDisplayName:s?
      invitedUserEmailAddress:s invitedUserMessageInfo:invitedUserMessageInfo?
      invitedUserSponsors:*directoryObject> invitedUserType:s? resetRedemption:b?
      sendInvitationMessage:b? status:s?
    type invitedUserMessageInfo
      ccRecipients:*recipient customizedMessageBody:s? messageLanguage:s?
    type keyCredential
      customKeyIdentifier:B? displayName:s? endDateTime:d? key:B? keyId:g? startDateTime:d?
      type:s? usage:s?
    type keyValue
      key:s? value:s?
    type licenseAssignmentState
      assignedByGroup:s? disabledPlans:*g error:s? lastUpdatedDateTime:d? skuId:g? state:s?
    type licenseProcessingState
      state:s?
    enum mdmAuthority
      unknown intune sccm office365
    type oAuth2PermissionGrant < entity
      clientId:s consentType:s? principalId:s? resourceId:s scope:s?
    type objectIdentity
      issuer:s? issuerAssignedId:s? signInType:s?
    type onPremisesExtensionAttributes
      extensionAttribute1:s? extensionAttribute10:s? extensionAttribute11:s?
      extensionAttribute12:s? extensionAttribute13:s? extensionAttribute14:s?
      extensionAttribute15:s? extensionAttribute2:s? extensionAttribute3:s?
      extensionAttribute4:s? extensionAttribute5:s? extensionAttribute6:s?
      extensionAttribute7:s? extensionAttribute8:s? extensionAttribute9:s?
    type onPremisesProvisioningError
      category:s? occurredDateTime:d? propertyCausingError:s? value:s?
    type optionalClaim
      additionalProperties:*s essential:b name:s source:s?
    type optionalClaims
      accessToken:*optionalClaim idToken:*optionalClaim saml2Token:*optionalClaim
    type orgContact < directoryObject
      addresses:*physicalOfficeAddress companyName:s? department:s? displayName:s?
      givenName:s? jobTitle:s? mail:s? mailNickname:s? onPremisesLastSyncDateTime:d?
      onPremisesProvisioningErrors:*onPremisesProvisioningError onPremisesSyncEnabled:b?
      phones:*phone proxyAddresses:*s serviceProvisioningErrors:*serviceProvisioningError
      surname:s?
    type organization < directoryObject
      assignedPlans:*assignedPlan businessPhones:*s city:s? country:s? countryLetterCode:s?
      createdDateTime:d?! defaultUsageLocation:s? displayName:s?
      marketingNotificationEmails:*s mobileDeviceManagementAuthority:mdmAuthority
      onPremisesLastSyncDateTime:d?! onPremisesSyncEnabled:b?
      partnerTenantType:partnerTenantType? postalCode:s? preferredLanguage:s?
      privacyProfile:privacyProfile? provisionedPlans:*provisionedPlan
      securityComplianceNotificationMails:*s securityComplianceNotificationPhones:*s state:s?
      street:s? technicalNotificationMails:*s tenantType:s? verifiedDomains:*verifiedDomain
    type parentalControlSettings
      countriesBlockedForMinors:*s legalAgeGroupRule:s?
    enum partnerTenantType
      microsoftSupport syndicatePartner breadthPartner breadthPartnerDelegatedAdmin
      resellerPartnerDelegatedAdmin valueAddedResellerPartnerDelegatedAdmin unknownFutureValue
    type passwordCredential
      customKeyIdentifier:B? displayName:s? endDateTime:d? hint:s?! keyId:g? secretText:s?
      startDateTime:d?
    type passwordProfile
      forceChangePasswordNextSignIn:b? forceChangePasswordNextSignInWithMfa:b? password:s?
    type permissionScope
      adminConsentDescription:s? adminConsentDisplayName:s? id:g isEnabled:b origin:s? type:s?
      userConsentDescription:s? userConsentDisplayName:s? value:s?
    type phone
      language:s? number:s? region:s? type:phoneType?
    enum phoneType
      home business mobile other assistant homeFax businessFax otherFax pager radio
    type physicalOfficeAddress
      city:s? countryOrRegion:s? officeLocation:s? postalCode:s? state:s? street:s?
    type preAuthorizedApplication
      appId:s? delegatedPermissionIds:*s
    type privacyProfile
      contactEmail:s? statementUrl:s?
    type provisionedPlan
      capabilityStatus:s? provisioningStatus:s? service:s?
    type publicClientApplication
      redirectUris:*s
    type recipient
      emailAddress:emailAddress?
    type redirectUriSettings
      index:i? uri:s?
    type requestSignatureVerification
      allowedWeakAlgorithms:weakAlgorithms? isSignedRequestRequired:b
    type requiredResourceAccess
      resourceAccess:*resourceAccess resourceAppId:s
    type resourceAccess
      id:g type:s?
    type resourceSpecificPermission
      description:s? displayName:s? id:g isEnabled:b value:s?
    type samlSingleSignOnSettings
      relayState:s?
    type servicePrincipal < directoryObject
      accountEnabled:b? addIns:*addIn alternativeNames:*s appDescription:s? appDisplayName:s?
      appId:s? appOwnerOrganizationId:g? appRoleAssignedTo:*appRoleAssignment>
      appRoleAssignmentRequired:b appRoleAssignments:*appRoleAssignment> appRoles:*appRole
      applicationTemplateId:s?! createdByAppId:s?!
      customSecurityAttributes:customSecurityAttributeValue? description:s?
      disabledByMicrosoftStatus:s? displayName:s? homepage:s? info:informationalUrl?
      isDisabled:b? keyCredentials:*keyCredential loginUrl:s? logoutUrl:s?
      memberOf:*directoryObject> notes:s? notificationEmailAddresses:*s
      oauth2PermissionScopes:*permissionScope owners:*directoryObject>
      passwordCredentials:*passwordCredential preferredSingleSignOnMode:s?
      preferredTokenSigningKeyThumbprint:s? replyUrls:*s
      resourceSpecificApplicationPermissions:*resourceSpecificPermission!
      samlSingleSignOnSettings:samlSingleSignOnSettings? servicePrincipalNames:*s
      servicePrincipalType:s? signInAudience:s?! tags:*s tokenEncryptionKeyId:g?
      verifiedPublisher:verifiedPublisher?
    type servicePrincipalLockConfiguration
      allProperties:b? credentialsWithUsageSign:b? credentialsWithUsageVerify:b? isEnabled:b
      tokenEncryptionKeyId:b?
    type serviceProvisioningError
      createdDateTime:d? isResolved:b? serviceInstance:s?
    type signInActivity
      lastNonInteractiveSignInDateTime:d? lastNonInteractiveSignInRequestId:s?
      lastSignInDateTime:d? lastSignInRequestId:s? lastSuccessfulSignInDateTime:d?
      lastSuccessfulSignInRequestId:s?
    type spaApplication
      redirectUris:*s
    type user < directoryObject
      aboutMe:s? accountEnabled:b? ageGroup:s? appRoleAssignments:*appRoleAssignment>
      assignedLicenses:*assignedLicense assignedPlans:*assignedPlan!
      authorizationInfo:authorizationInfo? birthday:d businessPhones:*s city:s? companyName:s?
      consentProvidedForMinor:s? country:s? createdDateTime:d?! creationType:s?!
      customSecurityAttributes:customSecurityAttributeValue? department:s?
      deviceEnrollmentLimit:i displayName:s? employeeHireDate:d? employeeId:s?
      employeeLeaveDateTime:d? employeeOrgData:employeeOrgData? employeeType:s?
      externalUserState:s? externalUserStateChangeDateTime:d? faxNumber:s? givenName:s?
      hireDate:d identities:*objectIdentity identityParentId:s? imAddresses:*s! interests:*s
      isManagementRestricted:b?! isResourceAccount:b? jobTitle:s?
      lastPasswordChangeDateTime:d? legalAgeGroupClassification:s?
      licenseAssignmentStates:*licenseAssignmentState! mail:s? mailNickname:s?
      manager:directoryObject?> memberOf:*directoryObject> mobilePhone:s? mySite:s?
      oauth2PermissionGrants:*oAuth2PermissionGrant> officeLocation:s?
      onPremisesDistinguishedName:s?! onPremisesDomainName:s?!
      onPremisesExtensionAttributes:onPremisesExtensionAttributes? onPremisesImmutableId:s?
      onPremisesLastSyncDateTime:d?! onPremisesProvisioningErrors:*onPremisesProvisioningError
      onPremisesSamAccountName:s?! onPremisesSecurityIdentifier:s?! onPremisesSyncEnabled:b?!
      onPremisesUserPrincipalName:s?! otherMails:*s ownedObjects:*directoryObject>
      passwordPolicies:s? passwordProfile:passwordProfile? pastProjects:*s postalCode:s?
      preferredDataLocation:s? preferredLanguage:s? preferredName:s? print:userPrint?
      provisionedPlans:*provisionedPlan! proxyAddresses:*s responsibilities:*s schools:*s
      securityIdentifier:s?! serviceProvisioningErrors:*serviceProvisioningError
      showInAddressList:b? signInActivity:signInActivity?! signInSessionsValidFromDateTime:d?!
      skills:*s sponsorOf:*directoryObject> sponsors:*directoryObject> state:s?
      streetAddress:s? surname:s? transitiveMemberOf:*directoryObject> usageLocation:s?
      userPrincipalName:s? userType:s?
    type userPrint
    type verifiedDomain
      capabilities:s? isDefault:b? isInitial:b? name:s? type:s?
    type verifiedPublisher
      addedDateTime:d? displayName:s? verifiedPublisherId:s?
    enum weakAlgorithms
      rsaSha1 unknownFutureValue
    type webApplication
      homePageUrl:s? implicitGrantSettings:implicitGrantSettings? logoutUrl:s?
      redirectUriSettings:*redirectUriSettings redirectUris:*s
    """
}
