internal import Access

/// What must change for one account to hold what it should.
struct AccessDifference: Sendable {
  /// How many of the wanted are held, or given by something else after the plan.
  private(set) var satisfied = 0
  /// Wanted, and to be given: positions among the wanted.
  private(set) var missing: [Int] = []
  /// Wanted, and given by a group or an access package after the plan: positions among the wanted.
  private(set) var inherited: [Int] = []
  /// To be taken: positions among the removals, with what has to be taken for each.
  private(set) var leaving: [(removal: Int, resource: Resource)] = []
  /// No longer declared, but it comes with an access package that the guest holds after the plan.
  private(set) var packaged: [Int] = []
  /// Held, and neither wanted nor kept nor removed nor part of a package that is held.
  private(set) var others: [Resource] = []

  /// Compares what is wanted, kept and removed with what is held.
  ///
  /// What is `kept` stays if it is held, and is not given. Where nothing that is missing will be given, a
  /// package that is wanted and not held keeps nothing.
  init(
    wants: [Resource],
    kept: [Resource] = [],
    removals: [Resource],
    held: [Resource],
    table: ResourceTable,
    gives: Bool = true
  ) {
    if removals.isEmpty, wants.count == held.count,
      wants.allSatisfy({ held.contains(table.physical($0)) })
    {
      satisfied = wants.count
      return
    }
    let had = Set(held)
    let wanted = Set(wants.map(table.physical)).union(kept.map(table.physical)).union(kept)
    let going = Self.going(removals, wanted: wanted, had: had, table: table)
    // A package that stays keeps what comes with it.
    let stays = had.subtracting(going).union(gives ? Set(wants.map(table.physical)) : [])
    let bundled = stays.reduce(into: Set<Resource>()) { $0.formUnion(table.contents(of: $1)) }
    let after = stays.union(bundled)
    for (position, want) in wants.enumerated() {
      let physical = table.physical(want)
      if had.contains(physical) {
        satisfied += 1
      } else if bundled.contains(want) || bundled.contains(physical)
        || table.groups(giving: want).contains(where: after.contains)
      {
        satisfied += 1
        inherited.append(position)
      } else {
        missing.append(position)
      }
    }
    take(removals, going: going, bundled: bundled, table: table)
    var explained = wanted.union(wants).union(removals).union(removals.map(table.physical))
    explained.formUnion(bundled)
    for resource in going { explained.formUnion(table.contents(of: resource)) }
    others = had.subtracting(explained).sorted()
  }

  /// What is held for what is removed, and not wanted for anything else.
  private static func going(
    _ removals: [Resource],
    wanted: Set<Resource>,
    had: Set<Resource>,
    table: ResourceTable
  ) -> Set<Resource> {
    var going: Set<Resource> = []
    for removal in removals {
      for resource in [table.physical(removal), removal]
      where had.contains(resource) && !wanted.contains(resource) {
        going.insert(resource)
      }
    }
    return going
  }

  private mutating func take(
    _ removals: [Resource],
    going: Set<Resource>,
    bundled: Set<Resource>,
    table: ResourceTable
  ) {
    var taken: Set<Resource> = []
    for (position, removal) in removals.enumerated() {
      for resource in [table.physical(removal), removal]
      where going.contains(resource) && taken.insert(resource).inserted {
        if bundled.contains(resource) {
          packaged.append(position)
        } else {
          leaving.append((position, resource))
        }
      }
    }
  }
}
