/// The organizations whose people may ask for access packages, and the settings beside them.
enum ConnectedOrganizations {
  private static let organizations = EntityOperations(
    name: .connectedOrganization,
    path: "\(AccessPackages.root)/connectedOrganizations",
    units: 0
  )
  private static let settings = EntityOperations(
    name: .entitlementSettings,
    path: "\(AccessPackages.root)/settings",
    units: 0
  )

  static let operations = [
    organizations.list(AccessPackages.reading), organizations.read(AccessPackages.reading),
    organizations.remove(AccessPackages.writing),
    organizations.create(AccessPackages.writing, required: ["displayName"]) { body, tenant in
      tenant.stamps.merging(["state": "configured"]) { stamp, _ in stamp }
    },
    organizations.change(AccessPackages.writing, shows: true),
    settings.read(AccessPackages.reading, only: "settings"),
    settings.change(AccessPackages.writing, only: "settings", shows: true),
  ]

  /// The settings of a new tenant.
  static let defaults: JSONValue = [
    "id": "settings", "externalUserLifecycleAction": "none",
    "durationUntilExternalUserDeletedAfterBlocked": "P30D",
  ]
}

extension ConnectedOrganizations {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type connectedOrganization < entity
      createdDateTime:d?! description:s? displayName:s? externalSponsors:*directoryObject>
      identitySources:*identitySource internalSponsors:*directoryObject> modifiedDateTime:d?!
      state:connectedOrganizationState?
    enum connectedOrganizationState
      configured proposed unknownFutureValue
    type identitySource
    type azureActiveDirectoryTenant < identitySource
      displayName:s?! tenantId:s?!
    type crossCloudAzureActiveDirectoryTenant < identitySource
      cloudInstance:s! displayName:s?! tenantId:s?!
    type domainIdentitySource < identitySource
      displayName:s?! domainName:s?!
    type externalDomainFederation < identitySource
      displayName:s?! domainName:s?! issuerUri:s?!
    type socialIdentitySource < identitySource
      displayName:s? socialIdentitySourceType:socialIdentitySourceType
    enum socialIdentitySourceType
      facebook unknownFutureValue
    type entitlementManagementSettings < entity
      durationUntilExternalUserDeletedAfterBlocked:P?
      externalUserLifecycleAction:accessPackageExternalUserLifecycleAction?
    enum accessPackageExternalUserLifecycleAction
      none blockSignIn blockSignInAndDelete unknownFutureValue
    """
}
