extension GraphTypes {
  /// The types of entitlement management, policies and audit logs; the notation is that of `GraphTypes`.
  static let governance = """
    type accessPackage < entity
      assignmentPolicies:*accessPackageAssignmentPolicy> catalog:accessPackageCatalog?>
      createdDateTime:d?! description:s? displayName:s? isHidden:b? modifiedDateTime:d?!
      resourceRoleScopes:*accessPackageResourceRoleScope>
    type accessPackageAnswer
      displayValue:s?
    type accessPackageAnswerString < accessPackageAnswer
      value:s?
    type accessPackageApprovalStage
      approverInformationVisibility:approverInformationVisibility
      durationBeforeAutomaticDenial:P? durationBeforeEscalation:P?
      escalationApprovers:*subjectSet fallbackEscalationApprovers:*subjectSet
      fallbackPrimaryApprovers:*subjectSet isApproverJustificationRequired:b?
      isEscalationEnabled:b? primaryApprovers:*subjectSet
    type accessPackageAssignment < entity
      accessPackage:accessPackage?> assignmentPolicy:accessPackageAssignmentPolicy?>
      expiredDateTime:d?! schedule:entitlementManagementSchedule?!
      state:accessPackageAssignmentState?! status:s?! target:accessPackageSubject?>
    type accessPackageAssignmentApprovalSettings
      isApprovalRequiredForAdd:b? isApprovalRequiredForUpdate:b?
      isRequestorJustificationRequired:b? stages:*accessPackageApprovalStage
    type accessPackageAssignmentPolicy < entity
      accessPackage:accessPackage?> allowedTargetScope:allowedTargetScope?
      automaticRequestSettings:accessPackageAutomaticRequestSettings?
      catalog:accessPackageCatalog?> createdDateTime:d? description:s? displayName:s?
      expiration:expirationPattern? modifiedDateTime:d?
      notificationSettings:accessPackageNotificationSettings?
      requestApprovalSettings:accessPackageAssignmentApprovalSettings?
      requestorSettings:accessPackageAssignmentRequestorSettings?
      reviewSettings:accessPackageAssignmentReviewSettings? specificAllowedTargets:*subjectSet
    type accessPackageAssignmentRequest < entity
      accessPackage:accessPackage?> answers:*accessPackageAnswer
      assignment:accessPackageAssignment?> completedDateTime:d?! createdDateTime:d?!
      justification:s? requestType:accessPackageRequestType? requestor:accessPackageSubject?>
      schedule:entitlementManagementSchedule? state:accessPackageRequestState?! status:s?!
    type accessPackageAssignmentRequestorSettings
      allowCustomAssignmentSchedule:b? enableOnBehalfRequestorsToAddAccess:b?
      enableOnBehalfRequestorsToRemoveAccess:b? enableOnBehalfRequestorsToUpdateAccess:b?
      enableTargetsToSelfAddAccess:b? enableTargetsToSelfRemoveAccess:b?
      enableTargetsToSelfUpdateAccess:b? onBehalfRequestors:*subjectSet
    type accessPackageAssignmentReviewSettings
      expirationBehavior:accessReviewExpirationBehavior? fallbackReviewers:*subjectSet
      isEnabled:b? isRecommendationEnabled:b? isReviewerJustificationRequired:b?
      isSelfReview:b? primaryReviewers:*subjectSet schedule:entitlementManagementSchedule?
    enum accessPackageAssignmentState
      delivering partiallyDelivered delivered expired deliveryFailed unknownFutureValue
    type accessPackageAutomaticRequestSettings
      gracePeriodBeforeAccessRemoval:P? removeAccessWhenTargetLeavesAllowedTargets:b?
      requestAccessForAllowedTargets:b?
    type accessPackageCatalog < entity
      catalogType:accessPackageCatalogType? createdDateTime:d?! description:s? displayName:s?
      isExternallyVisible:b? modifiedDateTime:d?! state:accessPackageCatalogState?
    enum accessPackageCatalogState
      unpublished published unknownFutureValue
    enum accessPackageCatalogType
      userManaged serviceDefault serviceManaged unknownFutureValue
    enum accessPackageExternalUserLifecycleAction
      none blockSignIn blockSignInAndDelete unknownFutureValue
    type accessPackageNotificationSettings
      isAssignmentNotificationDisabled:b
    enum accessPackageRequestState
      submitted pendingApproval delivering delivered deliveryFailed denied scheduled canceled
      partiallyDelivered unknownFutureValue
    enum accessPackageRequestType
      notSpecified userAdd userUpdate userRemove adminAdd adminUpdate adminRemove systemAdd
      systemUpdate systemRemove onBehalfAdd unknownFutureValue approverRemove
    type accessPackageResource < entity
      createdDateTime:d? description:s? displayName:s? modifiedDateTime:d? originId:s?
      originSystem:s?
    type accessPackageResourceRole < entity
      description:s? displayName:s? originId:s? originSystem:s? resource:accessPackageResource?>
    type accessPackageResourceRoleScope < entity
      createdDateTime:d? role:accessPackageResourceRole?> scope:accessPackageResourceScope?>
    type accessPackageResourceScope < entity
      description:s? displayName:s? isRootScope:b? originId:s? originSystem:s?
      resource:accessPackageResource?>
    type accessPackageSubject < entity
      connectedOrganization:connectedOrganization?> displayName:s? email:s? objectId:s?
      onPremisesSecurityIdentifier:s? principalName:s?
      subjectLifecycle:accessPackageSubjectLifecycle subjectType:accessPackageSubjectType?
    enum accessPackageSubjectLifecycle
      notDefined notGoverned governed unknownFutureValue
    enum accessPackageSubjectType
      notSpecified user servicePrincipal unknownFutureValue
    enum accessReviewExpirationBehavior
      keepAccess removeAccess acceptAccessRecommendation unknownFutureValue
    enum allowInvitesFrom
      none adminsAndGuestInviters adminsGuestInvitersAndAllMembers everyone unknownFutureValue
    enum allowedTargetScope
      notSpecified specificDirectoryUsers specificConnectedOrganizationUsers
      specificDirectoryServicePrincipals allMemberUsers allDirectoryUsers
      allDirectoryServicePrincipals allConfiguredConnectedOrganizationUsers allExternalUsers
      allDirectoryAgentIdentities unknownFutureValue
    type appIdentity
      appId:s? displayName:s? servicePrincipalId:s? servicePrincipalName:s?
    enum approverInformationVisibility
      default notVisible visible unknownFutureValue
    type attributeRuleMembers < subjectSet
      description:s? membershipRule:s?
    type auditActivityInitiator
      app:appIdentity? user:userIdentity?
    type authorizationPolicy < policyBase
      allowEmailVerifiedUsersToJoinOrganization:b allowInvitesFrom:allowInvitesFrom?
      allowUserConsentForRiskyApps:b? allowedToSignUpEmailBasedSubscriptions:b
      allowedToUseSSPR:b blockMsolPowerShell:b?
      defaultUserRolePermissions:defaultUserRolePermissions guestUserRoleId:g?
    type azureActiveDirectoryTenant < identitySource
      displayName:s?! tenantId:s?!
    enum b2bIdentityProvidersType
      azureActiveDirectory externalFederation socialIdentityProviders emailOneTimePasscode
      microsoftAccount defaultConfiguredIdp unknownFutureValue
    type connectedOrganization < entity
      createdDateTime:d?! description:s? displayName:s? externalSponsors:*directoryObject>
      identitySources:*identitySource internalSponsors:*directoryObject> modifiedDateTime:d?!
      state:connectedOrganizationState?
    type connectedOrganizationMembers < subjectSet
      connectedOrganizationId:s? description:s?
    enum connectedOrganizationState
      configured proposed unknownFutureValue
    type crossCloudAzureActiveDirectoryTenant < identitySource
      cloudInstance:s! displayName:s?! tenantId:s?!
    type crossTenantAccessPolicyAppServiceConnectSetting
      applications:crossTenantAccessPolicyTargetConfiguration?
    type crossTenantAccessPolicyB2BSetting
      applications:crossTenantAccessPolicyTargetConfiguration?
      usersAndGroups:crossTenantAccessPolicyTargetConfiguration?
    type crossTenantAccessPolicyConfigurationDefault < entity
      appServiceConnectInbound:crossTenantAccessPolicyAppServiceConnectSetting?
      automaticUserConsentSettings:inboundOutboundPolicyConfiguration?!
      b2bCollaborationInbound:crossTenantAccessPolicyB2BSetting?
      b2bCollaborationOutbound:crossTenantAccessPolicyB2BSetting?
      b2bDirectConnectInbound:crossTenantAccessPolicyB2BSetting?
      b2bDirectConnectOutbound:crossTenantAccessPolicyB2BSetting?
      inboundTrust:crossTenantAccessPolicyInboundTrust?
      invitationRedemptionIdentityProviderConfiguration:defaultInvitationRedemptionIdentityProviderConfiguration?
      isServiceDefault:b?
      m365CollaborationInbound:crossTenantAccessPolicyM365CollaborationInboundSetting?
      m365CollaborationOutbound:crossTenantAccessPolicyM365CollaborationOutboundSetting?
      tenantRestrictions:crossTenantAccessPolicyTenantRestrictions?
    type crossTenantAccessPolicyConfigurationPartner
      appServiceConnectInbound:crossTenantAccessPolicyAppServiceConnectSetting?
      automaticUserConsentSettings:inboundOutboundPolicyConfiguration?
      b2bCollaborationInbound:crossTenantAccessPolicyB2BSetting?
      b2bCollaborationOutbound:crossTenantAccessPolicyB2BSetting?
      b2bDirectConnectInbound:crossTenantAccessPolicyB2BSetting?
      b2bDirectConnectOutbound:crossTenantAccessPolicyB2BSetting?
      identitySynchronization:crossTenantIdentitySyncPolicyPartner?>
      inboundTrust:crossTenantAccessPolicyInboundTrust? isInMultiTenantOrganization:b?
      isServiceProvider:b?
      m365CollaborationInbound:crossTenantAccessPolicyM365CollaborationInboundSetting?
      m365CollaborationOutbound:crossTenantAccessPolicyM365CollaborationOutboundSetting?
      tenantId:s! tenantRestrictions:crossTenantAccessPolicyTenantRestrictions?
    type crossTenantAccessPolicyInboundTrust
      isCompliantDeviceAccepted:b? isHybridAzureADJoinedDeviceAccepted:b? isMfaAccepted:b?
    type crossTenantAccessPolicyM365CollaborationInboundSetting
      users:crossTenantAccessPolicyTargetConfiguration?
    type crossTenantAccessPolicyM365CollaborationOutboundSetting
      usersAndGroups:crossTenantAccessPolicyTargetConfiguration?
    type crossTenantAccessPolicyTarget
      target:s? targetType:crossTenantAccessPolicyTargetType?
    type crossTenantAccessPolicyTargetConfiguration
      accessType:crossTenantAccessPolicyTargetConfigurationAccessType?
      targets:*crossTenantAccessPolicyTarget
    enum crossTenantAccessPolicyTargetConfigurationAccessType
      allowed blocked unknownFutureValue
    enum crossTenantAccessPolicyTargetType
      user group application unknownFutureValue
    type crossTenantAccessPolicyTenantRestrictions < crossTenantAccessPolicyB2BSetting
      devices:devicesFilter?
    type crossTenantIdentitySyncPolicyPartner
      displayName:s? tenantId:s! userSyncInbound:crossTenantUserSyncInbound?
    type crossTenantUserSyncInbound
      isSyncAllowed:b?
    enum dayOfWeek
      sunday monday tuesday wednesday thursday friday saturday
    type defaultInvitationRedemptionIdentityProviderConfiguration < invitationRedemptionIdentityProviderConfiguration
    type defaultUserRolePermissions
      allowedToCreateApps:b allowedToCreateSecurityGroups:b allowedToCreateTenants:b?
      allowedToReadBitlockerKeysForOwnedDevice:b? allowedToReadOtherUsers:b
      permissionGrantPoliciesAssigned:*s
    type devicesFilter
      mode:crossTenantAccessPolicyTargetConfigurationAccessType? rule:s?
    type directoryAudit < entity
      activityDateTime:d activityDisplayName:s additionalDetails:*keyValue category:s
      correlationId:s? initiatedBy:auditActivityInitiator loggedByService:s? operationType:s?
      result:operationResult? resultReason:s? targetResources:*targetResource
    type domainIdentitySource < identitySource
      displayName:s?! domainName:s?!
    type entitlementManagementSchedule
      expiration:expirationPattern? recurrence:patternedRecurrence? startDateTime:d?
    type entitlementManagementSettings < entity
      durationUntilExternalUserDeletedAfterBlocked:P?
      externalUserLifecycleAction:accessPackageExternalUserLifecycleAction?
    type expirationPattern
      duration:P? endDateTime:d? type:expirationPatternType?
    enum expirationPatternType
      notSpecified noExpiration afterDateTime afterDuration
    type externalDomainFederation < identitySource
      displayName:s?! domainName:s?! issuerUri:s?!
    type externalSponsors < subjectSet
    type groupMembers < subjectSet
      description:s?! groupId:s?
    enum groupType
      unifiedGroups azureAD unknownFutureValue
    type identity
      displayName:s? id:s?
    type identitySource
    type inboundOutboundPolicyConfiguration
      inboundAllowed:b? outboundAllowed:b?
    type internalSponsors < subjectSet
    type invitationRedemptionIdentityProviderConfiguration
      fallbackIdentityProvider:b2bIdentityProvidersType?
      primaryIdentityProviderPrecedenceOrder:*b2bIdentityProvidersType
    type modifiedProperty
      displayName:s? newValue:s? oldValue:s?
    enum operationResult
      success failure timeout unknownFutureValue
    type patternedRecurrence
      pattern:recurrencePattern? range:recurrenceRange?
    type policyBase < directoryObject
      description:s? displayName:s?
    type recurrencePattern
      dayOfMonth:i daysOfWeek:*dayOfWeek firstDayOfWeek:dayOfWeek? index:weekIndex? interval:i
      month:i type:recurrencePatternType?
    enum recurrencePatternType
      daily weekly absoluteMonthly relativeMonthly absoluteYearly relativeYearly
    type recurrenceRange
      endDate:D? numberOfOccurrences:i recurrenceTimeZone:s? startDate:D?
      type:recurrenceRangeType?
    enum recurrenceRangeType
      endDate noEnd numbered
    type requestorManager < subjectSet
      managerLevel:i?
    type singleServicePrincipal < subjectSet
      description:s? servicePrincipalId:s?
    type singleUser < subjectSet
      description:s?! userId:s?
    type socialIdentitySource < identitySource
      displayName:s? socialIdentitySourceType:socialIdentitySourceType
    enum socialIdentitySourceType
      facebook unknownFutureValue
    type subjectSet
    type targetManager < subjectSet
      managerLevel:i?
    type targetResource
      displayName:s? groupType:groupType? id:s? modifiedProperties:*modifiedProperty type:s?
      userPrincipalName:s?
    type targetUserSponsors < subjectSet
    type unifiedRoleAssignment < entity
      appScopeId:s? condition:s? directoryScope:directoryObject?> directoryScopeId:s?
      principal:directoryObject?> principalId:s? principalOrganizationId:s?
      roleDefinition:unifiedRoleDefinition?> roleDefinitionId:s?!
    type unifiedRoleDefinition < entity
      description:s? displayName:s? isBuiltIn:b?! isEnabled:b? resourceScopes:*s
      rolePermissions:*unifiedRolePermission templateId:s? version:s?
    type unifiedRolePermission
      allowedResourceActions:*s condition:s? excludedResourceActions:*s
    type userIdentity < identity
      ipAddress:s? userPrincipalName:s?
    enum weekIndex
      first second third fourth last
    """
}
