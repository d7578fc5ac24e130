/// What the tenant holds, in the shape of a scenario, so that an emulator can be started from it.
enum StateReport {
  static func json(_ tenant: Tenant) -> JSONValue {
    let domains = tenant.entities(.domains).compactMap { $0["id"] }
    let settings: [JSONValue.Member] = [
      .init("id", .string(tenant.id.text)),
      .init("displayName", tenant.entities(.organization).first?["displayName"] ?? .null),
      .init("initialDomain", .string(tenant.initialDomain)), .init("domains", .array(domains)),
      .init("authorizationPolicy", tenant.entities(.authorizationPolicy).first ?? .null),
    ]
    let elementary: [(String, ObjectKind)] = [
      ("users", .user), ("groups", .group), ("servicePrincipals", .servicePrincipal),
      ("applications", .application), ("contacts", .contact), ("directoryRoles", .directoryRole),
    ]
    var members: [JSONValue.Member] = [
      .init("now", .string(tenant.now.text)),
      .init("tenant", .object(settings + tenant.restrictions.members)),
    ]
    for (name, kind) in elementary {
      let found = tenant.candidates(kind, after: 0, limit: .max)
      members.append(.init(name, list(found) { json($0, tenant).append(to: &$1) }))
    }
    members.append(.init("appRoleAssignments", assignments(tenant)))
    for (name, kind) in [("deletedUsers", ObjectKind.user), ("deletedGroups", .group)] {
      let found = tenant.deletedCandidates(kind, after: 0, limit: .max)
      members.append(.init(name, list(found) { json($0, tenant).append(to: &$1) }))
    }
    return .object(members + EntitlementReport.members(tenant))
  }

  private static func assignments(_ tenant: Tenant) -> JSONValue {
    let names = ["principalId", "resourceId", "appRoleId", "createdDateTime", "id"]
    let columns = Selection(of: AssignmentColumns.type, names)
    let rows = tenant.candidates(.servicePrincipal, after: 0, limit: .max)
      .compactMap(\.handle)
      .flatMap { tenant.assignmentCandidates(on: $0, after: 0, limit: .max) }
    return list(rows.sorted { $0.cursor < $1.cursor }) { $0.record.append(columns, to: &$1) }
  }

  /// A list that is written as it is made: of a million elements, none is held twice.
  private static func list(
    _ items: [Candidate],
    _ write: (Candidate, inout [UInt8]) -> Void
  ) -> JSONValue {
    var bytes: [UInt8] = [0x5B]
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      write(item, &bytes)
    }
    bytes.append(0x5D)
    return .verbatim(bytes)
  }

  /// An object with all its properties and with what it is related to.
  private static func json(_ item: Candidate, _ tenant: Tenant) -> JSONValue {
    guard let kind = item.kind, let handle = item.handle else { return .null }
    var members: [JSONValue.Member] = []
    for (number, value) in item.record.values.sorted(by: { $0.key < $1.key }) {
      members.append(.init(kind.type.properties[number].name, .verbatim(value)))
    }
    func ids(_ handles: [Handle]) -> JSONValue {
      .array(handles.compactMap { tenant.object($0).map { .string($0.id.text) } })
    }
    let related: [(String, Relation, Bool)] = [
      ("members", tenant.members, kind == .group),
      ("members", tenant.roleMembers, kind == .directoryRole),
      ("owners", tenant.owners, kind != .user), ("sponsors", tenant.sponsors, kind == .user),
    ]
    for (name, relation, applies) in related where applies {
      members.append(.init(name, ids(relation.rights(of: handle))))
    }
    return .object(members)
  }
}
