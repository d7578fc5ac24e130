internal import Access

/// What must change for one account to hold what it should: numbers of the resource table in, and
/// positions in the given lists out.
struct AccessDifference: Sendable {
  /// Wanted, and held or given by something else after the plan.
  private(set) var satisfied = 0
  /// Wanted, and to be given.
  private(set) var missing: [Int] = []
  /// Wanted, and given by a group or an access package after the plan.
  private(set) var inherited: [Int] = []
  /// Lost, with what has to be taken for it.
  private(set) var leaving: [(loss: Int, number: Int)] = []
  /// Lost, but it comes with an access package that the guest holds after the plan.
  private(set) var kept: [Int] = []
  /// Held, and neither wanted nor lost nor part of a package that is held.
  private(set) var others: [Int] = []

  /// `gives` is false where nothing that is missing will be given, so that a package which is wanted
  /// and not held keeps nothing.
  init(
    wants: [Int],
    losses: [Int],
    held: ArraySlice<Holdings.Held>,
    table: ResourceTable,
    gives: Bool = true
  ) {
    if losses.isEmpty, wants.count == held.count,
      wants.allSatisfy({ want in held.contains { Int($0.resource) == table.physical(want) } })
    {
      satisfied = wants.count
      return
    }
    let had = Set(held.map { Int($0.resource) })
    let wanted = Set(wants.map { table.physical($0) })
    let bound = Self.bound(losses, wanted: wanted, had: had, table: table)
    // A package that stays keeps what comes with it.
    let stays = had.subtracting(bound).union(gives ? wanted : [])
    let packaged = stays.reduce(into: Set<Int>()) { $0.formUnion(table.contents(of: $1)) }
    let after = stays.union(packaged)
    for (position, want) in wants.enumerated() {
      if had.contains(table.physical(want)) {
        satisfied += 1
      } else if packaged.contains(want) || packaged.contains(table.physical(want))
        || (!table.isRouted(want) && table.groups(giving: want).contains { after.contains($0) })
      {
        satisfied += 1
        inherited.append(position)
      } else {
        missing.append(position)
      }
    }
    take(losses, bound: bound, packaged: packaged, wanted: wanted, table: table)
    var explained = wanted.union(losses).union(losses.map { table.physical($0) }).union(packaged)
    for number in bound { explained.formUnion(table.contents(of: number)) }
    others = had.subtracting(explained).sorted()
  }

  /// What is held for what is lost, and not wanted for anything else.
  private static func bound(
    _ losses: [Int],
    wanted: Set<Int>,
    had: Set<Int>,
    table: ResourceTable
  ) -> Set<Int> {
    var bound: Set<Int> = []
    for loss in losses {
      for number in [table.physical(loss), loss]
      where had.contains(number) && !wanted.contains(number) {
        bound.insert(number)
      }
    }
    return bound
  }

  private mutating func take(
    _ losses: [Int],
    bound: Set<Int>,
    packaged: Set<Int>,
    wanted: Set<Int>,
    table: ResourceTable
  ) {
    var taken: Set<Int> = []
    for (position, loss) in losses.enumerated() {
      for number in [table.physical(loss), loss]
      where bound.contains(number) && !taken.contains(number) {
        taken.insert(number)
        if packaged.contains(number) {
          kept.append(position)
        } else {
          leaving.append((position, number))
        }
      }
    }
  }
}
