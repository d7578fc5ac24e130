/// Entitlement management and what else stands beside directory objects, in a scenario's shape.
enum EntitlementReport {
  static func members(_ tenant: Tenant) -> [JSONValue.Member] {
    let settings = tenant.entities(.entitlementSettings).first?.members ?? []
    return [
      .init("oauth2PermissionGrants", .array(tenant.entities(.permissionGrants))),
      .init("connectedOrganizations", .array(tenant.entities(.connectedOrganizations))),
      .init("crossTenantAccessPolicyPartners", .array(tenant.entities(.crossTenantPartners))),
      .init(
        "entitlementManagementSettings",
        .object(settings + [.init("deliverySeconds", .number(String(tenant.deliverySeconds)))])
      ),
      .init("accessPackages", .array(tenant.entities(.accessPackages).map { package($0, tenant) })),
    ]
  }

  private static func package(_ package: JSONValue, _ tenant: Tenant) -> JSONValue {
    let id = package["id"]
    func own(_ name: EntitySet.Name) -> [JSONValue] {
      tenant.entities(name).filter { $0["accessPackage"]?["id"] == id }
    }
    return .object(
      (package.members ?? []).replacing([
        (
          "assignmentPolicies",
          .array(own(.assignmentPolicies).map { without("accessPackage", $0) })
        ),
        (
          "assignments",
          .array(
            own(.packageAssignments).map { assignment in
              .object(
                (without("accessPackage", assignment).members ?? []).replacing([
                  ("target", ["objectId": assignment["target"]?["objectId"] ?? .null]),
                  ("assignmentPolicy", ["id": assignment["assignmentPolicy"]?["id"] ?? .null]),
                ])
              )
            }
          )
        ),
      ])
    )
  }

  private static func without(_ name: String, _ value: JSONValue) -> JSONValue {
    .object((value.members ?? []).filter { $0.name != name })
  }
}
