import Access
import Reconciliation

@testable import Worlds

/// A world that chance has led through some commits, runs and doings of others.
struct Story {
  var world = World()
  var chance: Chance
  private var watch = Watch()
  /// Another repository for the same tenant, which leaves the accounts to the first and only grants.
  var sibling: World?
  /// What happened, line by line, for anyone who has to find out why.
  var told: [String] = []
  var siblingBroke: String?

  /// The first promise that a run broke, in words.
  var broken: String? { watch.broken ?? siblingBroke }

  init(seed: UInt64) {
    chance = Chance(seed: seed)
    world.setRules(by: &chance)
    world.populate(by: &chance)
    make(.declare)
    if chance.hits(20) { foundSibling() }
    for _ in 0..<(1 + chance.below(4)) {
      act()
      if chance.hits(60) { run() }
      if chance.hits(50) { runSibling() }
    }
  }

  /// Changes and commits the declarations.
  mutating func make(_ change: World.Change) {
    world.make(change, by: &chance)
    told.append(world.summary)
  }

  mutating func commit() {
    world.commit(by: &chance)
    told.append(world.summary)
  }

  /// Something happens: a commit, somebody else at the tenant, a loss, or nothing; then time passes.
  mutating func act() {
    switch chance.below(16) {
    case 0, 1, 2: make(.declare)
    case 3, 4, 5: make(.leave)
    case 6: make(.skip)
    case 7, 8: interfere()
    case 9:
      if chance.hits(20) {
        world.journal = nil
        told.append("\(world.now) the journal is lost")
      }
      if chance.hits(20) { make(.order) }
    case 10: make(.move)
    case 11: make(chance.hits(50) ? .breakGrant : .route)
    case 12: make(.changeRules)
    case 13:
      world.depth = 1 + chance.below(3)
      told.append("\(world.now) a shallow clone of \(world.depth ?? 0)")
      run()
      world.depth = nil
    case 14:
      make(.move)
      run()
      cutOff()
    case 15:
      make(.move)
      if chance.hits(70) { run() }
      make(.revertMove)
    default: break
    }
    if chance.hits(40) { world.pass(.days(Int64(chance.below(35)))) }
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
    case 3: world.tenant.give(id, chance.pick(World.resources))
    case 4, 5: world.tenant.take(id, chance.pick(World.resources))
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
    told.append("\(world.now) run: \(plan.verbs), held back \(plan.heldBack.sorted())")
    watch.see(plan, before, world)
    return plan
  }

  /// An address change whose second write, the mail to the new address, did not happen.
  mutating func cutOff() {
    let changes = world.journal?.addressChanges.filter(\.value.isFinished) ?? [:]
    guard let id = changes.keys.min(), world.tenant.state.accounts[id] != nil else { return }
    world.journal?.addressChanges[id]?.isFinished = false
    world.tenant.change(id) { $0.redemption = .accepted }
    told.append("\(world.now) the address change of \(id) is cut off")
  }
}
