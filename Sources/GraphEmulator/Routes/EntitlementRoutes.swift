/// Entitlement management: packages, policies, assignments, requests, organizations, settings
/// (FACTS section 5).
enum EntitlementRoutes {
  private static let root = "/identityGovernance/entitlementManagement"

  private static func collection(_ name: EntitySet.Name, _ segment: String) -> EntityCollection {
    EntityCollection(
      name: name,
      path: "\(root)/\(segment)",
      context: "identityGovernance/entitlementManagement/\(segment)"
    )
  }

  private static let packages = collection(.accessPackages, "accessPackages")
  private static let policies = collection(.assignmentPolicies, "assignmentPolicies")
  private static let requests = collection(.assignmentRequests, "assignmentRequests")
  private static let assignments = collection(.packageAssignments, "assignments")
  private static let organizations = collection(.connectedOrganizations, "connectedOrganizations")
  private static let subjects = collection(.subjects, "subjects")
  private static let settings = collection(.entitlementSettings, "settings")

  static func register(in table: inout RouteTable) {
    for collection in [packages, policies, requests, assignments, organizations, subjects] {
      collection.list(in: &table)
    }
    for collection in [packages, policies, requests, assignments, organizations] {
      collection.read(in: &table)
    }
    for collection in [packages, policies, organizations] { collection.remove(in: &table) }
    packages.create(required: ["displayName"], in: &table) { tenant, _ in
      stamps(tenant) + [("isHidden", false)]
    }
    packages.change(status: 200, in: &table)
    policies.create(required: ["displayName"], in: &table) { tenant, _ in stamps(tenant) }
    policies.change("PUT", status: 200, in: &table)
    organizations.create(required: ["displayName"], in: &table) { tenant, members in
      let state = members.first { $0.name == "state" }?.value ?? "configured"
      return stamps(tenant) + [("state", state)]
    }
    organizations.change(status: 200, in: &table)
    settings.readOnly("settings", in: &table)
    settings.change(only: "settings", status: 200, in: &table)
    registerRequests(in: &table)
  }

  private static func stamps(_ tenant: Tenant) -> [(String, JSONValue)] {
    [
      ("createdDateTime", .string(tenant.now.text)), ("modifiedDateTime", .string(tenant.now.text)),
    ]
  }

  private static func registerRequests(in table: inout RouteTable) {
    table.on("POST \(requests.path)") { context, tenant throws(GraphFailure) in
      let members = try context.members()
      _ = try requests.checked(members, ["requestType"])
      let id = try tenant.submit(PackageRequest(.object(members)), by: context.caller)
      var reply = try requests.reply(context, tenant, id)
      reply.status = 201
      return reply
    }
    table.on("DELETE \(requests.path)/{}") { context, tenant throws(GraphFailure) in
      tenant.advanceRequests()
      let id = context.key(0).text
      guard let request = tenant.entity(.assignmentRequests, id) else { throw .notFound(id) }
      let done: Set = ["delivered", "denied", "canceled", "deliveryFailed"]
      guard done.contains(request["state"]?.string ?? "") else {
        throw .badRequest("The request cannot be removed in its current state.")
      }
      tenant.removeEntity(.assignmentRequests, id)
      return .noContent
    }
    table.on("POST \(requests.path)/{}/cancel") { context, tenant throws(GraphFailure) in
      tenant.advanceRequests()
      let id = context.key(0).text
      guard let request = tenant.entity(.assignmentRequests, id) else { throw .notFound(id) }
      let open: Set = ["submitted", "pendingApproval", "scheduled"]
      guard open.contains(request["state"]?.string ?? "") else {
        throw .badRequest("The request cannot be canceled in its current state.")
      }
      tenant.setRequest(id, state: "canceled", isComplete: true)
      return .noContent
    }
    table.on("POST \(assignments.path)/{}/reprocess") { context, tenant throws(GraphFailure) in
      let id = context.key(0).text
      guard tenant.sets[.packageAssignments]?[id] != nil else { throw .notFound(id) }
      tenant.deliverResources(ofAssignment: id)
      return .noContent
    }
  }
}
