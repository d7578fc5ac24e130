/// One page of a delta query.
struct DeltaPage {
  private let context: RequestContext
  private let tenant: Tenant
  private let query: DeltaQuery
  private let selections: [ObjectKind: Selection]
  private let masks: [ObjectKind: PropertyMask]
  private(set) var items: [JSONValue] = []

  /// The service chooses the size of a page itself.
  static let size = 200
  /// Members of one group that one item shows.
  static let slice = 500

  init(context: RequestContext, tenant: Tenant, query: DeltaQuery) {
    self.context = context
    self.tenant = tenant
    self.query = query
    var selections: [ObjectKind: Selection] = [:]
    var masks: [ObjectKind: PropertyMask] = [:]
    for kind in query.kinds {
      // FACTS section 2.3: what was never set is left out altogether.
      selections[kind] = Selection(of: kind.type, query.names(of: kind)).withoutFallbacks
      masks[kind] = PropertyMask(query.names(of: kind).compactMap { kind.type.number(of: $0) })
    }
    self.selections = selections
    self.masks = masks
  }

  /// Fills the page, and returns where the next one starts; nil at the end.
  mutating func fill(from position: DeltaToken.Position) -> DeltaToken.Position? {
    switch position {
    case .listing(let since, let cursor, let member):
      list(since: since, after: cursor, member: member)
    case .changes(let version): changes(after: version)
    }
  }

  /// Turns the items round and repeats some: what FACTS section 2.3 tells clients to bear.
  mutating func reorder() {
    items = items.reversed() + items.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
  }

  /// The version up to which everything has been shown once the last page is out.
  func lastVersion(from position: DeltaToken.Position) -> UInt64 {
    switch position {
    case .listing(let since, _, _): context.query.deltaToken == nil ? since : tenant.version
    case .changes: tenant.version
    }
  }

  private mutating func list(
    since: UInt64,
    after cursor: UInt64,
    member: UInt64
  ) -> DeltaToken.Position? {
    let found = query.kinds.flatMap { tenant.candidates($0, after: cursor, limit: Self.size + 1) }
      .sorted { $0.cursor < $1.cursor }
      .filter { candidate in
        query.ids.map { ids in
          candidate.handle.flatMap { tenant.object($0) }.map { ids.contains($0.id) } ?? false
        } ?? true
      }
    var member = member
    var previous = cursor
    for candidate in found {
      guard items.count < Self.size else {
        return .listing(since: since, cursor: previous, member: 0)
      }
      guard let handle = candidate.handle, let kind = candidate.kind else { continue }
      var suffix: [UInt8] = []
      if kind == .group, query.includesMembers {
        let slice = tenant.candidates(
          tenant.members,
          of: handle,
          after: member,
          limit: Self.slice + 1
        )
        suffix = members(slice.prefix(Self.slice).map { ($0, true) })
        if slice.count > Self.slice {
          append(candidate, kind, suffix)
          let last = slice[Self.slice - 1].cursor
          return .listing(since: since, cursor: previous, member: last)
        }
        member = 0
      }
      append(candidate, kind, suffix)
      previous = candidate.cursor
    }
    return nil
  }

  private mutating func append(_ candidate: Candidate, _ kind: ObjectKind, _ suffix: [UInt8]) {
    guard let selection = selections[kind] else { return }
    var bytes: [UInt8] = []
    candidate.record.append(
      selection,
      prefix: query.kinds.count > 1 ? kind.annotationJSON : [],
      suffix: suffix,
      to: &bytes
    )
    items.append(.verbatim(bytes))
  }

  /// What happened to one object since the token was given out.
  private struct Merged {
    var version: UInt64
    var isNew = false
    var isPurged = false
    var properties = PropertyMask()
    var members: [ObjectID: (kind: ObjectKind, isAdded: Bool)] = [:]
    let id: ObjectID
    let kind: ObjectKind
  }

  private mutating func changes(after version: UInt64) -> DeltaToken.Position? {
    let order = merged(after: version).sorted { $0.value.version < $1.value.version }
    for (handle, merged) in order {
      guard items.count < Self.size else {
        // What is shown already has a lower version than everything that is not.
        let shown = order[Self.size - 1].value.version
        return .changes(after: shown)
      }
      append(handle, merged)
    }
    return nil
  }

  private func merged(after version: UInt64) -> [Handle: Merged] {
    var merged: [Handle: Merged] = [:]
    for change in tenant.changeLog.changes(after: version) where isTracked(change.kind, change.id) {
      var entry =
        merged[change.handle] ?? Merged(version: 0, id: change.id, kind: change.kind)
      entry.version = change.version
      entry.properties.formUnion(change.properties)
      switch change.event {
      case .created, .restored: entry.isNew = true
      case .deleted, .updated: break
      case .purged: entry.isPurged = true
      }
      if change.event != .updated || isReported(change) { merged[change.handle] = entry }
    }
    guard query.includesMembers else { return merged }
    for change in tenant.changeLog.memberChanges(after: version) {
      guard let group = tenant.object(change.group), isTracked(.group, group.id) else { continue }
      var entry = merged[change.group] ?? Merged(version: 0, id: group.id, kind: .group)
      entry.version = max(entry.version, change.version)
      entry.members[change.member] = (change.kind, change.isAdded)
      merged[change.group] = entry
    }
    return merged
  }

  private func isTracked(_ kind: ObjectKind, _ id: ObjectID) -> Bool {
    query.kinds.contains(kind) && query.ids?.contains(id) ?? true
  }

  private func isReported(_ change: ChangeLog.Change) -> Bool {
    masks[change.kind].map { $0.intersects(change.properties) } ?? false
  }

  private mutating func append(_ handle: Handle, _ merged: Merged) {
    guard let candidate = tenant.candidate(handle) else {
      let reason: JSONValue = merged.isPurged ? "deleted" : "changed"
      var item: [JSONValue.Member] = [.init("id", .string(merged.id.text))]
      if query.kinds.count > 1 {
        item.insert(.init("@odata.type", .string(merged.kind.annotation)), at: 0)
      }
      items.append(.object(item + [.init("@removed", ["reason": reason])]))
      return
    }
    var selection = selections[merged.kind]
    if context.headers["prefer"]?.contains("return=minimal") == true, !merged.isNew {
      selection = selection?.keeping(merged.properties, and: merged.kind.type.number(of: "id"))
    }
    guard let selection else { return }
    let slice = merged.members.compactMap { id, change -> (Candidate, Bool)? in
      let known = tenant.handles[id].flatMap { tenant.object($0) }
      return (
        Candidate(
          cursor: 0,
          record: known?.record ?? Record(values: idOnly(id, change.kind), change.kind.type),
          kind: change.kind
        ), change.isAdded
      )
    }
    var bytes: [UInt8] = []
    candidate.record.append(
      selection,
      prefix: query.kinds.count > 1 ? merged.kind.annotationJSON : [],
      suffix: slice.isEmpty ? [] : members(slice),
      to: &bytes
    )
    items.append(.verbatim(bytes))
  }

  private func idOnly(_ id: ObjectID, _ kind: ObjectKind) -> [Int: [UInt8]] {
    [kind.type.number(of: "id") ?? 0: [0x22] + id.utf8 + [0x22]]
  }

  /// Writes `"members@delta":[…]`.
  private func members(_ slice: [(item: Candidate, isAdded: Bool)]) -> [UInt8] {
    guard !slice.isEmpty else { return [] }
    var out: [UInt8] = []
    out.appendJSON("members@delta")
    out.append(contentsOf: ":[".utf8)
    for (index, member) in slice.enumerated() {
      guard let kind = member.item.kind else { continue }
      if index > 0 { out.append(0x2C) }
      member.item.record.append(
        Selection(of: kind.type, ["id"]),
        prefix: kind.annotationJSON,
        suffix: member.isAdded ? [] : Array(#""@removed":{"reason":"deleted"}"#.utf8),
        to: &out
      )
    }
    out.append(0x5D)
    return out
  }
}
