import Access
import FoundationEssentials
import Reconciliation
import Testing

@testable import Worlds

/// What holds in every world that chance can make (DESIGN section 11).
///
/// `GUESTLIST_CASES` sets how many worlds are tried, `GUESTLIST_SEED` where they begin.
struct PropertyTests {
  private static let cases =
    Int(ProcessInfo.processInfo.environment["GUESTLIST_CASES"] ?? "") ?? 3_000
  private static let seed = UInt64(ProcessInfo.processInfo.environment["GUESTLIST_SEED"] ?? "") ?? 1

  /// What is promised, and whether a world keeps it: `nil`, or what is wrong.
  private static let promises: [(String, @Sendable (inout Story) -> String?)] = [
    ("applying a plan gives the desired state, and the second plan is empty", converges),
    ("any subset of the writes, in any permitted order, converges", convergesFromAnywhere),
    ("a commit that only adds removes nothing", addingRemovesNothing),
    ("removing and adding again within the grace ends where it began", comesBack),
    ("a tighter limit never lets more through", tighterHoldsMore),
    ("the order of what comes in changes nothing, and a file keeps a plan", isIndependentOfOrder),
    ("a plan of the same digest later does the same", keepsItsWord),
    ("two repositories for one tenant come to rest", livesWithSibling),
  ]

  @Test func `every world keeps every promise`() {
    var broken: Set<Int> = []
    for number in 0..<max(1, Self.cases / Self.promises.count) {
      let seed = Self.seed &+ UInt64(number)
      let story = Story(seed: seed)
      for (index, (promise, keeps)) in Self.promises.enumerated() where !broken.contains(index) {
        var copy = story
        guard let words = copy.broken ?? keeps(&copy) ?? copy.broken else { continue }
        broken.insert(index)
        let told = copy.told.joined(separator: "\n")
        Issue.record("\(promise); seed \(seed): \(words)\n\(told)")
      }
    }
  }

  /// Runs until a plan is empty but for what is protected; at most three times, since a package
  /// takes what it brought along only once it is gone.
  static func settle(_ story: inout Story, within runs: Int = 3) -> String? {
    var plan = Plan(tenant: Names.tenant, commit: story.world.head, moment: story.world.now)
    for _ in 0...runs {
      plan = story.run()
      if plan.actions.count == plan.heldBack.count { return nil }
    }
    return "does not settle: \(plan.verbs)"
  }

  /// Applying a plan gives the desired state, and the second plan is empty.
  private static func converges(_ story: inout Story) -> String? {
    story.run()
    let plan = story.run()
    let rest = plan.actions.indices.filter { !plan.heldBack.contains($0) }
    let isPackaged =
      story.world.tenant.state.packages[Names.package(1)]?.resources.isEmpty == false
    if !rest.isEmpty, !isPackaged { return "the second plan is not empty: \(plan.verbs)" }
    let last = rest.isEmpty ? plan : story.run()
    return story.broken ?? Oracle(world: story.world, plan: last).complaint
  }

  /// Any subset of the writes in any permitted order, and a new plan, converge.
  private static func convergesFromAnywhere(_ story: inout Story) -> String? {
    story.world.pass(.minutes(1))
    // A first run takes earlier ones for possible until its own journal says that there were none:
    // both ways begin after that word.
    if story.world.journal == nil { story.run { _ in false } }
    var straight = story
    if let words = settle(&straight) { return words }
    for _ in 0..<2 {
      let percent = story.chance.below(101)
      var chance = story.chance
      story.run { _ in chance.hits(percent) }
      story.chance = chance
    }
    if let words = settle(&story) { return words }
    let (one, other) = (straight.world.signature, story.world.signature)
    if one != other { return "converges elsewhere: \(one) and \(other)" }
    return story.broken ?? Oracle(world: story.world, plan: story.world.plan()).complaint
  }

  /// A commit that only adds removes nothing.
  private static func addingRemovesNothing(_ story: inout Story) -> String? {
    if let words = settle(&story) { return words }
    let before = story.world.plan()
    let present = Set(story.world.desired.guests.map(\.address))
    // Who moved away and is declared again frees what was withheld, which is more than adding.
    let former = Set(story.world.desired.guests.flatMap(\.previously))
    let absent = World.names.filter {
      !present.contains(Names.address($0)) && !former.contains(Names.address($0))
        && !story.world.desired.withheld.map(\.address).contains(Names.address($0))
    }
    for name in absent {
      story.world.declare(name, story.chance.some(World.resources, percent: 50))
    }
    for entry in story.world.desired.guests where story.chance.hits(50) {
      let resource = story.chance.pick(World.resources)
      guard !entry.grants.contains(where: { $0.resource == resource }) else { continue }
      let grants =
        entry.grants + [
          GrantEntry(resource: resource, spelled: "", origin: .guest, place: Names.place)
        ]
      story.world.declare(String(entry.address.localPart)) {
        $0 = entry
        $0.grants = grants.sorted { $0.resource < $1.resource }
      }
    }
    story.commit()
    let plan = story.world.plan()
    // The same account may go by its former address again.
    let known = Set(before.actions.compactMap(\.account))
    // What a restored account held comes back with it, and what is not declared any more goes.
    let restored = plan.actions.filter { $0.verb == .restore }
    let guests = Set((before.actions + restored).map(\.guest))
    let taken = plan.actions.filter { action in
      action.takes && !guests.contains(action.guest)
        && !(action.account.map(known.contains) ?? false)
    }
    return taken.isEmpty ? nil : "adding takes: \(plan.verbs)"
  }

  /// Removing and adding again within the grace ends where it began.
  private static func comesBack(_ story: inout Story) -> String? {
    if let words = settle(&story) { return words }
    guard
      let entry = story.world.desired.guests.first(where: {
        $0.ends.isEmpty && $0.returned == nil && $0.starts == nil
      })
    else { return nil }
    // Another entry that names the address as its former one would take the account over meanwhile.
    guard !story.world.desired.guests.contains(where: { $0.previously.contains(entry.address) })
    else { return nil }
    // Grants whose clock runs out on the way would end elsewhere for a good reason.
    guard entry.grants.allSatisfy(\.ends.isEmpty) else { return nil }
    let others = story.world.desired
    let before = story.world.account(entry.address)
    let signature = story.world.signature
    guard signature.allSatisfy({ !$0.isEmpty }), let before else { return nil }
    // Introducing an entry again also gives back what was blocked outside.
    guard before.isEnabled || entry.blocked != nil else { return nil }
    story.world.undeclare(String(entry.address.localPart))
    story.commit()
    if let words = settle(&story) { return words }
    story.world.desired = others
    story.commit()
    if let words = settle(&story) { return words }
    let after = story.world.account(entry.address)
    if before.id != after?.id { return "another object" }
    if before.isEnabled != after?.isEnabled { return "enabled is \(after?.isEnabled ?? false)" }
    return nil
  }

  /// A tighter limit never lets more through.
  private static func tighterHoldsMore(_ story: inout Story) -> String? {
    story.commit()
    var (held, world) = ([Set<Int>](), story.world)
    world.options.accepted = []
    for limit in 0..<4 {
      world.desired.limits.removedGuests = limit
      world.desired.limits.grants = limit
      world.desired.limits.invitedGuests = limit
      world.options.maxRemovals = story.chance.hits(30) ? limit : nil
      held.append(world.plan().heldBack)
    }
    for (tighter, looser) in zip(held, held.dropFirst()) where !tighter.isSuperset(of: looser) {
      return "a looser limit holds back more: \(held)"
    }
    return nil
  }

  /// A saved plan that still has its digest does what it said, whatever happened in between.
  private static func keepsItsWord(_ story: inout Story) -> String? {
    let saved = story.world.plan()
    for _ in 0..<(1 + story.chance.below(2)) { story.act() }
    let later = story.world.plan()
    guard later.digest == saved.digest else { return nil }
    return saved.verbs == later.verbs
      && saved.actions.map(\.account) == later.actions.map(\.account)
      ? nil : "the same digest for \(saved.verbs) and \(later.verbs)"
  }

  /// Two repositories that declare nothing in common do not undo each other's work.
  private static func livesWithSibling(_ story: inout Story) -> String? {
    guard story.sibling != nil else { return nil }
    for _ in 0..<2 {
      if let words = settle(&story) { return words }
      story.runSibling()
    }
    return settle(&story, within: 0)
  }

  /// The order in which anything comes in changes nothing, and a file keeps a plan.
  private static func isIndependentOfOrder(_ story: inout Story) -> String? {
    let plan = story.world.plan()
    var input = story.world.input
    input.desired.guests = story.chance.shuffled(input.desired.guests)
    input.desired.withheld = story.chance.shuffled(input.desired.withheld)
    for app in input.observed.apps.keys.sorted() {
      let assignments = input.observed.apps[app]?.assignments ?? []
      input.observed.apps[app]?.assignments = story.chance.shuffled(assignments)
    }
    var intervals: EntryIntervals = [:]
    for (key, value) in story.chance.shuffled(input.history.intervals.map { ($0.key, $0.value) }) {
      intervals[key] = value
    }
    input.history.intervals = intervals
    input.observed.accounts = AccountTable(
      story.chance.shuffled(Array(input.observed.accounts.values))
    )
    guard Planner.plan(input).value == plan else { return "order matters" }
    do {
      let summary = PlanFile.Summary(plan, options: PlanningOptions(), lines: plan.verbs)
      return try PlanFile.summary(of: PlanFile.encode(plan, summary)) == summary
        ? nil : "a file changes the summary of a plan"
    } catch {
      return "a file cannot be read: \(error)"
    }
  }
}
