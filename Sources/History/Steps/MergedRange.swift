internal import Git

/// Finds the commits that each merge brought into the chain.
///
/// The chain is walked from its oldest commit on, so what was seen before is everything that the
/// first parent of the next step already has; each commit is looked at once.
struct MergedRange {
  private(set) var seen: Set<ObjectID>

  /// More commits than this in one merge are a history that was joined, not a change that somebody
  /// reviewed; which of them made a change is then not asked.
  private static let most = 5000

  init(seen: Set<ObjectID> = []) { self.seen = seen }

  /// Moves on to the next step of the chain, and yields what it brought besides itself: newest
  /// first, so that no commit stands before one that has it as a parent.
  mutating func advance(
    to step: Commit,
    in repository: Repository
  ) throws(GitError) -> [Commit] {
    defer { seen.insert(step.id) }
    guard step.parents.count > 1 else { return [] }
    var found: [Commit] = []
    var visited = Set<ObjectID>()
    var pending = step.parents.dropFirst().reversed().map { (id: $0, expanded: Commit?.none) }
    while let next = pending.popLast() {
      if let commit = next.expanded {
        found.append(commit)
        continue
      }
      guard !seen.contains(next.id), visited.insert(next.id).inserted else { continue }
      guard visited.count <= Self.most else { return [] }
      let commit = try repository.commit(next.id, verification: .none)
      pending.append((next.id, commit))
      pending += commit.parents.reversed().map { ($0, nil) }
    }
    seen.formUnion(visited)
    return found.reversed()
  }
}
