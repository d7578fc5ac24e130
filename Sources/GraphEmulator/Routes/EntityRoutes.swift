/// The tenant as a whole: the organization, its domains and its policies.
enum EntityRoutes {
  private static let organization = EntityCollection(
    name: .organization,
    path: "/organization",
    context: "organization"
  )
  private static let domains = EntityCollection(
    name: .domains,
    path: "/domains",
    context: "domains"
  )
  private static let authorization = EntityCollection(
    name: .authorizationPolicy,
    path: "/policies/authorizationPolicy",
    context: "policies/authorizationPolicy"
  )
  private static let crossTenant = EntityCollection(
    name: .crossTenantDefault,
    path: "/policies/crossTenantAccessPolicy/default",
    context: "policies/crossTenantAccessPolicy/default"
  )
  private static let partners = EntityCollection(
    name: .crossTenantPartners,
    path: "/policies/crossTenantAccessPolicy/partners",
    context: "policies/crossTenantAccessPolicy/partners"
  )

  static func register(in table: inout RouteTable) {
    organization.list(in: &table)
    organization.read(in: &table)
    organization.change(status: 204, in: &table)
    domains.list(in: &table)
    table.on("POST /domains", addDomain)
    authorization.readOnly("authorizationPolicy", in: &table)
    authorization.change(only: "authorizationPolicy", status: 204, in: &table)
    crossTenant.readOnly("default", in: &table)
    crossTenant.change(only: "default", status: 204, in: &table)
    partners.list(in: &table)
    table.on("POST /policies/crossTenantAccessPolicy/partners", addPartner)
  }

  /// Adds a domain, which is not verified yet.
  private static func addDomain(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    _ = try domains.checked(members, ["id"])
    let id = members.first { $0.name == "id" }?.value.string ?? ""
    guard id.contains("."), !id.contains("/"), !id.contains(" ") else { throw .invalidValue("id") }
    guard tenant.sets[.domains]?[id] == nil else { throw .taken("id") }
    let added: [JSONValue.Member] = [
      .init("id", .string(id)), .init("authenticationType", "Managed"),
      .init("isAdminManaged", true), .init("isDefault", false), .init("isInitial", false),
      .init("isRoot", true), .init("isVerified", false), .init("supportedServices", []),
    ]
    tenant.setEntity(.domains, id, added)
    var reply = try domains.reply(context, tenant, id)
    reply.status = 201
    return reply
  }

  private static func addPartner(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    _ = try partners.checked(members, ["tenantId"])
    let id = members.first { $0.name == "tenantId" }?.value.string ?? ""
    guard ObjectID(id) != nil else { throw .invalidValue("tenantId") }
    guard tenant.sets[.crossTenantPartners]?[id] == nil else { throw .taken("tenantId") }
    tenant.setEntity(.crossTenantPartners, id, members)
    var reply = try partners.reply(context, tenant, id)
    reply.status = 201
    return reply
  }
}
