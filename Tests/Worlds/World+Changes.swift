import Access

/// What the people who keep the declarations do by chance, a commit for each.
extension World {
  static let names = ["ana", "bob", "cleo", "dan", "eve"]
  static let strangers = ["xaver", "yves"]
  static let resources: [Resource] = [
    Names.role(1), Names.role(1, "Editor"), Names.role(2), .group(Names.group(1)),
    .group(Names.group(2)), .package(Names.package(1)),
  ]

  /// What only another repository for the same tenant grants.
  static let siblingResources: [Resource] = [Names.role(3), .group(Names.group(3))]

  enum Change: CaseIterable {
    case declare, leave, skip, breakGrant, move, revertMove, changeRules, order, route
  }

  /// Changes the declarations in one way and commits them, five minutes later.
  mutating func make(_ change: Change, by chance: inout Chance) {
    switch change {
    case .declare:
      for _ in 0..<(1 + chance.below(2)) { declareSomebody(by: &chance) }
    case .leave: if let name = declaredName(by: &chance) { leave(name, by: &chance) }
    case .skip: if let name = declaredName(by: &chance) { skip(name) }
    case .breakGrant: breakGrant(by: &chance)
    case .move: moveSomebody(by: &chance)
    case .revertMove: revertMove(by: &chance)
    case .changeRules: changeRules(by: &chance)
    case .order: order(by: &chance)
    case .route: route()
    }
    commit(by: &chance)
  }

  mutating func commit(by chance: inout Chance) {
    pass(.minutes(5))
    commit(isMerge: chance.hits(50))
  }

  /// Everybody whom some commit declared, or a `removed` entry named.
  var everDeclared: Set<EmailAddress> {
    declared.values.reduce(into: []) {
      $0.formUnion($1.guests.map(\.address))
      $0.formUnion($1.removed.map(\.address))
    }
  }

  /// The newest declarations in a line, for anyone who has to find out what went wrong.
  var summary: String {
    "\(now) commit: "
      + desired.guests.map { entry in
        "\(entry.address.localPart) \(entry.grants.map(\.resource.short))"
          + (entry.blocked == nil ? "" : " blocked") + (entry.returned == nil ? "" : " return")
          + (entry.previously.isEmpty ? "" : " was \(entry.previously[0].localPart)")
          + (entry.ends.isEmpty ? "" : " ends") + (entry.starts == nil ? "" : " starts")
      }.joined(separator: ", ") + "; withheld \(desired.withheld.map(\.address.localPart))"
  }

  /// The rules under which the story begins.
  mutating func setRules(by chance: inout Chance) {
    desired.lifecycle.drift = chance.hits(70) ? .restore : .report
    desired.lifecycle.deleteAfter = chance.hits(80) ? .days(Int64(1 + chance.below(30))) : nil
    desired.lifecycle.resendAfter = chance.hits(30) ? .days(7) : nil
    if chance.hits(30) { desired.separation = [[Names.role(1), Names.role(1, "Editor")]] }
    if chance.hits(20) { desired.limits.protected = [Names.address(chance.pick(Self.names))] }
    if chance.hits(25) { routeAndInherit(by: &chance) }
    if chance.hits(15) {
      desired.catalog.apps["app1"]?.exclusiveFrom = now + .days(Int64(chance.below(30)))
    }
  }

  /// Roles that come through groups, and a package that brings one.
  private mutating func routeAndInherit(by chance: inout Chance) {
    tenant.state.apps[Names.app(2)]?.assignments.append(
      ObservedApp.RoleAssignment(
        id: "via",
        role: AppRoleID(GUID(high: 2, low: 1)),
        principal: .group(Names.group(2))
      )
    )
    if chance.hits(50) {
      desired.catalog.apps["app2"]?.via = [RoleValue("Reader"): Names.group(2)]
    }
    if chance.hits(50) {
      tenant.state.packages[Names.package(1)]?.resources = [.group(Names.group(1))]
    }
  }

  /// Accounts that were there before Guestlist: strangers, guests that are declared later, a member.
  mutating func populate(by chance: inout Chance) {
    for name in Self.strangers where chance.hits(60) {
      let id = tenant.add(name, created: now - .days(10))
      for resource in chance.some(Self.resources, percent: 40) { tenant.give(id, resource) }
    }
    for name in Self.names where chance.hits(15) {
      tenant.add(name, created: now - .days(100))
    }
    if chance.hits(30) {
      let id = tenant.add(chance.pick(Self.names), created: nil) {
        $0.userType = .member
        $0.isExternal = false
      }
      tenant.give(id, chance.pick(Self.resources))
    }
  }

  private func declaredName(by chance: inout Chance) -> String? {
    desired.guests.isEmpty ? nil : String(chance.pick(desired.guests).address.localPart)
  }

  private mutating func declareSomebody(by chance: inout Chance) {
    let name = chance.pick(Self.names)
    var grants = chance.some(Self.resources, percent: 40)
    if !desired.separation.isEmpty, grants.contains(Names.role(1)) {
      grants.removeAll { $0 == Names.role(1, "Editor") }
    }
    var (blocked, ends, starts, returned): (String?, [Ending], Moment?, Moment?) = (
      nil, [], nil, nil
    )
    if chance.hits(8) { blocked = "INC" }
    if chance.hits(15) {
      ends = [Ending(rule: .at(now + .days(Int64(chance.below(20)))), origin: .guest)]
    }
    if chance.hits(5) { starts = now + .days(3) }
    if chance.hits(20) { returned = now + .hours(1) }
    let grantEnds: [Ending] =
      chance.hits(15)
      ? [Ending(rule: .afterIntroduction(.days(Int64(chance.below(20)))), origin: .grant)] : []
    desired.withheld.removeAll { $0.address == Names.address(name) }
    desired.removed.removeAll { $0.address == Names.address(name) }
    declare(name, grants) {
      $0.blocked = blocked
      $0.ends = ends
      $0.starts = starts
      $0.returned = returned
      for index in $0.grants.indices { $0.grants[index].ends = grantEnds }
    }
  }

  /// Takes somebody out of `guests`; now and then a `grants` section still names them.
  private mutating func leave(_ name: String, by chance: inout Chance) {
    let grants = desired.guests.first { $0.address == Names.address(name) }?.grants ?? []
    if chance.hits(30) {
      stale.formUnion(
        grants.map { GrantKey(guest: Names.address(name), resource: $0.resource) }
      )
    }
    undeclare(name)
  }

  /// Loosens or tightens guards and the lifecycle.
  private mutating func changeRules(by chance: inout Chance) {
    desired.limits.removedGuests = chance.below(4)
    desired.limits.grants = chance.below(8)
    desired.limits.protected =
      chance.hits(30) ? [Names.address(chance.pick(Self.names))] : []
    desired.lifecycle.deleteAfter = chance.hits(80) ? .days(Int64(1 + chance.below(30))) : nil
    desired.lifecycle.drift = chance.hits(50) ? .restore : .report
  }

  private mutating func order(by chance: inout Chance) {
    let name = chance.pick(Self.strangers)
    desired.removed = [
      RemovalEntry(
        address: Names.address(name),
        reason: "CHG",
        removes: chance.hits(50) ? .account : .grants,
        place: Names.place
      )
    ]
  }

  /// Breaks a grant of somebody: its name resolves to nothing, or it breaks a rule.
  private mutating func breakGrant(by chance: inout Chance) {
    let declared = desired.guests.filter { !$0.grants.isEmpty }
    guard !declared.isEmpty else { return }
    var entry = chance.pick(declared)
    let grant = entry.grants.removeFirst()
    entry.skippedGrants = [
      SkippedGrant(
        resource: chance.hits(50) ? grant.resource : nil,
        spelled: grant.spelled,
        origin: grant.origin,
        reason: "broken",
        place: grant.place
      )
    ]
    declare(String(entry.address.localPart)) { $0 = entry }
  }

  /// Changes somebody's address, mostly to a new one; now and then the old one is forgotten.
  private mutating func moveSomebody(by chance: inout Chance) {
    guard !desired.guests.isEmpty else { return }
    var entry = chance.pick(desired.guests)
    let old = entry.address
    let name = chance.hits(80) ? "new-\(old.localPart)" : chance.pick(Self.names)
    let new = Names.address(name)
    guard !desired.guests.contains(where: { $0.address == new }),
      !desired.withheld.contains(where: { $0.address == new })
    else { return }
    if chance.hits(30) { entry.grants = Array(entry.grants.dropLast()) }
    if chance.hits(85) { undeclare(String(old.localPart)) }
    declare(name) {
      $0 = entry
      $0.address = new
      $0.spelled = new.normalised
      $0.previously = [old]
    }
  }

  /// Takes an address change back, as `git revert` does.
  private mutating func revertMove(by chance: inout Chance) {
    let moved = desired.guests.filter { !$0.previously.isEmpty }
    guard !moved.isEmpty else { return }
    var entry = chance.pick(moved)
    let old = entry.previously[0]
    guard !desired.guests.contains(where: { $0.address == old }),
      !desired.withheld.contains(where: { $0.address == old })
    else { return }
    undeclare(String(entry.address.localPart))
    (entry.address, entry.spelled, entry.previously) = (old, old.normalised, [])
    declare(String(old.localPart)) { $0 = entry }
  }

  /// Gives a role through a group from now on, or no longer.
  private mutating func route() {
    // Only where the group has the role, which nobody else would give it.
    let hasRole = tenant.state.apps[Names.app(2)]?.assignments.contains {
      $0.principal == .group(Names.group(2))
    }
    guard hasRole == true else { return }
    let isRouted = desired.catalog.apps["app2"]?.via.isEmpty == false
    desired.catalog.apps["app2"]?.via = isRouted ? [:] : [RoleValue("Reader"): Names.group(2)]
  }
}
