/// The tenant's policies: authorization, and cross-tenant access.
enum Policies {
  private static let authorization = EntityOperations(
    name: .authorizationPolicy,
    path: "/policies/authorizationPolicy"
  )
  private static let crossTenant = EntityOperations(
    name: .crossTenantDefault,
    path: "/policies/crossTenantAccessPolicy/default"
  )
  private static let partners = EntityOperations(
    name: .crossTenantPartner,
    path: "/policies/crossTenantAccessPolicy/partners"
  )

  private static let readingCrossTenant: AcceptedPermissions =
    "Policy.Read.All | Policy.ReadWrite.CrossTenantAccess"
  private static let writingCrossTenant: AcceptedPermissions = "Policy.ReadWrite.CrossTenantAccess"

  static let operations = [
    authorization.read(
      "Policy.Read.All | Policy.ReadWrite.Authorization",
      only: "authorizationPolicy"
    ),
    authorization.change("Policy.ReadWrite.Authorization", only: "authorizationPolicy"),
    crossTenant.read(readingCrossTenant, only: "default"),
    crossTenant.change(writingCrossTenant, only: "default"), partners.list(readingCrossTenant),
    partners.create(writingCrossTenant, required: ["tenantId"], key: "tenantId") { body, _ in
      guard body.id("tenantId") != nil else { throw GraphFailure.invalidValue("tenantId") }
      return [:]
    },
  ]

  /// Puts the policies of a new tenant in, as far as a scenario does not say otherwise.
  static func found(_ changes: JSONValue?, in tenant: inout Tenant) {
    tenant.setEntity(
      .authorizationPolicy,
      "authorizationPolicy",
      defaults.setting(changes?.members ?? [:])
    )
    tenant.setEntity(
      .crossTenantDefault,
      "default",
      [
        "id": "default", "isServiceDefault": true,
        "inboundTrust": [
          "isMfaAccepted": false, "isCompliantDeviceAccepted": false,
          "isHybridAzureADJoinedDeviceAccepted": false,
        ], "b2bCollaborationInbound": everybody, "b2bCollaborationOutbound": everybody,
      ]
    )
  }

  private static let defaults: JSONValue = [
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

  private static let everybody: JSONValue = [
    "usersAndGroups": [
      "accessType": "allowed", "targets": [["target": "AllUsers", "targetType": "user"]],
    ],
    "applications": [
      "accessType": "allowed",
      "targets": [["target": "AllApplications", "targetType": "application"]],
    ],
  ]
}

extension Policies {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type policyBase < directoryObject
      description:s? displayName:s?
    type authorizationPolicy < policyBase
      allowEmailVerifiedUsersToJoinOrganization:b allowInvitesFrom:allowInvitesFrom?
      allowUserConsentForRiskyApps:b? allowedToSignUpEmailBasedSubscriptions:b
      allowedToUseSSPR:b blockMsolPowerShell:b?
      defaultUserRolePermissions:defaultUserRolePermissions guestUserRoleId:g?
    enum allowInvitesFrom
      none adminsAndGuestInviters adminsGuestInvitersAndAllMembers everyone unknownFutureValue
    enum b2bIdentityProvidersType
      azureActiveDirectory externalFederation socialIdentityProviders emailOneTimePasscode
      microsoftAccount defaultConfiguredIdp unknownFutureValue
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
    type defaultInvitationRedemptionIdentityProviderConfiguration < invitationRedemptionIdentityProviderConfiguration
    type defaultUserRolePermissions
      allowedToCreateApps:b allowedToCreateSecurityGroups:b allowedToCreateTenants:b?
      allowedToReadBitlockerKeysForOwnedDevice:b? allowedToReadOtherUsers:b
      permissionGrantPoliciesAssigned:*s
    type devicesFilter
      mode:crossTenantAccessPolicyTargetConfigurationAccessType? rule:s?
    type inboundOutboundPolicyConfiguration
      inboundAllowed:b? outboundAllowed:b?
    type invitationRedemptionIdentityProviderConfiguration
      fallbackIdentityProvider:b2bIdentityProvidersType?
      primaryIdentityProviderPrecedenceOrder:*b2bIdentityProvidersType
    """
}
