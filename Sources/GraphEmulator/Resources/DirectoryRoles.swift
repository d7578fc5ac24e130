/// Directory roles, who holds them, and the assignments behind that.
enum DirectoryRoles {
  static let traits = ObjectKind.Traits(
    path: "directoryRoles",
    directoryName: "DirectoryRole",
    auditName: "role",
    auditCategory: "RoleManagement",
    indexed: ["displayName", "roleTemplateId"],
    isRestorable: false
  )

  private static let reading: AcceptedPermissions = """
    RoleManagement.Read.Directory | RoleManagement.ReadWrite.Directory | Directory.Read.All
    | Directory.ReadWrite.All
    """
  private static let writing: AcceptedPermissions = "RoleManagement.ReadWrite.Directory"
  private static let assignments = EntityOperations(
    name: .roleAssignment,
    path: "/roleManagement/directory/roleAssignments"
  )

  static let operations = [
    ObjectOperations(kind: .directoryRole).list(reading),
    Operation("POST /directoryRoles", writing, activate),
    Operation("GET /directoryRoles/{}/members", reading) { call, tenant in
      let role = try call.object(.directoryRole, in: tenant)
      return try call.page(.related(tenant.roleMembers, of: role.id, in: tenant), tenant)
    },
    assignments.list(reading),
    Operation("POST /roleManagement/directory/roleAssignments", writing, assign),
  ]

  /// Activates a role from its template.
  @Sendable private static func activate(_ call: Call, _ tenant: inout Tenant) throws -> Reply {
    let body = try call.readBody()
    let values = try body.values(of: ObjectKind.directoryRole.type, refusesReadOnly: false)
    try body.require(["roleTemplateId"], of: "DirectoryRole")
    guard let template = body.id("roleTemplateId") else {
      throw GraphFailure.invalidValue("roleTemplateId")
    }
    guard tenant.find(.directoryRole, "roleTemplateId", template.text).isEmpty else {
      throw GraphFailure.conflictingObject
    }
    let role = tenant.insert(.directoryRole, values)
    tenant.audit(call, "Add role", .directoryRole, "Add", [role.id])
    return try call.object(role, tenant, isNew: true)
  }

  /// Gives a role, activating it where it was not.
  @Sendable private static func assign(_ call: Call, _ tenant: inout Tenant) throws -> Reply {
    let body = try assignments.checkedBody(
      call,
      ["principalId", "roleDefinitionId", "directoryScopeId"]
    )
    guard let principal = tenant.live(body.id("principalId")) else {
      throw GraphFailure.notFound(body.text("principalId") ?? "")
    }
    guard let definition = body.id("roleDefinitionId") else {
      throw GraphFailure.invalidValue("roleDefinitionId")
    }
    let role =
      tenant.find(.directoryRole, "roleTemplateId", definition.text).first
      ?? tenant.insert(
        .directoryRole,
        [
          "roleTemplateId": .string(definition.text),
          "displayName": .string("Role \(definition)"),
        ]
      )
    guard tenant.roleMembers.insert(role.id, principal.id) else {
      throw GraphFailure.conflictingObject
    }
    let key = tenant.noteRole(definition.text, principal.id, body.text("directoryScopeId") ?? "/")
    tenant.audit(call, "Add member to role", .directoryRole, "Assign", [principal.id])
    return try assignments.reply(call, tenant, key, 201)
  }
}

extension Tenant {
  /// Writes down the assignment behind a role that somebody holds.
  @discardableResult
  mutating func noteRole(
    _ definition: String,
    _ principal: ObjectID,
    _ scope: String = "/"
  ) -> String {
    let text = SeededGenerator.mix(principal.low &+ UInt64(sets[.roleAssignment]?.count ?? 0))
    let id = "\(String(text, radix: 36))-\(principal.text.prefix(8))-1"
    setEntity(
      .roleAssignment,
      id,
      [
        "id": .string(id), "principalId": .string(principal.text),
        "roleDefinitionId": .string(definition), "directoryScopeId": .string(scope),
        "principalOrganizationId": .string(self.id.text),
      ]
    )
    return id
  }
}

extension DirectoryRoles {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type directoryRole < directoryObject
      description:s?! displayName:s?! members:*directoryObject> roleTemplateId:s?
    type unifiedRoleAssignment < entity
      appScopeId:s? condition:s? directoryScope:directoryObject?> directoryScopeId:s?
      principal:directoryObject?> principalId:s? principalOrganizationId:s?
      roleDefinition:unifiedRoleDefinition?> roleDefinitionId:s?!
    type unifiedRoleDefinition < entity
      description:s? displayName:s? isBuiltIn:b?! isEnabled:b? resourceScopes:*s
      rolePermissions:*unifiedRolePermission templateId:s? version:s?
    type unifiedRolePermission
      allowedResourceActions:*s condition:s? excludedResourceActions:*s
    """
}
