import Access
import Reconciliation

/// Says, without any of the planner's ways, whether a tenant is as a commit wants it.
struct Oracle {
  let world: World
  let plan: Plan

  /// The first thing that is not as it should be.
  var complaint: String? {
    let excused = Set(
      plan.findings.filter {
        switch $0.kind {
        case .conflict, .left, .blockedElsewhere, .externalMember, .directoryRole: true
        default: false
        }
      }.compactMap(\.guest) + plan.withheld.map(\.address)
        // What a broken name gave is kept.
        + world.desired.guests.filter { !$0.skippedGrants.isEmpty }.map(\.address)
        // Nothing is asked of whom a guard keeps as they are.
        + plan.heldBack.map { plan.actions[$0].guest }
        // A change of address that does not hold leaves both addresses as they are.
        + world.desired.guests.filter { entry in
          plan.withheld.contains { $0.address == entry.address }
        }.flatMap(\.previously)
    )
    for entry in world.desired.guests where !excused.contains(entry.address) {
      if let complaint = complaint(about: entry) { return "\(entry.address): \(complaint)" }
    }
    return overhang(excused) ?? leaver(excused)
  }

  /// A guest whom we invited, who is not declared any more, and can still sign in.
  private func leaver(_ excused: Set<EmailAddress>) -> String? {
    guard world.desired.lifecycle.block, let journal = world.journal else { return nil }
    let held = Set(plan.heldBack.compactMap { plan.actions[$0].account })
    let declared = world.desired.guests.filter { !isOver($0.ends, .guest($0.address)) }
      .flatMap { [$0.address] + $0.previously }
    let skipped = world.desired.withheld.flatMap { [$0.address] + ($0.readable?.previously ?? []) }
    let named = Set(declared + skipped)
      .union(excused).union(world.desired.limits.protected)
    for id in journal.made.sorted() {
      guard let account = world.tenant.state.accounts[id], account.isEnabled,
        account.userType == .guest, account.addresses.isDisjoint(with: named),
        // Who was unblocked outside after our block is somebody else's decision.
        journal.blocks[id] == nil, !held.contains(id)
      else { continue }
      return "\(account.addresses) is not declared and can sign in"
    }
    return nil
  }

  private func isOver(_ ends: [Ending], _ key: EntryKey) -> Bool {
    ends.contains { ending in
      switch ending.rule {
      case .at(let moment): moment <= world.now
      case .afterIntroduction(let span):
        (Ownership(history: world.history, journal: world.journal, now: world.now)
          .introduced(key) ?? world.now) + span <= world.now
      }
    }
  }

  private func complaint(about entry: GuestEntry) -> String? {
    guard !isOver(entry.ends, .guest(entry.address)), entry.starts.map({ $0 <= world.now }) ?? true
    else { return nil }
    guard let account = world.account(entry.address) else {
      return entry.blocked == nil ? "has no account" : nil
    }
    let change = world.journal?.addressChanges[account.id]
    if let change, change.to == entry.address, !change.isFinished, entry.blocked == nil {
      return "its address change is not finished"
    }
    if account.isEnabled != (entry.blocked == nil) { return "enabled is \(account.isEnabled)" }
    for grant in entry.grants {
      let key = GrantKey(guest: entry.address, resource: grant.resource)
      if isOver(grant.ends, .grant(key)) { continue }
      let isDrifted = plan.findings.contains {
        $0.kind == .drifted && $0.guest == entry.address && $0.resource == grant.resource
      }
      if !reaches(account.id, grant.resource), !isDrifted { return "lacks \(grant.resource.short)" }
    }
    return nil
  }

  /// True if an account holds a resource directly, through a group, or through a package.
  private func reaches(_ id: UserID, _ resource: Resource) -> Bool {
    if world.tenant.holds(id, resource) { return true }
    // What a package brings along is for the service to restore.
    if world.tenant.holds(id, .package(Names.package(1))),
      world.tenant.state.packages[Names.package(1)]?.resources.contains(resource) == true
    {
      return true
    }
    if resource == Names.role(2) {
      let given = world.tenant.state.apps[Names.app(2)]?.assignments.contains {
        $0.principal == .group(Names.group(2))
      }
      return given == true && world.tenant.holds(id, .group(Names.group(2)))
    }
    return false
  }

  /// What our runs gave, and what no declaration asks for any longer, is gone.
  private func overhang(_ excused: Set<EmailAddress>) -> String? {
    // A guard may speak of an account by its new address, which keeps what the former one gave.
    let held = Set(plan.heldBack.compactMap { plan.actions[$0].account })
    var wanted: Set<GrantKey> = []
    // An account that moved is asked for under its new address.
    var moved: [UserID: Set<Resource>] = [:]
    for entry in world.desired.guests {
      for grant in entry.grants {
        wanted.insert(GrantKey(guest: entry.address, resource: grant.resource))
      }
      let addresses = [entry.address] + entry.previously
      if let id = addresses.lazy.compactMap({ world.account($0)?.id }).first {
        moved[id, default: []].formUnion(entry.grants.map(\.resource))
        // What a broken name gave is kept, under whichever address it was given.
        if !entry.skippedGrants.isEmpty { moved[id]?.formUnion(World.resources) }
      }
    }
    // A skipped entry keeps what its account was given under a former address, moved or not.
    for entry in world.desired.withheld.compactMap(\.readable) {
      let addresses = [entry.address] + entry.previously
      guard let id = addresses.lazy.compactMap({ world.account($0)?.id }).first else { continue }
      moved[id, default: []].formUnion(entry.grants.map(\.resource))
      moved[id, default: []].formUnion(entry.skippedGrants.compactMap(\.resource))
    }
    for (key, count) in world.journal?.grants ?? [:] where count > 0 && !wanted.contains(key) {
      guard !excused.contains(key.guest), let account = world.tenant.account(key.guest.normalised),
        account.userType == .guest, account.id == world.journal?.accounts[key.guest],
        !held.contains(account.id)
      else { continue }
      if world.desired.limits.protected.contains(key.guest) { continue }
      if moved[account.id]?.contains(key.resource) == true { continue }
      if world.tenant.holds(account.id, key.resource), !isBundled(account.id, key) {
        return "\(key.guest) still holds \(key.resource.short)"
      }
    }
    return nil
  }

  /// True where something else that is wanted keeps the resource in the account's hands.
  private func isBundled(_ id: UserID, _ key: GrantKey) -> Bool {
    let package = Resource.package(Names.package(1))
    let contents = world.tenant.state.packages[Names.package(1)]?.resources ?? []
    if contents.contains(key.resource), world.tenant.holds(id, package) { return true }
    let isRouted = world.desired.catalog.apps["app2"]?.via.isEmpty == false
    return isRouted && key.resource == .group(Names.group(2))
  }
}
