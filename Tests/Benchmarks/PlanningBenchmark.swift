internal import Access
internal import Reconciliation

extension Benchmark {
  /// Planning a hundred thousand guests with half a million grants, beside a dictionary of the same
  /// half million keys; then the plan's file.
  static let planning = Benchmark(name: "planning") {
    let small = ManyGrants(guests: 10_000)
    try Memory.resetPeak()
    let world = ManyGrants(guests: 100_000)
    try plan(world)
    let peak = try Memory.peak()
    let (whole, alone) = try await Timing.pairs(3, { try plan(world) }, { try probe(world.keys) })
    // Ten small plans and a large one in turn, so that both meet the machine in the same mood.
    let (large, ten) = try await Timing.pairs(
      7,
      { try plan(world) },
      { for _ in 0..<10 { try plan(small) } }
    )
    let made = Planner.plan(world.input).value
    let (file, again) = try await Timing.pairs(3, { try copy(made) }, { try probe(world.keys) })
    let yardstick = "a dictionary of 500,000 keys"
    return [
      .ratio(
        "planning 100,000 guests",
        figure: whole,
        unit: "s",
        to: alone,
        of: yardstick,
        atMost: 8
      ),
      .absolute("planning 100,000 guests, memory", figure: peak, unit: "MiB", atMost: 1024),
      .ratio(
        "planning ten times the guests",
        figure: large,
        unit: "s",
        to: ten / 10,
        of: "10,000 guests",
        atMost: 11
      ),
      .ratio(
        "writing and reading that plan",
        figure: file,
        unit: "s",
        to: again,
        of: yardstick,
        atMost: 8
      ),
    ]
  }

  /// Ten times that size: a million guests with five million grants.
  static let planningTenfold = Benchmark(name: "planning-tenfold") {
    let world = ManyGrants(guests: 100_000)
    let tenfold = ManyGrants(guests: 1_000_000)
    let (large, ten) = try await Timing.pairs(
      3,
      { try plan(tenfold) },
      { for _ in 0..<10 { try plan(world) } }
    )
    return [
      .ratio(
        "planning 1,000,000 guests",
        figure: large,
        unit: "s",
        to: ten / 10,
        of: "100,000 guests",
        atMost: 11
      )
    ]
  }

  private static func plan(_ world: ManyGrants) throws {
    let plan = Planner.plan(world.input).value
    let changed = Set(plan.actions.map(\.guest)).count
    guard abs(changed * 100 - world.keys.count / 5) < world.keys.count / 100 else {
      throw UnexpectedPlan(actions: plan.actions.count, guests: changed)
    }
  }

  private static func probe(_ keys: [GrantKey]) throws {
    var numbers: [GrantKey: Int32] = Dictionary(minimumCapacity: keys.count)
    for (number, key) in keys.enumerated() { numbers[key] = Int32(truncatingIfNeeded: number) }
    var found = 0
    for key in keys where numbers[key] != nil { found += 1 }
    guard found == keys.count else { throw UnexpectedPlan(actions: found, guests: keys.count) }
  }

  private static func copy(_ plan: Plan) throws {
    let summary = PlanFile.Summary(plan, options: PlanningOptions(), lines: [])
    guard try PlanFile.summary(of: PlanFile.encode(plan, summary)) == summary else {
      throw UnexpectedPlan(actions: plan.actions.count, guests: 0)
    }
  }

  private struct UnexpectedPlan: Error {
    var actions: Int
    var guests: Int
  }
}
