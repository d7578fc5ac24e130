/// How large a generated tenant is.
package struct TenantSize: Sendable, Equatable {
  package var guests = 0
  package var members = 0
  package var apps = 0
  package var groups = 0
  package var assignments = 0

  package init() {}

  /// Reads `guests=1000,members=200,apps=20,groups=10,assignments=4000`; nil for anything else.
  package init?(_ text: String) {
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=")
      guard words.count == 2, let number = Int(words[1]), (0...10_000_000).contains(number) else {
        return nil
      }
      switch words[0] {
      case "guests": guests = number
      case "members": members = number
      case "apps": apps = number
      case "groups": groups = number
      case "assignments": assignments = number
      default: return nil
      }
    }
  }
}

/// Fills a tenant with as many objects as asked, always the same ones for a seed.
struct SizedTenant {
  let size: TenantSize

  private static let partners = [
    "fabrikam.example", "northwind.example", "adatum.example", "litware.example",
    "tailspin.example", "wingtip.example", "proseware.example", "lucerne.example",
  ]
  private static let roles = ["Reader", "Submitter", "Approver", "Owner"]

  func fill(_ tenant: inout Tenant) {
    let domain = tenant.initialDomain
    let members = (0..<size.members).map { number in
      let name = JSONValue.string("employee\(number)@\(domain)")
      return tenant.insertComplete(
        .user,
        [
          "mail": name, "userPrincipalName": name,
          "displayName": .string("Employee \(number)"), "userType": "Member",
        ]
      ).id
    }
    let guests = (0..<size.guests).map { number in
      let partner = Self.partners[number % Self.partners.count]
      return tenant.insertComplete(
        .user,
        [
          "mail": .string("guest\(number)@\(partner)"), "displayName": .string("Guest \(number)"),
          "userType": "Guest", "companyName": .string(String(partner.prefix { $0 != "." })),
          "externalUserState": number % 17 == 0 ? "PendingAcceptance" : "Accepted",
        ]
      ).id
    }
    let apps = (0..<size.apps).map { number in
      let roles = Self.roles.map { _ in tenant.generator.objectID() }
      let app = tenant.insertComplete(
        .servicePrincipal,
        [
          "appId": .string(tenant.generator.objectID().text),
          "displayName": .string("App \(number)"),
          "appRoles": .array(
            zip(roles, Self.roles).map { ["id": .string($0.text), "value": .string($1)] }
          ),
        ]
      )
      return (id: app.id, roles: roles)
    }
    let groups = (0..<size.groups).map { number in
      tenant.insertComplete(.group, ["displayName": .string("Group \(number)")]).id
    }
    assign(guests.isEmpty ? members : guests, apps, &tenant)
    for (index, guest) in guests.enumerated() where !groups.isEmpty && index % 3 == 0 {
      tenant.members.insert(groups[index / 3 % groups.count], guest)
    }
  }

  /// Spreads the assignments over apps and principals; no pair of app and role comes twice for one.
  private func assign(
    _ principals: [ObjectID],
    _ apps: [(id: ObjectID, roles: [ObjectID])],
    _ tenant: inout Tenant
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
        resource: app.id,
        role: app.roles[slot / apps.count % app.roles.count],
        createdAt: now
      )
    }
  }
}
