internal import Access

/// What a plan changes for one person, put together as people read it: by cause, then by kind.
struct PersonChanges {
  /// Everything that happens for one reason, by one commit.
  struct Cause {
    let reason: Reason
    /// The commit, and where it says so: one place for each file, at most three.
    let provenance: Provenance?
    let places: [SourcePlace]
    let lines: [Line]
  }

  /// Actions of one kind that the same guards hold back, ordered by what they act on.
  struct Line {
    let verb: Action.Verb
    let heldBackBy: [String]
    /// Positions in the plan.
    let actions: [Int]
  }

  let causes: [Cause]

  init(_ person: PlanGroups.Person, of plan: Plan, guards: [Int: [String]], _ glossary: Glossary) {
    let byCause = Self.grouped(person.actions) { index in
      CauseKey(reason: plan.actions[index].reason, commit: plan.actions[index].provenance?.commit)
    }
    causes = byCause.compactMap { _, indices in
      guard let first = indices.first.map({ plan.actions[$0] }) else { return nil }
      let byLine = Self.grouped(indices) { index in
        LineKey(verb: plan.actions[index].verb, heldBackBy: guards[index] ?? [])
      }
      return Cause(
        reason: first.reason,
        provenance: first.provenance,
        places: Self.places(indices.compactMap { plan.actions[$0].provenance?.place }),
        lines: byLine.map { key, indices in
          let named = indices.map { (name: plan.actions[$0].object(glossary), index: $0) }
          return Line(
            verb: key.verb,
            heldBackBy: key.heldBackBy,
            actions: named.sorted { $0 < $1 }.map(\.index)
          )
        }
      )
    }
  }

  private struct CauseKey: Hashable {
    let reason: Reason
    let commit: CommitID?
  }

  private struct LineKey: Hashable {
    let verb: Action.Verb
    let heldBackBy: [String]
  }

  /// Groups in the order in which each first appears.
  private static func grouped<Key: Hashable>(
    _ indices: [Int],
    by key: (Int) -> Key
  ) -> [(Key, [Int])] {
    var positions: [Key: Int] = [:]
    var groups: [(Key, [Int])] = []
    for index in indices {
      let key = key(index)
      if let position = positions[key] {
        groups[position].1.append(index)
      } else {
        positions[key] = groups.count
        groups.append((key, [index]))
      }
    }
    return groups
  }

  private static func places(_ all: [SourcePlace]) -> [SourcePlace] {
    var files: Set<String> = []
    return Array(all.filter { files.insert($0.file).inserted }.prefix(3))
  }
}
