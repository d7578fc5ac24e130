import Access
import Reconciliation

/// A world that chance has led through some commits, runs and doings of others.
struct Story {
  var world = World()
  var chance: Chance
  /// Everybody whom some commit declared, or a `removed` entry named.
  private(set) var everDeclared: Set<EmailAddress> = []
  /// Accounts that our runs blocked as a step of their removal, with the run that did.
  private(set) var blockedInRun: [UserID: Int] = [:]
  private(set) var runs = 0
  /// Another repository for the same tenant, which leaves the accounts to the first and only grants.
  var sibling: World?
  /// The first promise that a run broke, in words.
  var broken: String?
  /// What happened, line by line, for anyone who has to find out why.
  var told: [String] = []

  static let names = ["ana", "bob", "cleo", "dan", "eve"]
  static let strangers = ["xaver", "yves"]
  static let resources: [Resource] = [
    Names.role(1), Names.role(1, "Editor"), Names.role(2), .group(Names.group(1)),
    .group(Names.group(2)), .package(Names.package(1)),
  ]

  init(seed: UInt64) {
    chance = Chance(seed: seed)
    prepare()
    for _ in 0..<(1 + chance.below(4)) {
      act()
      if chance.hits(60) { run() }
      if chance.hits(50) { runSibling() }
    }
  }

  private mutating func prepare() {
    world.desired.lifecycle.drift = chance.hits(70) ? .restore : .report
    world.desired.lifecycle.deleteAfter = chance.hits(80) ? .days(Int64(1 + chance.below(30))) : nil
    world.desired.lifecycle.resendAfter = chance.hits(30) ? .days(7) : nil
    if chance.hits(30) {
      world.desired.separation = [[Names.role(1), Names.role(1, "Editor")]]
    }
    if chance.hits(20) { world.desired.limits.protected = [Names.address(chance.pick(Self.names))] }
    if chance.hits(25) { routeAndInherit() }
    if chance.hits(15) {
      world.desired.catalog.apps["app1"]?.exclusiveFrom = world.now + .days(Int64(chance.below(30)))
    }
    for name in Self.strangers where chance.hits(60) { addStranger(name) }
    for name in Self.names where chance.hits(15) {
      world.tenant.add(name, created: world.now - .days(100))
    }
    if chance.hits(30) {
      let id = world.tenant.add(chance.pick(Self.names), created: nil) {
        $0.userType = .member
        $0.isExternal = false
      }
      world.tenant.give(id, chance.pick(Self.resources))
    }
    for _ in 0..<(1 + chance.below(3)) { declareSomebody() }
    commit()
    if chance.hits(20) { foundSibling() }
  }

  /// Roles that come through groups, and a package that brings one.
  private mutating func routeAndInherit() {
    world.tenant.state.apps[Names.app(2)]?.assignments.append(
      ObservedApp.RoleAssignment(
        id: "via",
        role: AppRoleID(GUID(high: 2, low: 1)),
        principal: .group(Names.group(2))
      )
    )
    if chance.hits(50) {
      world.desired.catalog.apps["app2"]?.via = [RoleValue("Reader"): Names.group(2)]
    }
    if chance.hits(50) {
      world.tenant.state.packages[Names.package(1)]?.resources = [.group(Names.group(1))]
    }
  }

  private mutating func addStranger(_ name: String) {
    let id = world.tenant.add(name, created: world.now - .days(10))
    for resource in chance.some(Self.resources, percent: 40) { world.tenant.give(id, resource) }
  }

  mutating func declareSomebody() {
    let name = chance.pick(Self.names)
    var grants = chance.some(Self.resources, percent: 40)
    if !world.desired.separation.isEmpty, grants.contains(Names.role(1)) {
      grants.removeAll { $0 == Names.role(1, "Editor") }
    }
    var (blocked, ends, starts, returned): (String?, [Ending], Moment?, Moment?) = (
      nil, [], nil, nil
    )
    if chance.hits(8) { blocked = "INC" }
    if chance.hits(15) {
      ends = [Ending(rule: .at(world.now + .days(Int64(chance.below(20)))), origin: .guest)]
    }
    if chance.hits(5) { starts = world.now + .days(3) }
    if chance.hits(20) { returned = world.now + .hours(1) }
    let grantEnds: [Ending] =
      chance.hits(15)
      ? [Ending(rule: .afterIntroduction(.days(Int64(chance.below(20)))), origin: .grant)] : []
    world.desired.withheld.removeAll { $0.address == Names.address(name) }
    world.desired.removed.removeAll { $0.address == Names.address(name) }
    world.declare(name, grants) {
      $0.blocked = blocked
      $0.ends = ends
      $0.starts = starts
      $0.returned = returned
      for index in $0.grants.indices { $0.grants[index].ends = grantEnds }
    }
  }

  /// Takes somebody out of `guests`; now and then a `grants` section still names them.
  private mutating func leave(_ name: String) {
    let grants = world.desired.guests.first { $0.address == Names.address(name) }?.grants ?? []
    if chance.hits(30) {
      world.stale.formUnion(
        grants.map { GrantKey(guest: Names.address(name), resource: $0.resource) }
      )
    }
    world.undeclare(name)
  }

  mutating func commit() {
    world.pass(.minutes(5))
    world.commit(isMerge: chance.hits(50))
    told.append(
      "\(world.now) commit: "
        + world.desired.guests.map { entry in
          "\(entry.address.localPart) \(entry.grants.map(\.resource.short))"
            + (entry.blocked == nil ? "" : " blocked") + (entry.returned == nil ? "" : " return")
            + (entry.previously.isEmpty ? "" : " was \(entry.previously[0].localPart)")
            + (entry.ends.isEmpty ? "" : " ends") + (entry.starts == nil ? "" : " starts")
        }.joined(separator: ", ") + "; withheld \(world.desired.withheld.map(\.address.localPart))"
    )
    everDeclared.formUnion(world.desired.guests.map(\.address))
    everDeclared.formUnion(world.desired.removed.map(\.address))
  }

  mutating func act() {
    switch chance.below(16) {
    case 12: changeRules()
    case 13:
      world.depth = 1 + chance.below(3)
      told.append("\(world.now) a shallow clone of \(world.depth ?? 0)")
      run()
      world.depth = nil
    case 14:
      moveSomebody()
      run()
      cutOff()
    case 15:
      moveSomebody()
      if chance.hits(70) { run() }
      revertMove()
    case 0, 1, 2:
      for _ in 0..<(1 + chance.below(2)) { declareSomebody() }
      commit()
    case 3, 4, 5:
      let declared = world.desired.guests.map { String($0.address.localPart) }
      if !declared.isEmpty { leave(chance.pick(declared)) }
      commit()
    case 6:
      let declared = world.desired.guests.map { String($0.address.localPart) }
      if !declared.isEmpty { world.skip(chance.pick(declared)) }
      commit()
    case 7, 8: interfere()
    case 9:
      if chance.hits(20) {
        world.journal = nil
        told.append("\(world.now) the journal is lost")
      }
      if chance.hits(20) { order() }
    case 10: moveSomebody()
    case 11 where chance.hits(50): breakGrant()
    case 11:
      // Only where the group has the role, which nobody else would give it.
      let hasRole = world.tenant.state.apps[Names.app(2)]?.assignments.contains {
        $0.principal == .group(Names.group(2))
      }
      guard hasRole == true else { break }
      let isRouted = world.desired.catalog.apps["app2"]?.via.isEmpty == false
      world.desired.catalog.apps["app2"]?.via =
        isRouted ? [:] : [RoleValue("Reader"): Names.group(2)]
      commit()
    default: break
    }
    if chance.hits(40) { world.pass(.days(Int64(chance.below(35)))) }
  }

  /// Loosens or tightens guards and the lifecycle.
  private mutating func changeRules() {
    world.desired.limits.removedGuests = chance.below(4)
    world.desired.limits.grants = chance.below(8)
    world.desired.limits.protected =
      chance.hits(30) ? [Names.address(chance.pick(Self.names))] : []
    world.desired.lifecycle.deleteAfter = chance.hits(80) ? .days(Int64(1 + chance.below(30))) : nil
    world.desired.lifecycle.drift = chance.hits(50) ? .restore : .report
    commit()
  }

  private mutating func order() {
    let name = chance.pick(Self.strangers)
    world.desired.removed = [
      RemovalEntry(
        address: Names.address(name),
        reason: "CHG",
        removes: chance.hits(50) ? .account : .grants,
        place: Names.place
      )
    ]
    commit()
  }

  /// What somebody else may do to an account.
  private mutating func interfere() {
    guard
      let account = world.tenant.state.accounts.values.sorted(by: { $0.id < $1.id }).first(where: {
        _ in chance.hits(40)
      })
    else { return }
    let id = account.id
    let doing = chance.below(8)
    told.append("\(world.now) another hand: \(doing) to \(account.addresses)")
    switch doing {
    case 0: world.tenant.change(id) { $0.isEnabled.toggle() }
    case 1: world.tenant.delete(id, at: world.now)
    case 2: if account.isExternal { world.tenant.change(id) { $0.userType = .member } }
    case 3: world.tenant.give(id, chance.pick(Self.resources))
    case 4, 5: world.tenant.take(id, chance.pick(Self.resources))
    case 6: world.tenant.change(id) { $0.redemption = .accepted }
    case 7 where chance.hits(50) && account.isEnabled && account.userType == .guest:
      world.blockForIncident(id)
    default: world.tenant.change(id) { $0.ties = Account.Ties(ownsObjects: true) }
    }
  }

  /// Runs once with everything accepted that can be, and watches what it touches.
  @discardableResult
  mutating func run(_ permitted: (Int) -> Bool = { _ in true }) -> Plan {
    let before = world
    let plan = world.runAccepting(permitted)
    runs += 1
    told.append("\(world.now) run: \(plan.verbs), held back \(plan.heldBack.sorted())")
    watch(plan, before)
    for action in plan.actions where action.verb == .block && !action.isIncident {
      if let id = action.account, world.tenant.state.accounts[id]?.isEnabled == false {
        blockedInRun[id] = blockedInRun[id] ?? runs
      }
    }
    return plan
  }

  /// A declared block is carried out unless the account must not be written to, is unclear or
  /// protected.
  private mutating func watchBlocks(_ plan: Plan, _ before: World) {
    let excused = Set(
      plan.findings.filter { $0.kind == .conflict || $0.kind == .expired }.map(\.guest)
    )
    for entry in before.desired.guests + before.desired.withheld.compactMap(\.readable) {
      guard entry.blocked != nil, !excused.contains(entry.address),
        let account = before.account(entry.address), account.userType == .guest, account.isExternal,
        before.desired.limits.protected.isDisjoint(with: account.addresses.union([entry.address]))
      else { continue }
      let isPlanned = plan.actions.contains { $0.isIncident && $0.account == account.id }
      if account.isEnabled, !isPlanned {
        broken = broken ?? "the declared block of \(entry.address) is not carried out"
      }
    }
  }

  /// Breaks a grant of somebody: its name resolves to nothing, or it breaks a rule.
  private mutating func breakGrant() {
    let declared = world.desired.guests.filter { !$0.grants.isEmpty }
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
    world.declare(String(entry.address.localPart)) { $0 = entry }
    commit()
  }

  private mutating func watch(_ plan: Plan, _ before: World) {
    let fail = { (words: String, action: Action) -> String in
      "\(words): \(action.verb) \(action.guest)"
    }
    for action in plan.actions {
      let account = action.account.flatMap { before.tenant.state.accounts[$0] }
      if account?.userType == .member || account?.userType == .contact {
        broken = broken ?? fail("a member is touched", action)
      }
      if !everDeclared.contains(action.guest), action.reason != .exclusive {
        broken = broken ?? fail("nobody declared", action)
      }
      if let resource = action.resource, Self.siblingResources.contains(resource) {
        if case .ordered = action.reason {
        } else {
          broken = broken ?? fail("what another repository gives is taken", action)
        }
      }
      let isSkipped = before.desired.withheld.contains { $0.address == action.guest }
      if isSkipped, !action.takes, !action.isIncident {
        broken = broken ?? fail("a skipped entry is given something", action)
      }
      if action.verb == .unblock, let id = action.account,
        before.journal?.blocks[id] == nil || before.journal?.incidents[id] != nil,
        action.reason != .returned
      {
        broken = broken ?? fail("another hand's block is lifted", action)
      }
      let begun = action.account.flatMap { before.journal?.addressChanges[$0]?.to }
      if case .addressChanged(let old) = action.reason,
        !everDeclared.contains(old)
          || (before.account(old)?.id != action.account && begun != action.guest)
      {
        broken = broken ?? fail("an account moves that was not that of \(old)", action)
      }
      if action.verb == .delete, let id = action.account {
        if (blockedInRun[id] ?? runs) >= runs {
          broken = broken ?? fail("not blocked by us before", action)
        }
      }
    }
    watchBlocks(plan, before)
    for address in before.desired.limits.protected {
      if let id = before.tenant.account(address.normalised)?.id {
        let lost = Self.resources.contains {
          before.tenant.holds(id, $0) && !world.tenant.holds(id, $0)
        }
        if lost || world.tenant.state.accounts[id] == nil {
          broken = broken ?? "protected \(address) lost something"
        }
      }
    }
  }
}
