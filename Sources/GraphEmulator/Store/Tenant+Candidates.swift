extension Tenant {
  /// An object that is there and not deleted, as a list's item.
  func candidate(_ handle: Handle) -> Candidate? {
    guard !lag.isHidden(handle), let object = seen(handle), object.deletedAt == nil else {
      return nil
    }
    return Candidate(
      cursor: UInt64(handle) + 1,
      record: object.record,
      kind: object.kind,
      handle: handle
    )
  }

  func candidates(_ handles: [Handle]) -> [Candidate] { handles.compactMap { candidate($0) } }

  /// The objects of a kind after a cursor, in the order in which they were created.
  func candidates(_ kind: ObjectKind, after cursor: UInt64, limit: Int) -> [Candidate] {
    let list = lists[Int(kind.rawValue)]
    let start = list.partitioningIndex { UInt64($0) + 1 > cursor }
    var found: [Candidate] = []
    found.reserveCapacity(min(limit, list.count - start))
    for handle in list[start...] {
      guard found.count < limit else { break }
      if let candidate = candidate(handle) { found.append(candidate) }
    }
    return found
  }

  /// The right sides of a relation after a cursor.
  func candidates(
    _ relation: Relation,
    of left: Handle,
    after cursor: UInt64,
    limit: Int,
    where accept: (ObjectKind) -> Bool = { _ in true }
  ) -> [Candidate] {
    var found: [Candidate] = []
    for link in relation.rights(of: left, after: cursor) {
      guard found.count < limit else { break }
      guard !lag.isHidden(left, link.handle), let candidate = candidate(link.handle),
        let kind = candidate.kind, accept(kind)
      else {
        continue
      }
      found.append(
        Candidate(
          cursor: link.cursor,
          record: candidate.record,
          kind: kind,
          handle: link.handle
        )
      )
    }
    return found
  }

  /// The soft-deleted objects of a kind after a cursor.
  func deletedCandidates(_ kind: ObjectKind, after cursor: UInt64, limit: Int) -> [Candidate] {
    let handles = deleted.filter {
      UInt64($0) + 1 > cursor && objects[Int($0)]?.kind == kind && lag.former($0) == nil
    }
    return handles.sorted().prefix(limit).compactMap { handle in
      objects[Int(handle)].map {
        Candidate(cursor: UInt64(handle) + 1, record: $0.record, kind: kind, handle: handle)
      }
    }
  }

  /// The assignments on a resource after a cursor.
  func assignmentCandidates(on resource: Handle, after cursor: UInt64, limit: Int) -> [Candidate] {
    var found: [Candidate] = []
    var cursor = cursor
    while found.count < limit {
      let rows = assignments.on(resource: resource, after: cursor, limit: limit - found.count)
      guard let last = rows.last else { break }
      found += rows.compactMap { candidate($0) }
      cursor = last.token
    }
    return found
  }

  /// The assignments of a principal after a cursor.
  func assignmentCandidates(of principal: Handle, after cursor: UInt64, limit: Int) -> [Candidate] {
    let rows = assignments.of(principal: principal).lazy.filter { $0.token > cursor }
    return Array(rows.compactMap { self.candidate($0) }.prefix(limit))
  }

  /// An assignment as a list's item; nil while its principal or resource is deleted.
  func candidate(_ row: AppRoleAssignment) -> Candidate? {
    guard !lag.isHidden(row), let principal = objects[Int(row.principal)],
      let resource = objects[Int(row.resource)],
      principal.deletedAt == nil, resource.deletedAt == nil
    else { return nil }
    return Candidate(cursor: row.token, record: record(row, principal, resource))
  }

  /// An assignment's properties, also while reads do not show it yet.
  func record(_ row: AppRoleAssignment) -> Record {
    guard let principal = objects[Int(row.principal)], let resource = objects[Int(row.resource)]
    else { return .empty }
    return record(row, principal, resource)
  }

  private func record(
    _ row: AppRoleAssignment,
    _ principal: DirectoryObject,
    _ resource: DirectoryObject
  ) -> Record {
    let type = AssignmentColumns.shared
    func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }
    func name(_ object: DirectoryObject) -> [UInt8]? {
      object.kind.type.number(of: "displayName").flatMap { object.record[$0] }.map { Array($0) }
    }
    var values: [Int: [UInt8]] = [
      type.id: quoted(Array(row.id(principal: principal.id).utf8)),
      type.appRoleId: quoted(row.role.utf8),
      type.createdDateTime: quoted(Array(row.createdAt.text.utf8)),
      type.principalId: quoted(principal.id.utf8),
      type.principalType: quoted(Array(principal.kind.principalType.utf8)),
      type.resourceId: quoted(resource.id.utf8),
    ]
    values[type.principalDisplayName] = name(principal)
    values[type.resourceDisplayName] = name(resource)
    return Record(values: values, AssignmentColumns.type)
  }
}

extension ObjectKind {
  /// How an assignment names the kind of its principal.
  fileprivate var principalType: String {
    switch self {
    case .user: "User"
    case .group: "Group"
    default: "ServicePrincipal"
    }
  }
}
