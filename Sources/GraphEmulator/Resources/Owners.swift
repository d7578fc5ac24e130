/// The owners of groups, applications and service principals: list, add, remove.
enum Owners {
  static let operations =
    operations(
      .group,
      reading: """
        GroupMember.Read.All | GroupMember.ReadWrite.All | Group.Read.All | Group.ReadWrite.All
        | Directory.Read.All | Directory.ReadWrite.All
        """,
      writing: "Group.ReadWrite.All | Directory.ReadWrite.All"
    )
    + [ObjectKind.application, .servicePrincipal].flatMap {
      operations(
        $0,
        reading: """
          Application.Read.All | Application.ReadWrite.All | Application.ReadWrite.OwnedBy
          | Directory.Read.All | Directory.ReadWrite.All
          """,
        writing: "Application.ReadWrite.All | Application.ReadWrite.OwnedBy"
      )
    }

  private static func operations(
    _ kind: ObjectKind,
    reading: AcceptedPermissions,
    writing: AcceptedPermissions
  ) -> [Operation] {
    let path = "/\(kind.traits.path)/{}/owners"
    let name = kind.traits.auditName
    return [
      Operation("GET \(path)", reading) { call, tenant in
        let object = try call.object(kind, in: tenant)
        return try call.page(.related(tenant.owners, of: object.id, in: tenant), tenant)
      },
      Operation("GET \(path)/$ref", reading) { call, tenant in
        let object = try call.object(kind, in: tenant)
        return try call.references(.related(tenant.owners, of: object.id, in: tenant), tenant)
      },
      Operation("POST \(path)/$ref", writing) { call, tenant in
        let object = try call.object(kind, in: tenant)
        let owner = try call.referenced(in: tenant)
        guard [.user, .servicePrincipal].contains(owner.kind) else {
          throw GraphFailure.invalidReference("owners")
        }
        guard tenant.owners.insert(object.id, owner.id) else {
          throw GraphFailure.duplicateReference("owners")
        }
        tenant.audit(call, "Add owner to \(name)", kind, "Assign", [owner.id, object.id])
        return .noContent
      },
      Operation("DELETE \(path)/{}/$ref", writing) { call, tenant in
        let object = try call.object(kind, in: tenant)
        let owner = try call.anyObject(1, in: tenant)
        guard tenant.owners.contains(object.id, owner.id) else {
          throw GraphFailure.notFound(owner.id)
        }
        // The page of the operation: once a group has owners, the last user among them stays.
        let others = tenant.owners.rights(of: object.id).filter { $0 != owner.id }
        guard kind != .group || others.contains(where: { tenant.live($0, .user) != nil }) else {
          throw GraphFailure.badRequest(
            "The group must have at least one owner, hence this owner cannot be removed."
          )
        }
        tenant.owners.remove(object.id, owner.id)
        tenant.audit(call, "Remove owner from \(name)", kind, "Unassign", [owner.id, object.id])
        return .noContent
      },
    ]
  }
}
