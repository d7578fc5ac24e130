/// Fills a tenant with as many objects as asked, always the same ones for a seed.
struct SizedTenant {
  let size: TenantSize

  private static let partners = [
    "fabrikam.example", "northwind.example", "adatum.example", "litware.example",
    "tailspin.example", "wingtip.example", "proseware.example", "lucerne.example",
  ]
  private static let roles = ["Reader", "Submitter", "Approver", "Owner"]

  func fill(_ tenant: Tenant) {
    let members = (0..<size.members).map { member($0, tenant) }
    let guests = (0..<size.guests).map { guest($0, tenant) }
    let apps = (0..<size.apps).map { app($0, tenant) }
    let groups = (0..<size.groups).map { group($0, tenant) }
    assign(guests.isEmpty ? members : guests, apps, tenant)
    for (index, guest) in guests.enumerated() where !groups.isEmpty && index % 3 == 0 {
      tenant.members.insert(groups[index / 3 % groups.count], guest)
    }
  }

  private func member(_ number: Int, _ tenant: Tenant) -> Handle {
    let name = "employee\(number)@\(tenant.initialDomain)"
    return insert(
      .user,
      tenant,
      [
        ("mail", .string(name)), ("userPrincipalName", .string(name)),
        ("displayName", .string("Employee \(number)")), ("userType", "Member"),
      ]
    )
  }

  private func guest(_ number: Int, _ tenant: Tenant) -> Handle {
    let partner = Self.partners[number % Self.partners.count]
    let isPending = number % 17 == 0
    return insert(
      .user,
      tenant,
      [
        ("mail", .string("guest\(number)@\(partner)")), ("displayName", .string("Guest \(number)")),
        ("userType", "Guest"), ("companyName", .string(String(partner.prefix { $0 != "." }))),
        ("externalUserState", .string(isPending ? "PendingAcceptance" : "Accepted")),
      ]
    )
  }

  private func app(_ number: Int, _ tenant: Tenant) -> (handle: Handle, roles: [ObjectID]) {
    let roles = Self.roles.map { name -> (ObjectID, JSONValue) in
      let id = tenant.generator.objectID()
      return (id, ["id": .string(id.text), "value": .string(name)])
    }
    let handle = insert(
      .servicePrincipal,
      tenant,
      [
        ("appId", .string(tenant.generator.objectID().text)),
        ("displayName", .string("App \(number)")), ("appRoles", .array(roles.map(\.1))),
      ]
    )
    return (handle, roles.map(\.0))
  }

  private func group(_ number: Int, _ tenant: Tenant) -> Handle {
    insert(.group, tenant, [("displayName", .string("Group \(number)"))])
  }

  private func insert(
    _ kind: ObjectKind,
    _ tenant: Tenant,
    _ values: [(String, JSONValue)]
  ) -> Handle {
    let id = tenant.generator.objectID()
    let members = ScenarioDefaults(tenant: tenant).complete(
      kind,
      values.map { JSONValue.Member($0.0, $0.1) }
    )
    return tenant.insert(kind, id: id, members.map { ($0.name, $0.value) })
  }

  /// Spreads the assignments over apps and principals; no pair of app and role comes twice for one.
  private func assign(
    _ principals: [Handle],
    _ apps: [(handle: Handle, roles: [ObjectID])],
    _ tenant: Tenant
  ) {
    guard !principals.isEmpty, !apps.isEmpty else { return }
    let kinds = apps.count * Self.roles.count
    let count = min(size.assignments, principals.count * min(kinds, AssignmentTable.limit))
    tenant.assignments.reserve(count)
    let now = tenant.now
    for number in 0..<count {
      // Each round over the principals moves every one of them on to another app and role.
      let principal = number % principals.count
      let slot = (number / principals.count + principal) % kinds
      let app = apps[slot % apps.count]
      tenant.assignments.insert(
        principal: principals[principal],
        resource: app.handle,
        role: app.roles[slot / apps.count % app.roles.count],
        createdAt: now
      )
    }
  }
}
