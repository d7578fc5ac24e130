package import Access
package import Git

/// Reads who declared what, and when, from the commits of a repository.
package struct HistoryReader: Sendable {
  private let cache: HistoryCache?

  /// Takes where to keep what was read; without it every read begins at the oldest commit.
  package init(cache: HistoryCache? = nil) { self.cache = cache }

  /// Walks the first-parent chain of a commit and follows every entry along it.
  ///
  /// Blocks while it reads; the repository's actor is the place to call it from.
  /// - Throws: `objectMissing` or `corrupt` with the name of the object, wherever in the history it
  ///   is needed.
  package func read(
    _ request: HistoryRequest,
    in repository: Repository
  ) throws(GitError) -> DeclarationHistory {
    let key = Self.key(of: request, in: repository)
    let remembered = cache?.read(key)
    if let remembered, remembered.history.chain.last?.commit.hex == request.tip.hex {
      return remembered.history
    }
    if let walk = try resumed(request, remembered, in: repository) {
      let memory = walk.memory
      let steps = memory.history.chain.count - (remembered?.history.chain.count ?? 0)
      // What had to be read whole has to be the next time, too.
      if steps > cache?.patience ?? 0 || !walk.isPartial { cache?.write(memory, for: key) }
      return memory.history
    }
    let memory = try anew(request, in: repository)
    cache?.write(memory, for: key)
    return memory.history
  }

  /// Walks the whole chain.
  private func anew(
    _ request: HistoryRequest,
    in repository: Repository
  ) throws(GitError) -> HistoryMemory {
    var walk = HistoryWalk(request: request, repository: repository)
    try walk.advance(through: repository.firstParents(from: request.tip).reversed())
    return walk.memory
  }

  /// Goes on where an earlier walk ended; `nil` where none did, the branch was rewritten since, or
  /// what was kept of it is not true.
  private func resumed(
    _ request: HistoryRequest,
    _ remembered: HistoryMemory?,
    in repository: Repository
  ) throws(GitError) -> HistoryWalk? {
    guard let remembered else { return nil }
    let chain = try Self.chain(to: request.tip, above: remembered, in: repository)
    guard chain.isContinued else { return nil }
    var walk = HistoryWalk(request: request, repository: repository)
    try walk.resume(remembered)
    try walk.advance(through: chain.ids.reversed())
    return walk.isContradicted ? nil : walk
  }

  /// The chain down to what is remembered, newest first, and whether it leads there at all: a branch
  /// that was rewritten does not.
  private static func chain(
    to tip: ObjectID,
    above remembered: HistoryMemory?,
    in repository: Repository
  ) throws(GitError) -> (ids: [ObjectID], isContinued: Bool) {
    let known = (remembered?.history.chain.last?.commit.hex).flatMap { ObjectID(hex: $0) }
    let ids = try repository.firstParents(from: tip, until: known)
    guard let known, let oldest = ids.last else { return (ids, false) }
    let parents = try repository.commit(oldest, verification: .none).parents
    return (ids, parents.first == known)
  }

  /// Everything that a history depends on besides the commits themselves.
  static func key(of request: HistoryRequest, in repository: Repository) -> String {
    let parts =
      [
        repository.layout.commonDirectory, request.ref, request.tenant.description,
        repository.boundary.sorted().map(\.hex).joined(separator: ","),
      ] + ([request.folder] + request.formerly).map(\.description)
    return parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
  }
}
