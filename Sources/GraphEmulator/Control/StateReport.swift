/// What the tenant holds, in the shape of a scenario, so that one state can be started from.
enum StateReport {
  static func json(_ tenant: Tenant) -> JSONValue {
    let type = GraphTypes.known("appRoleAssignment")
    let columns = Selection(
      of: type,
      ["principalId", "resourceId", "appRoleId", "createdDateTime", "id"]
    )
    let assignments = tenant.lists[Int(ObjectKind.servicePrincipal.rawValue)].flatMap { handle in
      tenant.assignmentCandidates(on: handle, after: 0, limit: .max).map { item -> JSONValue in
        var bytes: [UInt8] = []
        item.record.append(columns, to: &bytes)
        return .verbatim(bytes)
      }
    }
    return [
      "now": .string(tenant.now.text),
      "tenant": ["id": .string(tenant.id.text), "initialDomain": .string(tenant.initialDomain)],
      "users": .array(objects(.user, tenant)),
      "groups": .array(objects(.group, tenant)),
      "servicePrincipals": .array(objects(.servicePrincipal, tenant)),
      "appRoleAssignments": .array(assignments),
      "deletedUsers": .array(
        tenant.deletedCandidates(.user, after: 0, limit: .max).map { json($0, tenant) }
      ),
    ]
  }

  private static func objects(_ kind: ObjectKind, _ tenant: Tenant) -> [JSONValue] {
    tenant.candidates(kind, after: 0, limit: .max).map { json($0, tenant) }
  }

  /// An object with all its properties, a group with its members, a guest with its sponsors.
  private static func json(_ item: Candidate, _ tenant: Tenant) -> JSONValue {
    guard let kind = item.kind, let handle = item.handle else { return .null }
    var members: [JSONValue.Member] = []
    for (number, value) in item.record.values.sorted(by: { $0.key < $1.key }) {
      members.append(.init(kind.type.properties[number].name, .verbatim(value)))
    }
    func ids(_ handles: [Handle]) -> JSONValue {
      .array(handles.compactMap { tenant.object($0).map { .string($0.id.text) } })
    }
    if kind == .group { members.append(.init("members", ids(tenant.members.rights(of: handle)))) }
    let sponsors = tenant.sponsors.rights(of: handle)
    if !sponsors.isEmpty { members.append(.init("sponsors", ids(sponsors))) }
    return .object(members)
  }
}
