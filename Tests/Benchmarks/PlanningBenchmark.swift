internal import Access
internal import Reconciliation

extension Benchmark {
  /// Planning a hundred thousand guests with half a million grants, beside a dictionary of the same
  /// half million keys; then ten times that size.
  static let planning = Benchmark(
    name: "planning",
    measure: {
      let peak = try await Benchmark.peak(of: "planning", "100000")
      let peakOfTenfold = try await Benchmark.peak(of: "planning", "1000000")
      let world = ManyGrants(guests: 100_000)
      let (whole, alone) = try await Timing.pairs(7, { try plan(world) }, { try probe(world.keys) })
      let tenfold = ManyGrants(guests: 1_000_000)
      let (large, small) = try await Timing.pairs(3, { try plan(tenfold) }, { try plan(world) })
      return [
        .ratio(
          "planning 100,000 guests",
          figure: whole,
          to: alone,
          of: "a dictionary of 500,000 keys",
          atMost: 3
        ),
        .absolute("planning 100,000 guests, memory", figure: peak, unit: "MiB", atMost: 1024),
        .ratio(
          "planning 1,000,000 guests",
          figure: large,
          to: small,
          of: "100,000 guests",
          atMost: 15
        ),
        .absolute(
          "planning 1,000,000 guests, memory",
          figure: peakOfTenfold,
          unit: "MiB",
          atMost: 6144
        ),
      ]
    },
    work: { words in try plan(ManyGrants(guests: Int(words[0]) ?? 0)) }
  )

  private static func plan(_ world: ManyGrants) throws {
    let plan = Planner.plan(world.input).value
    let changed = Set(plan.actions.map(\.guest)).count
    guard abs(changed * 100 - world.keys.count / 5) < world.keys.count / 100 else {
      throw Failure(description: "\(plan.actions.count) actions for \(changed) guests")
    }
  }

  private static func probe(_ keys: [GrantKey]) throws {
    var numbers: [GrantKey: Int32] = Dictionary(minimumCapacity: keys.count)
    for (number, key) in keys.enumerated() { numbers[key] = Int32(truncatingIfNeeded: number) }
    var found = 0
    for key in keys where numbers[key] != nil { found += 1 }
    guard found == keys.count else { throw Failure(description: "\(found) keys") }
  }
}
