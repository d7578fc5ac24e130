/// Service principals: list, read, create, change, delete.
enum ServicePrincipals {
  static let traits = ObjectKind.Traits(
    path: "servicePrincipals",
    directoryName: "ServicePrincipal",
    auditName: "service principal",
    auditCategory: "ApplicationManagement",
    indexed: ["appId", "displayName", "servicePrincipalNames"],
    unfiltered: [
      "addIns", "appDescription", "appRoles", "homepage", "loginUrl", "logoutUrl", "notes",
      "notificationEmailAddresses", "oauth2PermissionScopes", "passwordCredentials",
      "preferredSingleSignOnMode", "preferredTokenSigningKeyThumbprint", "replyUrls",
      "samlSingleSignOnSettings", "tokenEncryptionKeyId", "verifiedPublisher",
    ],
    alternateKeys: ["appId"],
    complete: { given, tenant in
      let appID = given["appId"] ?? .string(tenant.generator.objectID().text)
      return [
        "accountEnabled": true, "appId": appID, "appRoleAssignmentRequired": false,
        "servicePrincipalType": "Application", "servicePrincipalNames": [appID],
        "appDisplayName": given["displayName"] ?? .null, "signInAudience": "AzureADMyOrg",
        "appOwnerOrganizationId": .string(tenant.id.text),
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
      ]
    }
  )

  private static let listing: AcceptedPermissions = """
    Application.Read.All | Application.ReadWrite.All | Application.ReadWrite.OwnedBy
    | Directory.Read.All
    """
  static let reading = AcceptedPermissions(
    combinations: listing.combinations + [["Directory.ReadWrite.All"]]
  )
  private static let writing: AcceptedPermissions =
    "Application.ReadWrite.All | Application.ReadWrite.OwnedBy | Directory.ReadWrite.All"

  private static let objects = ObjectOperations(kind: .servicePrincipal)

  static let operations = [
    objects.list(listing), objects.count(listing), objects.read(reading),
    objects.create(writing, required: ["appId"]) { body, tenant in
      guard let appID = body.text("appId"), ObjectID(appID) != nil else {
        throw GraphFailure.invalidValue("appId")
      }
      guard !tenant.holds(.servicePrincipal, "appId", appID) else {
        throw GraphFailure(
          409,
          "Request_MultipleObjectsWithSameKeyValue",
          "The service principal cannot be created, updated, or restored because the service "
            + "principal name \(appID) is already in use."
        )
      }
      let application = tenant.find(.application, "appId", appID).first
      let name = JSONValue.string(application?.text("displayName") ?? appID)
      return [
        "displayName": name, "appDisplayName": name, "accountEnabled": true,
        "appRoleAssignmentRequired": false, "appRoles": application?.properties["appRoles"] ?? [],
        "servicePrincipalType": "Application", "servicePrincipalNames": [.string(appID)],
        "appOwnerOrganizationId": .string(tenant.id.text), "signInAudience": "AzureADMyOrg",
      ]
    }, objects.change(writing), objects.delete(writing),
  ]

  /// Gives each app role of a scenario the properties that every role has.
  static func completed(_ roles: JSONValue?) -> JSONValue {
    .array(
      (roles?.array ?? []).map { role in
        guard let members = role.members else { return role }
        let defaults: [String: JSONValue] = [
          "allowedMemberTypes": ["User"], "isEnabled": true, "origin": "Application",
          "displayName": role["value"] ?? .null, "description": role["value"] ?? .null,
        ]
        return .object(defaults.merging(members) { _, given in given })
      }
    )
  }
}

extension ServicePrincipals {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
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
      samlMetadataUrl:s?~ samlSingleSignOnSettings:samlSingleSignOnSettings? servicePrincipalNames:*s
      servicePrincipalType:s? signInAudience:s?! tags:*s tokenEncryptionKeyId:g?
      verifiedPublisher:verifiedPublisher?
    type appRole
      allowedMemberTypes:*s description:s? displayName:s? id:g isEnabled:b origin:s?! value:s?
    type addIn
      id:g? properties:*keyValue type:s
    type permissionScope
      adminConsentDescription:s? adminConsentDisplayName:s? id:g isEnabled:b origin:s? type:s?
      userConsentDescription:s? userConsentDisplayName:s? value:s?
    type resourceSpecificPermission
      description:s? displayName:s? id:g isEnabled:b value:s?
    type samlSingleSignOnSettings
      relayState:s?
    type passwordCredential
      customKeyIdentifier:B? displayName:s? endDateTime:d? hint:s?! keyId:g? secretText:s?
      startDateTime:d?
    type keyCredential
      customKeyIdentifier:B? displayName:s? endDateTime:d? key:B? keyId:g? startDateTime:d?
      type:s? usage:s?
    type informationalUrl
      logoUrl:s?! marketingUrl:s? privacyStatementUrl:s? supportUrl:s? termsOfServiceUrl:s?
    type verifiedPublisher
      addedDateTime:d? displayName:s? verifiedPublisherId:s?
    """
}
