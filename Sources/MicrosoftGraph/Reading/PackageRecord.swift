internal import Access

/// What was read of one access package (FACTS section 5).
struct PackageRecord: Hashable {
  var assignments: [UserID: PackageAssignmentID] = [:]
  var content: Content?

  struct Content: Hashable {
    var displayName: String
    var groups: Set<GroupID> = []
    var roles: [AppRoleOrigin] = []
  }

  /// A role of an app, by the object that has it.
  struct AppRoleOrigin: Hashable {
    var servicePrincipal: ServicePrincipalID
    var role: AppRoleID
  }

  /// The package; `nil` where the tenant has none.
  ///
  /// A role of an app outside the reading is left out.
  func observed(
    _ id: AccessPackageID,
    apps: [ServicePrincipalID: ObservedApp]
  ) -> ObservedPackage? {
    guard let content else { return nil }
    var package = ObservedPackage(
      id: id,
      displayName: content.displayName,
      assignments: assignments,
      resources: Set(content.groups.map { .group($0) })
    )
    for origin in content.roles {
      guard let app = apps[origin.servicePrincipal] else { continue }
      if let role = app.roles.first(where: { $0.id == origin.role }) {
        package.resources.insert(.appRole(app.id, role.value))
      } else if origin.role == .defaultAccess {
        package.resources.insert(.appRole(app.id, .defaultAccess))
      }
    }
    return package
  }
}

extension RecordDecoder {
  /// Reads a package with its resource roles: `Member_<group>` in a group, an app role in an app.
  func package(_ item: JSONValue) throws(TenantError) -> PackageRecord.Content {
    var content = PackageRecord.Content(displayName: item["displayName"]?.string ?? "")
    for link in item["resourceRoleScopes"]?.elements ?? [] {
      guard let role = link["role"], let system = role["originSystem"]?.string,
        let origin = role["originId"]?.string, let scope = link["scope"]?["originId"]?.string
      else { continue }
      switch system {
      case "AadGroup":
        if origin.hasPrefix("Member_"), let group = GroupID(scope) { content.groups.insert(group) }
      case "AadApplication":
        if let role = AppRoleID(origin), let app = ServicePrincipalID(scope) {
          content.roles.append(PackageRecord.AppRoleOrigin(servicePrincipal: app, role: role))
        }
      default: break
      }
    }
    return content
  }
}
