import Access
import Reconciliation

/// What no plan may do, whatever went before (DESIGN sections 1 and 11).
struct Watch {
  /// The first promise that a plan broke, in words.
  var broken: String?
  /// Accounts that our runs blocked as a step of their removal, with the run that did.
  private var blockedInRun: [UserID: Int] = [:]
  private var runs = 0

  /// Looks at a plan, the world that it was made for, and the world after it was carried out, which
  /// nobody else changed meanwhile unless it is said.
  mutating func see(_ plan: Plan, _ before: World, _ after: World, isAlone: Bool = true) {
    runs += 1
    let everDeclared = after.everDeclared
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
      if let resource = action.resource, World.siblingResources.contains(resource) {
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
    if isAlone {
      watchBlocks(plan, before)
      watchStrangers(plan, before, after)
    }
    for address in before.desired.limits.protected where isAlone {
      if let id = before.tenant.account(address.normalised)?.id {
        let lost = World.resources.contains {
          before.tenant.holds(id, $0) && !after.tenant.holds(id, $0)
        }
        if lost || after.tenant.state.accounts[id] == nil {
          broken = broken ?? "protected \(address) lost something"
        }
      }
    }
    for action in plan.actions where action.verb == .block && !action.isIncident {
      if let id = action.account, after.tenant.state.accounts[id]?.isEnabled == false {
        blockedInRun[id] = blockedInRun[id] ?? runs
      }
    }
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

  /// What was never declared, and every member, is afterwards as it was before.
  private mutating func watchStrangers(_ plan: Plan, _ before: World, _ after: World) {
    let everDeclared = after.everDeclared
    let exclusive = Set(
      plan.actions.filter { $0.reason == .exclusive }.compactMap(\.resource)
    )
    for account in before.tenant.state.accounts.values
    where account.userType == .member || account.addresses.isDisjoint(with: everDeclared) {
      let held = { (world: World) in
        World.resources.filter { !exclusive.contains($0) && world.tenant.holds(account.id, $0) }
      }
      let now = after.tenant.state.accounts[account.id]
      guard now?.isEnabled == account.isEnabled, held(before) == held(after) else {
        broken = broken ?? "\(account.addresses) was never declared, or is a member, and changed"
        return
      }
    }
  }
}
