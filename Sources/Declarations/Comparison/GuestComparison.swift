internal import Access

/// What a change means for the guests: who gets, keeps and loses what.
struct GuestComparison {
  private(set) var changes: [DeclarationChange] = []
  private let before: [EmailAddress: GuestEntry]
  private let skippedBefore: [EmailAddress: WithheldEntry]
  private let now: Moment
  /// Former addresses whose guests have another one now.
  private var moved: Set<EmailAddress> = []

  /// Compares what two commits declare at a moment; an entry whose date has passed is as if it were
  /// not declared.
  init(from base: DesiredState?, to head: DesiredState, now: Moment) {
    self.now = now
    let alive = (base?.guests ?? []).filter { !DeclaredEnd($0.ends).isOver(at: now) }
    before = Dictionary(alive.map { ($0.address, $0) }) { first, _ in first }
    skippedBefore = Dictionary((base?.withheld ?? []).map { ($0.address, $0) }) { first, _ in first
    }
    let declared = Set(head.guests.map(\.address))
    for entry in head.guests { compare(entry, declared) }
    let withheld = Dictionary(head.withheld.map { ($0.address, $0) }) { first, _ in first }
    for entry in head.withheld { skip(entry) }
    for entry in alive
    where !declared.contains(entry.address) && withheld[entry.address] == nil
      && !moved.contains(entry.address)
    {
      note(.removes(entry.grants.map(\.resource)), entry, isGone: true)
    }
    compareOrders(base?.removed ?? [], head.removed)
  }

  private mutating func note(
    _ effect: DeclarationChange.Effect,
    _ entry: GuestEntry,
    at place: SourcePlace? = nil,
    isGone: Bool = false
  ) {
    changes.append(
      DeclarationChange(
        effect,
        guest: entry.address,
        partner: entry.partner,
        place: place ?? entry.place,
        isGone: isGone
      )
    )
  }

  // MARK: - One guest

  private mutating func compare(_ entry: GuestEntry, _ declared: Set<EmailAddress>) {
    var old = before[entry.address]
    if old == nil {
      let former = entry.previously.first { before[$0] != nil && !declared.contains($0) }
      if let former {
        old = before[former]
        moved.insert(former)
        note(.changesAddress(from: former), entry)
      }
    }
    guard let old else { return introduce(entry) }
    guard old != entry else { return }
    if DeclaredEnd(entry.ends).isOver(at: now) {
      compareEnds(old, entry)
      return note(.removes(old.grants.map(\.resource)), entry)
    }
    compareAccess(old, entry)
    compareEnds(old, entry)
    if old.pinned != entry.pinned { note(.pinsAccount(entry.pinned), entry) }
    if old.sponsors != entry.sponsors {
      note(.changesSponsors(from: old.sponsors, to: entry.sponsors), entry)
    }
    switch (old.blocked, entry.blocked) {
    case (nil, let reason?): note(.blocks(reason), entry)
    case (_?, nil): note(.unblocks, entry)
    default: break
    }
    if let day = entry.returned, day > old.returned ?? Moment(seconds: .min) {
      note(.returns(day), entry)
    }
    if old.starts != entry.starts {
      note(.changesStart(from: old.starts, to: entry.starts), entry)
    }
    var details = Self.details(old, entry)
    if restartsStay(old, entry) { details.removeAll { $0 == "reviewed" } }
    if !details.isEmpty { note(.changesDetails(details), entry) }
  }

  private mutating func introduce(_ entry: GuestEntry) {
    let end = DeclaredEnd(entry.ends)
    guard !end.isOver(at: now) else { return }
    let resources = entry.grants.map(\.resource)
    if skippedBefore[entry.address] != nil {
      note(.isNoLongerSkipped(resources), entry)
    } else {
      note(.invites(resources, until: end), entry)
    }
    if let pinned = entry.pinned { note(.pinsAccount(pinned), entry) }
    if let reason = entry.blocked { note(.blocks(reason), entry) }
    skipGrants(of: entry, before: [])
  }

  /// Keys that neither give nor take.
  private static func details(_ old: GuestEntry, _ new: GuestEntry) -> [String] {
    [
      (old.name != new.name, "name"), (old.ticket != new.ticket, "ticket"),
      (old.reason != new.reason, "reason"), (old.reviewed != new.reviewed, "reviewed"),
      (old.invitation != new.invitation, "invitation"),
      (old.blocked != nil && new.blocked != nil && old.blocked != new.blocked, "blocked"),
    ]
    .compactMap { $0.0 ? $0.1 : nil }
  }

  // MARK: - Access

  private mutating func compareAccess(_ old: GuestEntry, _ new: GuestEntry) {
    let held = Set(old.grants.map(\.resource))
    let given = Set(new.grants.map(\.resource))
    var gained = given.subtracting(held).sorted()
    var lost = old.grants.filter { grant in
      !given.contains(grant.resource) && !new.skippedGrants.contains { $0.keeps(grant) }
    }
    .map(\.resource)
    for app in Set(gained.compactMap(\.app)).intersection(lost.compactMap(\.app)).sorted() {
      note(.changesRoles(app, from: lost.roles(of: app), to: gained.roles(of: app)), new)
      gained.removeAll { $0.app == app }
      lost.removeAll { $0.app == app }
    }
    if !gained.isEmpty {
      let places = Set(new.grants.filter { gained.contains($0.resource) }.map(\.place))
      note(.gives(gained), new, at: places.count == 1 ? places.first : nil)
    }
    if !lost.isEmpty {
      let places = Set(old.grants.filter { lost.contains($0.resource) }.map(\.place))
      note(.takes(lost), old, at: places.count == 1 ? places.first : nil, isGone: true)
    }
    skipGrants(of: new, before: old.skippedGrants)
  }

  private mutating func skipGrants(of entry: GuestEntry, before: [SkippedGrant]) {
    for grant in entry.skippedGrants
    where !before.contains(where: { $0.spelled == grant.spelled && $0.reason == grant.reason }) {
      let name = grant.spelled.isEmpty ? nil : grant.spelled
      note(.skips(grant: name, grant.reason), entry, at: grant.place)
    }
  }

  // MARK: - Ends

  private mutating func compareEnds(_ old: GuestEntry, _ new: GuestEntry) {
    let (from, to) = (DeclaredEnd(old.ends), DeclaredEnd(new.ends))
    compare(nil, from, to, new, at: new.place)
    if restartsStay(old, new) { note(.restartsStay(to), new) }
    let ends = Dictionary(old.grants.map { ($0.resource, DeclaredEnd($0.ends)) }) { one, _ in one }
    for grant in new.grants {
      guard let from = ends[grant.resource] else { continue }
      compare(grant.resource, from, DeclaredEnd(grant.ends), new, at: grant.place)
    }
  }

  /// Whether a newer review makes the days of an unchanged stay count again.
  private func restartsStay(_ old: GuestEntry, _ new: GuestEntry) -> Bool {
    guard case .after(let stay) = DeclaredEnd(new.ends), let day = new.reviewed else {
      return false
    }
    return DeclaredEnd(old.ends) == .after(stay) && day > old.reviewed ?? Moment(seconds: .min)
  }

  private mutating func compare(
    _ resource: Resource?,
    _ from: DeclaredEnd,
    _ to: DeclaredEnd,
    _ entry: GuestEntry,
    at place: SourcePlace
  ) {
    guard from != to else { return }
    let effect: DeclarationChange.Effect =
      to.isLater(than: from)
      ? .extends(resource, from: from, to: to) : .shortens(resource, from: from, to: to)
    note(effect, entry, at: place)
  }

  // MARK: - Skipped entries and orders

  private mutating func skip(_ withheld: WithheldEntry) {
    let old = before[withheld.address]
    if skippedBefore[withheld.address]?.reason != withheld.reason || old != nil {
      changes.append(
        DeclarationChange(
          .skips(grant: nil, withheld.reason),
          guest: withheld.address,
          partner: withheld.readable?.partner,
          place: withheld.places.first
        )
      )
    }
    // What takes still happens.
    guard let old, let entry = withheld.readable else { return }
    if old.blocked == nil, let reason = entry.blocked { note(.blocks(reason), entry) }
    let (from, to) = (DeclaredEnd(old.ends), DeclaredEnd(entry.ends))
    if from != to, !to.isLater(than: from) {
      note(.shortens(nil, from: from, to: to), entry)
    }
  }

  private mutating func compareOrders(_ old: [RemovalEntry], _ new: [RemovalEntry]) {
    let known = Dictionary(old.map { ($0.address, $0) }) { first, _ in first }
    for order in new {
      let before = known[order.address]
      guard before?.removes != order.removes || before?.pinned != order.pinned else { continue }
      changes.append(
        DeclarationChange(
          .ordersRemoval(order.removes, reason: order.reason),
          guest: order.address,
          place: order.place
        )
      )
    }
  }
}

extension SkippedGrant {
  /// Whether a grant that was given before stays because of this one.
  fileprivate func keeps(_ grant: GrantEntry) -> Bool {
    if let resource { return resource == grant.resource }
    if !spelled.isEmpty { return spelled == grant.spelled }
    switch (origin, grant.origin) {
    case (.bundle(let name), .bundle(let other)): return name.isEmpty || name == other
    case (.partner, .partner): return true
    default: return origin == grant.origin
    }
  }
}

extension Resource {
  fileprivate var app: AppID? {
    if case .appRole(let app, _) = self { app } else { nil }
  }
}

extension [Resource] {
  fileprivate func roles(of app: AppID) -> [RoleValue] {
    compactMap { if case .appRole(app, let role) = $0 { role } else { nil } }.sorted()
  }
}
