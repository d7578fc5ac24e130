internal import Access

/// Turns what Graph sends into what the program speaks of.
///
/// What identifies an object must be there; what describes it may be missing, as Graph leaves out
/// what was never set.
struct RecordDecoder {
  let operation: GraphOperation
  let normalise: @Sendable (String) -> EmailAddress?

  /// The error that something which cannot be read is.
  func malformed(_ message: String) -> TenantError {
    TenantError(.malformedReply, operation: operation.words, message: message)
  }

  /// An identifier that the object cannot do without.
  func identifier<ID: Identifier>(
    _ item: JSONValue,
    _ name: String
  ) throws(TenantError) -> ID {
    guard let id = item[name]?.string.flatMap({ ID($0) }) else {
      throw malformed("an object without its `\(name)`")
    }
    return id
  }

  /// Whether an item of a list of many kinds is of one (`#microsoft.graph.user`).
  func isKind(_ item: JSONValue, _ kind: String) -> Bool {
    item["@odata.type"]?.string == "#microsoft.graph.\(kind)"
  }

  /// A service principal with its roles; the assignments come by themselves.
  func app(_ item: JSONValue) throws(TenantError) -> ObservedApp {
    var app = ObservedApp(
      id: try identifier(item, "appId"),
      servicePrincipal: try identifier(item, "id"),
      displayName: item["displayName"]?.string ?? ""
    )
    for role in item["appRoles"]?.elements ?? [] {
      let types = (role["allowedMemberTypes"]?.elements ?? []).compactMap(\.string)
      app.roles.append(
        ObservedApp.AppRole(
          id: try identifier(role, "id"),
          value: RoleValue(role["value"]?.string ?? ""),
          isAssignable: (role["isEnabled"]?.bool ?? false) && types.contains("User")
        )
      )
    }
    return app
  }

  /// An app role assignment, which keeps its opaque identifier.
  func assignment(_ item: JSONValue) throws(TenantError) -> ObservedApp.RoleAssignment {
    guard let id = item["id"]?.string, !id.isEmpty else {
      throw malformed("an app role assignment without its `id`")
    }
    let principal: ObservedApp.Principal =
      switch item["principalType"]?.string {
      case "User": .user(try identifier(item, "principalId"))
      case "Group": .group(try identifier(item, "principalId"))
      default: .other((try identifier(item, "principalId") as UserID).guid)
      }
    return ObservedApp.RoleAssignment(
      id: id,
      role: try identifier(item, "appRoleId"),
      principal: principal
    )
  }

  /// A group; its members come by themselves.
  func group(_ item: JSONValue) throws(TenantError) -> ObservedGroup {
    let types = (item["groupTypes"]?.elements ?? []).compactMap(\.string)
    let obstacle: ObservedGroup.Obstacle? =
      if types.contains("DynamicMembership") {
        .dynamicMembership
      } else if item["onPremisesSyncEnabled"]?.bool == true {
        .synchronisedFromPremises
      } else if item["isAssignableToRole"]?.bool == true {
        .roleAssignable
      } else if item["mailEnabled"]?.bool == true, !types.contains("Unified") {
        .mailEnabled
      } else {
        nil
      }
    return ObservedGroup(
      id: try identifier(item, "id"),
      displayName: item["displayName"]?.string ?? "",
      obstacle: obstacle
    )
  }

  /// A member that is a user; `nil` for a group, a device and the like.
  func member(_ item: JSONValue) throws(TenantError) -> UserID? {
    let id: UserID = try identifier(item, "id")
    return item["@odata.type"] == nil || isKind(item, "user") ? id : nil
  }

  /// An assignment of an access package, and the account that holds it if it has one.
  func packageAssignment(
    _ item: JSONValue
  ) throws(TenantError) -> (UserID?, PackageAssignmentID) {
    let id: PackageAssignmentID = try identifier(item, "id")
    // Somebody who is not in the directory yet has no object identifier.
    return (item["target"]?["objectId"]?.string.flatMap { UserID($0) }, id)
  }
}
