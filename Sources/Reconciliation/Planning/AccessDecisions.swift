internal import Access

extension PlanningContext {
  /// Decides over what a declared guest may reach.
  func decideAccess(
    _ matched: MatchedGuest,
    _ footing: AccountDecision,
    _ decision: inout GuestDecision
  ) {
    var access = DeclaredAccess()
    for grant in matched.guest.entry.grants { sort(grant, matched, into: &access, &decision) }
    for grant in matched.guest.kept {
      decision.skippedEntries.insert(
        .grant(GrantKey(guest: decision.guest.address, resource: grant.resource))
      )
      if isActive(grant, matched.guest, &decision) {
        access.kept.append(grant.resource)
      } else {
        expire(grant, matched, into: &access, &decision)
      }
    }
    if access.wants.isEmpty, access.kept.isEmpty, access.unwritable.isEmpty {
      decision.note(.withoutAccess, "no access is declared")
    }
    let named = Set(access.wants.map(\.resource)).union(access.kept).union(access.unwritable)
    let undeclared = undeclaredGrants(matched, keeping: named).filter { removal in
      !access.removals.contains { $0.resource == removal.resource }
        && !access.keepsRoles(of: removal.resource)
    }
    access.removals += undeclared
    let difference = AccessDifference(
      wants: access.wants.map(\.resource),
      kept: access.kept + access.unwritable,
      removals: access.removals.map(\.resource),
      held: decision.guest.account.map { index.held(by: $0) } ?? [],
      table: index.resources,
      gives: footing != .nothingGiven
    )
    decision.unchanged += difference.satisfied
    for position in difference.inherited {
      let resource = access.wants[position].resource
      decision.note(.inherited, resource: resource, "a group or an access package gives this")
    }
    let revoked = revoke(difference, access.removals, after: footing.prerequisites, &decision)
    if footing != .nothingGiven {
      for position in difference.missing {
        give(access.wants[position], matched.guest.entry, footing, revoked, &decision)
      }
    }
    decideOthers(
      difference.others,
      isTakenWhereExclusive: matched.lead.fault == nil && !matched.guest.keepsEarlier,
      &decision
    )
  }

  /// What the entry of a guest asks for.
  private struct DeclaredAccess {
    var wants: [GrantEntry] = []
    var kept: [Resource] = []
    /// Wanted, but the tenant cannot give or take it.
    var unwritable: [Resource] = []
    var removals: [GrantRemoval] = []

    /// True for a role of an app of which a declared role cannot be given: it may be what that one was
    /// to replace.
    func keepsRoles(of resource: Resource) -> Bool {
      guard case .appRole(let app, _) = resource else { return false }
      return unwritable.contains { if case .appRole(app, _) = $0 { true } else { false } }
    }
  }

  private func sort(
    _ grant: GrantEntry,
    _ matched: MatchedGuest,
    into access: inout DeclaredAccess,
    _ decision: inout GuestDecision
  ) {
    guard isActive(grant, matched.guest, &decision) else {
      return expire(grant, matched, into: &access, &decision)
    }
    switch index.resources.availability(of: grant.resource) {
    case .given: access.wants.append(grant)
    case .unwritable(let words):
      access.unwritable.append(grant.resource)
      decision.skippedEntries.insert(
        .grant(GrantKey(guest: decision.guest.address, resource: grant.resource))
      )
      let physical = index.resources.physical(grant.resource)
      let held = decision.guest.account.map { index.held(by: $0) } ?? []
      guard !held.contains(physical) else { return }
      decision.note(.unwritable, resource: grant.resource, words)
    case .missing(let words):
      decision.note(.unwritable, resource: grant.resource, words)
      guard owns(grant.resource, matched) else { return }
      let key = GrantKey(guest: matched.guest.entry.address, resource: grant.resource)
      access.removals.append(
        GrantRemoval(
          resource: grant.resource,
          reason: .resourceMissing,
          provenance: ownership.introduction(of: .grant(key))
        )
      )
    }
  }

  /// Whether a grant counts now; one that ends soon is a finding.
  private func isActive(
    _ grant: GrantEntry,
    _ guest: DeclaredGuest,
    _ decision: inout GuestDecision
  ) -> Bool {
    guard !grant.ends.isEmpty else { return true }
    let validity = validity(of: grant, guest)
    if case .expired = validity { return false }
    if case .active(let end?) = validity { remarkEnd(end, grant.resource, &decision) }
    return true
  }

  private func expire(
    _ grant: GrantEntry,
    _ matched: MatchedGuest,
    into access: inout DeclaredAccess,
    _ decision: inout GuestDecision
  ) {
    guard case .expired(let end, let origin) = validity(of: grant, matched.guest) else { return }
    decision.note(.expired, resource: grant.resource, "the grant ended at \(end)")
    guard owns(grant.resource, matched) else { return }
    let key = GrantKey(guest: matched.guest.entry.address, resource: grant.resource)
    access.removals.append(
      GrantRemoval(
        resource: grant.resource,
        reason: .expired(at: end, origin),
        provenance: ownership.introduction(of: .grant(key)),
        hadNotice: hadNotice(key.guest, grant.resource)
      )
    )
  }

  /// The grants that are ours, also under former addresses of the account, and that the guest's entry
  /// does not name any more.
  func undeclaredGrants(_ matched: MatchedGuest, keeping named: Set<Resource>) -> [GrantRemoval] {
    let (guest, address) = (matched.guest, matched.guest.entry.address)
    var removals = (lost.grants[address] ?? []).filter { removal in
      let key = EntryKey.grant(GrantKey(guest: address, resource: removal.resource))
      guard let step = ownership.removalStep(of: key) else { return false }
      return !(guest.keepsEarlier && ownership.lastApplied.map { step <= $0 } ?? false)
    }
    for resource in guest.dropped.sorted() {
      let key = EntryKey.grant(GrantKey(guest: address, resource: resource))
      guard ownership.mayBeOurs(key) else { continue }
      removals.append(GrantRemoval(resource: resource, reason: .undeclared))
    }
    for former in matched.lead.former { removals += lost.grants[former] ?? [] }
    var seen = named
    return removals.filter { seen.insert($0.resource).inserted }
  }

  /// Takes what is to go, and returns the positions of the actions by what they take.
  func revoke(
    _ difference: AccessDifference,
    _ removals: [GrantRemoval],
    after prerequisites: [Int] = [],
    _ decision: inout GuestDecision
  ) -> [Resource: Int] {
    for position in difference.packaged {
      let resource = removals[position].resource
      decision.note(.inherited, resource: resource, "an access package that is held gives this")
    }
    var positions: [Resource: Int] = [:]
    for (position, resource) in difference.leaving {
      let removal = removals[position]
      for taken in take(resource, removal, after: prerequisites, &decision) {
        positions[removal.resource] = taken
      }
    }
    return positions
  }

  /// Takes one resource from an account, and returns the positions of the actions that do.
  private func take(
    _ resource: Resource,
    _ removal: GrantRemoval,
    after prerequisites: [Int] = [],
    _ decision: inout GuestDecision
  ) -> [Int] {
    guard let account = decision.guest.account else { return [] }
    if let words = index.resources.obstacle(to: resource) {
      decision.note(.unwritable, resource: resource, words)
      return []
    }
    return index.targets(of: resource, heldBy: account).map {
      decision.act(
        .revoke(resource, $0),
        because: removal.reason,
        removal.provenance,
        after: prerequisites,
        hadNotice: removal.hadNotice,
        asks: removal.asks
      )
    }
  }

  private func give(
    _ grant: GrantEntry,
    _ entry: GuestEntry,
    _ footing: AccountDecision,
    _ revoked: [Resource: Int],
    _ decision: inout GuestDecision
  ) {
    let key = GrantKey(guest: entry.address, resource: grant.resource)
    var reason = footing.reason ?? .declared
    if wasTakenOutside(key, footing) {
      let times = journal?.grants[key] ?? 1
      guard lifecycle.drift == .restore, times <= 3 else {
        let again = times > 3 ? " again, after it was given back three times" : ""
        return decision.note(
          .drifted,
          resource: grant.resource,
          "removed outside Guestlist" + again
        )
      }
      reason = .drifted
    }
    guard case .given(let target) = index.resources.availability(of: grant.resource) else { return }
    var waits: [Int] = []
    for other in excluded(by: grant.resource) {
      let held = decision.guest.account.map { index.held(by: $0) } ?? []
      if let position = revoked[other] {
        waits.append(position)
      } else if held.contains(index.resources.physical(other)) {
        let words = "`separation` forbids it beside what the account holds already"
        return decision.note(.conflict, resource: other, words)
      }
    }
    decision.act(
      .grant(grant.resource, target),
      because: reason,
      ownership.introduction(of: .grant(key)),
      after: footing.prerequisites + waits,
      wave: waits.isEmpty ? nil : .revoke
    )
  }

  /// What no guest may hold beside a resource.
  private func excluded(by resource: Resource) -> [Resource] {
    var excluded: Set<Resource> = []
    for rule in input.desired.separation where rule.contains(resource) { excluded.formUnion(rule) }
    return excluded.subtracting([resource]).sorted()
  }

  /// True if we gave the grant to the account that is there, since it was last declared, and it was
  /// taken outside.
  private func wasTakenOutside(_ key: GrantKey, _ footing: AccountDecision) -> Bool {
    if case .invited = footing { return false }
    // Without a journal nothing shows that it was ever given: it is only missing.
    return (journal?.grants[key] ?? 0) > 0 && ownership.isCarriedOut(.grant(key))
  }

  /// Reports what an account holds that nobody declared, and takes it where it is exclusive.
  func decideOthers(
    _ resources: [Resource],
    isTakenWhereExclusive: Bool = true,
    _ decision: inout GuestDecision
  ) {
    for resource in resources {
      let key = EntryKey.grant(GrantKey(guest: decision.guest.address, resource: resource))
      let isDeclared = input.history.intervals[key]?.last.map { $0.closed == nil } ?? false
      if policy.isExclusive(resource), isTakenWhereExclusive, !isDeclared {
        _ = take(resource, GrantRemoval(resource: resource, reason: .exclusive), &decision)
      } else if !ownership.mayBeOurs(key) {
        decision.unmanaged += 1
        decision.note(.unmanagedGrant, resource: resource, "not declared")
      }
    }
  }
}
