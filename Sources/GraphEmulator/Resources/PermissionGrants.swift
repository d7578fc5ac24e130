/// Delegated permissions that were consented to: `oauth2PermissionGrants`.
enum PermissionGrants {
  private static let grants = EntityOperations(
    name: .permissionGrant,
    path: "/oauth2PermissionGrants"
  )
  private static let reading: AcceptedPermissions = """
    Directory.Read.All | Directory.ReadWrite.All | DelegatedPermissionGrant.Read.All
    | DelegatedPermissionGrant.ReadWrite.All
    """
  private static let writing: AcceptedPermissions =
    "DelegatedPermissionGrant.ReadWrite.All | Directory.ReadWrite.All"

  static let operations = [
    Operation("GET /oauth2PermissionGrants", units: 2, reading) { call, tenant in
      try call.page(list(tenant) { _ in true }, tenant)
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
      return try call.page(list(tenant) { $0["principalId"] == user.properties["id"] }, tenant)
    },
    Operation("GET /servicePrincipals/{}/oauth2PermissionGrants", reading) { call, tenant in
      let app = try call.object(.servicePrincipal, in: tenant)
      return try call.page(list(tenant) { $0["clientId"] == app.properties["id"] }, tenant)
    },
  ]

  private static func list(
    _ tenant: Tenant,
    where accept: @escaping ([String: JSONValue]) -> Bool
  ) -> List {
    let all = List.entities(.permissionGrant, "oauth2PermissionGrants", in: tenant)
    return List(type: all.type, context: all.context) { number in
      AnySequence(all.after(number).lazy.filter { accept($0.properties) })
    }
  }
}

extension PermissionGrants {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type oAuth2PermissionGrant < entity
      clientId:s consentType:s? principalId:s? resourceId:s scope:s?
    """
}
