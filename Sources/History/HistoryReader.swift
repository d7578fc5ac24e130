package import Access
package import Declarations
package import Git

/// Reads who declared what, and when, from the commits of a repository.
package struct HistoryReader: Sendable {
  private let cache: HistoryCache?
  private let limits: DeclarationLimits

  /// Takes where to keep what was read; without it every read begins at the oldest commit.
  ///
  /// A commit that exceeds the limits counts as one that cannot be read.
  package init(cache: HistoryCache? = nil, limits: DeclarationLimits = DeclarationLimits()) {
    self.cache = cache
    self.limits = limits
  }

  /// Reads the versions of files in a repository.
  func versions(in repository: Repository, store: HistoryStore?) -> FileVersions {
    FileVersions(in: repository, store: store, limits: limits)
  }

  /// Walks the first-parent chain of a commit and follows every entry along it.
  ///
  /// A history that is kept for the commit is taken; one that is kept for a commit below it on the chain
  /// is gone on with, once the files of that commit were compared with it. Blocks while it reads; the
  /// repository's actor is the place to call it from.
  /// - Throws: `objectMissing` or `corrupt` with the name of the object, wherever in the history it
  ///   is needed.
  package func read(
    _ request: HistoryRequest,
    in repository: Repository
  ) throws(GitError) -> DeclarationHistory {
    let store = cache?.open()
    let scope = HistoryCache.scope(of: request, in: repository)
    let kept = store?.tips(in: scope) ?? []
    var chain: [ObjectID] = []
    var next: ObjectID? = request.tip
    var start: ObjectID?
    while let id = next {
      if kept.contains(id) {
        start = id
        break
      }
      chain.append(id)
      next = try repository.commit(id).parents.first
    }
    let history = start.flatMap { store?.history(at: $0, in: scope) }
    if let history, chain.isEmpty { return history }
    let files = versions(in: repository, store: store)
    var walk = HistoryWalk(request: request, files: files)
    if let start, let history, try walk.resume(history, at: start) {
      try walk.advance(through: chain.reversed())
    } else {
      walk = HistoryWalk(request: request, files: files)
      let rest =
        try start.map { (id) throws(GitError) in try repository.firstParents(from: id) } ?? []
      try walk.advance(through: (chain + rest).reversed())
    }
    store?.keep(walk.history, files: walk.standing, at: request.tip, in: scope)
    return walk.history
  }
}
