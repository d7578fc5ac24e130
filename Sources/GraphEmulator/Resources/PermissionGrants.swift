/// Delegated permissions that were consented to: `oauth2PermissionGrants`.
enum PermissionGrants {
  private static let path = "oauth2PermissionGrants"
  private static let grants = EntityOperations(name: .permissionGrant, path: "/\(path)")
  private static let reading: AcceptedPermissions = """
    Directory.Read.All | Directory.ReadWrite.All | DelegatedPermissionGrant.Read.All
    | DelegatedPermissionGrant.ReadWrite.All
    """
  private static let writing: AcceptedPermissions =
    "DelegatedPermissionGrant.ReadWrite.All | Directory.ReadWrite.All"

  static let operations = [
    Operation("GET /oauth2PermissionGrants", units: 2, reading) { call, tenant in
      try call.page(.entities(.permissionGrant, path, in: tenant), tenant)
    },
    grants.read(reading),
    grants.create(writing, required: ["clientId", "consentType", "resourceId"]) { body, tenant in
      for name in ["clientId", "resourceId"] {
        guard tenant.live(body.id(name), .servicePrincipal) != nil else {
          throw GraphFailure.notFound(body.text(name) ?? "")
        }
      }
      let isForOne = body.text("consentType") == "Principal"
      guard isForOne || body.text("consentType") == "AllPrincipals" else {
        throw GraphFailure.invalidValue("consentType")
      }
      guard isForOne == (tenant.live(body.id("principalId"), .user) != nil) else {
        throw GraphFailure.invalidValue("principalId")
      }
      return [:]
    },
    grants.change(writing), grants.remove(writing),
    Operation(
      "GET /users/{}/oauth2PermissionGrants",
      "DelegatedPermissionGrant.ReadWrite.All | Directory.Read.All"
    ) { call, tenant in
      let user = try call.object(.user, in: tenant)
      let list = List.entities(.permissionGrant, path, in: tenant) {
        $0["principalId"] == user.properties["id"]
      }
      return try call.page(list, tenant)
    },
    Operation("GET /servicePrincipals/{}/oauth2PermissionGrants", reading) { call, tenant in
      let app = try call.object(.servicePrincipal, in: tenant)
      let list = List.entities(.permissionGrant, path, in: tenant) {
        $0["clientId"] == app.properties["id"]
      }
      return try call.page(list, tenant)
    },
  ]
}

extension PermissionGrants {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type oAuth2PermissionGrant < entity
      clientId:s consentType:s? principalId:s? resourceId:s scope:s?
    """
}
