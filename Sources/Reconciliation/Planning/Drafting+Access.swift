internal import Access

extension Drafting {
  /// Decides over what a declared guest may reach.
  mutating func decideAccess(
    _ entry: GuestEntry,
    _ subject: Subject,
    _ person: Person,
    _ footing: Footing
  ) {
    var wants: [GrantEntry] = []
    var lost = losses(of: entry, subject)
    for grant in entry.grants {
      if isActive(grant, entry) {
        wants.append(grant)
      } else {
        expire(grant, entry, subject, into: &lost)
      }
    }
    let numbers = wants.map { table.number(of: $0.resource) }
    if numbers.isEmpty { note(.withoutAccess, person, "no access is declared") }
    let held = person.position.map { holdings.of($0) } ?? []
    let difference = AccessDifference(
      wants: numbers,
      losses: lost.map(\.number),
      held: held,
      table: table,
      gives: footing != .lost
    )
    unchanged += difference.satisfied
    for position in difference.inherited {
      let resource = wants[position].resource
      note(.inherited, person, resource: resource, "a group or an access package gives this")
    }
    let revoked = revoke(difference, lost, person, after: footing.prerequisites)
    if footing != .lost {
      for position in difference.missing {
        give(wants[position], numbers[position], entry, person, footing, revoked)
      }
    }
    decideOthers(difference.others, person)
  }

  /// Whether a grant counts now; one that ends soon is remarked on.
  private mutating func isActive(_ grant: GrantEntry, _ entry: GuestEntry) -> Bool {
    guard !grant.ends.isEmpty else { return true }
    let condition = condition(of: grant, entry)
    if case .expired = condition { return false }
    if case .active(let end?) = condition {
      remarkEnd(end, Person(entry.address, partner: entry.partner), grant.resource)
    }
    return true
  }

  private func condition(of grant: GrantEntry, _ entry: GuestEntry) -> Condition {
    let key = GrantKey(guest: entry.address, resource: grant.resource)
    let introduced = introduction(.grant(key), for: grant.ends)
    return Condition(starts: nil, ends: grant.ends, introduced: introduced, at: moment)
  }

  private mutating func expire(
    _ grant: GrantEntry,
    _ entry: GuestEntry,
    _ subject: Subject,
    into lost: inout [Loss]
  ) {
    guard case .expired(let end, let origin) = condition(of: grant, entry) else { return }
    note(
      .expired,
      Person(entry.address, partner: entry.partner),
      resource: grant.resource,
      "the grant ended at \(end)"
    )
    guard owns(grant, entry, subject) else { return }
    let key = GrantKey(guest: entry.address, resource: grant.resource)
    let earlier = earlierEntry(entry.address)?.grants.first { $0.resource == grant.resource }
    let settled = earlier.flatMap {
      Condition.end($0.ends, introduced: introduction(.grant(key), for: $0.ends))
    }
    lost.append(
      Loss(
        number: table.number(of: grant.resource),
        reason: .expired(at: end, origin),
        provenance: ownership.introduction(of: .grant(key)),
        isSettled: settled.map { $0.moment <= moment } ?? false
      )
    )
  }

  /// True if a grant is ours, be it under the address that the entry had before.
  func owns(_ grant: GrantEntry, _ entry: GuestEntry, _ subject: Subject) -> Bool {
    [entry.address, subject.formerly].contains { address in
      address.map { ownership.owns(.grant(GrantKey(guest: $0, resource: grant.resource))) } ?? false
    }
  }

  /// What a declared guest is to lose, and what its account held under a former address and is not
  /// declared under the new one.
  func losses(of entry: GuestEntry, _ subject: Subject) -> [Loss] {
    guard let old = subject.formerly else { return losses(of: entry) }
    let declared = Set(entry.grants.map(\.resource))
    return losses(of: entry)
      + losses(of: old).filter { !declared.contains(table.resources[$0.number]) }
  }

  /// Takes what is to go, and returns the drafts by what they take.
  mutating func revoke(
    _ difference: AccessDifference,
    _ lost: [Loss],
    _ person: Person,
    after prerequisites: [Int] = []
  ) -> [Int: Int] {
    var drafts: [Int: Int] = [:]
    for position in difference.kept {
      let resource = table.resources[lost[position].number]
      note(.inherited, person, resource: resource, "an access package that is held gives this")
    }
    for (position, number) in difference.leaving {
      let loss = lost[position]
      for draft in take(number, person, loss, after: prerequisites) {
        drafts[loss.number] = draft
      }
    }
    return drafts
  }

  /// Takes one resource from an account, and returns the drafts that do.
  mutating func take(
    _ number: Int,
    _ person: Person,
    _ loss: Loss,
    after prerequisites: [Int] = []
  ) -> [Int] {
    guard let account = person.account, let position = person.position else { return [] }
    let resource = table.resources[number]
    if let obstacle = obstacle(of: resource) {
      note(.conflict, person, resource: resource, "the membership cannot be written: \(obstacle)")
      return []
    }
    return holdings.targets(account, at: position, resource, number).map {
      act(
        .revoke(resource, $0),
        for: person,
        because: loss.reason,
        loss.provenance,
        after: prerequisites,
        isSettled: loss.isSettled
      )
    }
  }

  private func obstacle(of resource: Resource) -> ObservedGroup.Obstacle? {
    guard case .group(let id) = resource else { return nil }
    return input.observed.groups[id]?.obstacle
  }

  private mutating func give(
    _ grant: GrantEntry,
    _ number: Int,
    _ entry: GuestEntry,
    _ person: Person,
    _ footing: Footing,
    _ revoked: [Int: Int]
  ) {
    let key = GrantKey(guest: entry.address, resource: grant.resource)
    var reason = footing.reason ?? .declared
    if wasTaken(key, footing) {
      let times = journal?.grants[key] ?? 1
      guard lifecycle.drift == .restore, times <= 3 else {
        let again = times > 3 ? " again, after it was given back three times" : ""
        return note(.drifted, person, resource: grant.resource, "another hand took it" + again)
      }
      reason = .drifted
    }
    guard let target = table.target(table.physical(number)) else { return }
    if let obstacle = obstacle(of: table.resources[table.physical(number)]) {
      let detail = "the membership cannot be written: \(obstacle)"
      return note(.conflict, person, resource: grant.resource, detail)
    }
    var waits: [Int] = []
    for excluded in excluded(by: grant.resource) {
      if let draft = revoked[excluded] {
        waits.append(draft)
      } else if let position = person.position, holdings.holds(position, table.physical(excluded)) {
        let other = table.resources[excluded]
        let detail = "`separation` forbids it beside what the account holds already"
        note(.conflict, person, resource: other, detail)
        return
      }
    }
    act(
      .grant(grant.resource, target),
      for: person,
      because: reason,
      ownership.introduction(of: .grant(key)),
      after: footing.prerequisites + waits,
      wave: waits.isEmpty ? nil : .revoke
    )
  }

  /// What no guest may hold beside a resource.
  private func excluded(by resource: Resource) -> [Int] {
    var excluded: Set<Int> = []
    for rule in input.desired.separation where rule.contains(resource) {
      for other in rule where other != resource {
        if let number = table.known(other) { excluded.insert(number) }
      }
    }
    return excluded.sorted { table.resources[$0] < table.resources[$1] }
  }

  /// True if we gave the grant to the account that is there, and another hand took it.
  private func wasTaken(_ key: GrantKey, _ footing: Footing) -> Bool {
    if case .invited = footing { return false }
    // Without a journal nobody knows that it was ever given: it is missing, and no more.
    return (journal?.grants[key] ?? 0) > 0
  }
}
