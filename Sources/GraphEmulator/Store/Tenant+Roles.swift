extension Tenant {
  /// Gives a directory role, activating it where it was not; nil where the principal has it.
  func assignRole(_ definition: String, to principal: Handle, scope: String) -> String? {
    let role =
      find(.directoryRole, "roleTemplateId", definition).first
      ?? insert(
        .directoryRole,
        id: generator.objectID(),
        [("roleTemplateId", .string(definition)), ("displayName", "Role \(definition)")]
      )
    guard roleMembers.insert(role, principal) else { return nil }
    return recordRoleAssignment(definition, principal, scope)
  }

  /// Writes down the assignment behind a role that somebody holds.
  @discardableResult
  func recordRoleAssignment(_ definition: String, _ principal: Handle, _ scope: String) -> String {
    let principalID = object(principal)?.id ?? .zero
    let text = SeededGenerator.mix(principalID.low &+ UInt64(definition.utf8.count) &+ version)
    let id = "\(String(text, radix: 36))-\(principalID.text.prefix(8))-1"
    setEntity(
      .roleAssignments,
      id,
      [
        .init("id", .string(id)), .init("principalId", .string(principalID.text)),
        .init("roleDefinitionId", .string(definition)), .init("directoryScopeId", .string(scope)),
        .init("principalOrganizationId", .string(self.id.text)),
      ]
    )
    return id
  }
}
