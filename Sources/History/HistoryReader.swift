package import Access
internal import Declarations
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
    let chain = try repository.firstParents(from: request.tip)
    var walk = HistoryWalk(request: request, repository: repository)
    let start = try walk.resume(remembered, on: chain)
    for id in chain[..<start].reversed() { try walk.advance(to: id) }
    let memory = walk.finished()
    cache?.write(memory, for: key)
    return memory.history
  }

  /// Everything that a history depends on besides the commits themselves.
  private static func key(of request: HistoryRequest, in repository: Repository) -> String {
    let parts =
      [
        repository.layout.commonDirectory, request.ref, request.tenant.description,
        repository.boundary.sorted().map(\.hex).joined(separator: ","),
      ] + ([request.folder] + request.formerly).map(\.description)
    return parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
  }
}
