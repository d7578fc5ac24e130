internal import Access

/// The rules that several entries break together: a partner's number of guests, and the separation
/// of duties.
///
/// What was added last is skipped.
struct SharedRules {
  private let policy: Policy
  private let checker: EntryChecker
  private let now: Moment?
  /// The separations that a resource takes part in, by their positions in the policy.
  private let separations: [Resource: [Int]]

  init(_ policy: Policy, now: Moment?) {
    self.policy = policy
    self.now = now
    checker = EntryChecker(policy, now: now)
    var separations: [Resource: [Int]] = [:]
    for (number, separation) in policy.separations.enumerated() {
      for resource in separation { separations[resource, default: []].append(number) }
    }
    self.separations = separations
  }

  /// Skips what breaks a rule, and yields the findings.
  func apply(to desired: inout DesiredState, _ introduced: (EntryKey) -> Int?) -> [Finding] {
    var findings: [Finding] = []
    if !separations.isEmpty {
      for index in desired.guests.indices {
        let skipped = separation(of: desired.guests[index], introduced, &findings)
        // Changing one guest copies all, so that only a fault does.
        if !skipped.isEmpty { desired.guests[index].skip(skipped) }
      }
    }
    for (name, excess) in excesses(in: desired, introduced) {
      let reason = "partner `\(name)` has \(excess.count) guests; the limit is \(excess.limit)"
      let skipped = Set(excess.skipped.map(\.address))
      desired.guests.removeAll { skipped.contains($0.address) }
      for entry in excess.skipped {
        desired.withheld.append(
          WithheldEntry(
            address: entry.address,
            reason: reason,
            places: [entry.place] + (excess.place.map { [$0] } ?? []),
            readable: entry
          )
        )
      }
      findings.append(
        Finding(
          DeclarationRule.tooManyGuests.code,
          .error,
          reason,
          place: excess.place,
          hint: skipped.isEmpty ? nil : Self.hint(excess),
          related: Array(excess.skipped.map(\.place).sorted().prefix(3)),
          scope: .part
        )
      )
    }
    return findings
  }

  // MARK: - limits.guests

  private struct Excess {
    var count: Int
    var limit: Int
    var place: SourcePlace?
    /// The last that were added.
    var skipped: [GuestEntry]
  }

  private static func hint(_ excess: Excess) -> String {
    let named = excess.skipped.prefix(3).map { "`\($0.spelled)`" }.joined(separator: ", ")
    let more = excess.skipped.count - 3
    return "the last added are skipped: \(named)" + (more > 0 ? " and \(more) more" : "")
  }

  private func excesses(
    in desired: DesiredState,
    _ introduced: (EntryKey) -> Int?
  ) -> [(PartnerName, Excess)] {
    let limited = policy.partners.partners.filter { $0.value.guestLimit != nil }
    guard !limited.isEmpty else { return [] }
    let skipped = desired.withheld.filter { !$0.isOutsideAuthority }.compactMap(\.readable)
    var counts: [PartnerName: Int] = [:]
    for entry in desired.guests { counts[entry.partner, default: 0] += 1 }
    for entry in skipped { counts[entry.partner, default: 0] += 1 }
    // Most partners are within their limit, and then nothing has to be put in order.
    var guests: [PartnerName: [GuestEntry]] = [:]
    guard limited.contains(where: { counts[$0.key, default: 0] > $0.value.guestLimit ?? .max })
    else {
      return []
    }
    for entry in desired.guests + skipped
    where limited[entry.partner]?.guestLimit.map({ counts[entry.partner, default: 0] > $0 }) == true
      && !isExpired(entry)
    {
      guests[entry.partner, default: []].append(entry)
    }
    return limited.sorted { $0.key < $1.key }.compactMap { name, partner in
      guard let limit = partner.guestLimit, let own = guests[name], own.count > limit else {
        return nil
      }
      let late = Self.beyond(limit, own) { introduced(.guest($0.address)) }
      let skipped = Set(late.map(\.address))
      return (
        name,
        Excess(
          count: own.count,
          limit: limit,
          place: partner.guestLimitPlace,
          skipped: desired.guests.filter { skipped.contains($0.address) }
        )
      )
    }
  }

  private func isExpired(_ entry: GuestEntry) -> Bool {
    guard let now else { return false }
    return entry.ends.contains { ending in
      if case .at(let end) = ending.rule { end <= now } else { false }
    }
  }

  /// Those that came after a limit was reached; of several that came at once, all.
  private static func beyond(
    _ limit: Int,
    _ guests: [GuestEntry],
    _ step: (GuestEntry) -> Int?
  ) -> [GuestEntry] {
    let groups = Dictionary(grouping: guests) { step($0) ?? .max }
    var room = limit
    var late: [GuestEntry] = []
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      if late.isEmpty, group.count <= room {
        room -= group.count
      } else {
        late += group
      }
    }
    return late
  }

  // MARK: - rules.separation

  /// Why grants of an entry are skipped, by their positions.
  private func separation(
    of entry: GuestEntry,
    _ introduced: (EntryKey) -> Int?,
    _ findings: inout [Finding]
  ) -> [Int: String] {
    let concerned = entry.grants.indices.filter { separations[entry.grants[$0].resource] != nil }
    guard concerned.count > 1 else { return [:] }
    let steps = Dictionary(
      uniqueKeysWithValues: concerned.map {
        let key = GrantKey(guest: entry.address, resource: entry.grants[$0].resource)
        return ($0, introduced(.grant(key)) ?? .max)
      }
    )
    var skipped: [Int: String] = [:]
    for (position, step) in steps.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      let grant = entry.grants[position]
      // What came before, or at once, and is given.
      let rival = concerned.first {
        $0 != position && steps[$0, default: .max] <= step
          && (skipped[$0] == nil || steps[$0] == step)
          && areSeparate(grant.resource, entry.grants[$0].resource)
      }
      guard let rival else { continue }
      let reason = "nobody may hold both `\(entry.grants[rival].spelled)` and `\(grant.spelled)`"
      let finding = checker.excepted(
        Finding(
          .separation,
          "\(reason), as `\(entry.spelled)` would",
          at: grant.place,
          of: entry.address,
          related: [entry.grants[rival].place]
        ),
        from: .separation,
        entry.address
      )
      // Of two that came at once, one finding says it.
      let isSaid = skipped[rival] != nil && steps[rival] == step
      if !isSaid { findings.append(finding) }
      if finding.severity == .error { skipped[position] = reason }
    }
    return skipped
  }

  private func areSeparate(_ one: Resource, _ other: Resource) -> Bool {
    (separations[one] ?? []).contains { (separations[other] ?? []).contains($0) }
  }
}
