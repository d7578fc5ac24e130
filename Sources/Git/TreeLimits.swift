/// How much of a folder is read: a few hundred bytes of trees can represent more files, or longer
/// paths, than there is memory.
package struct TreeLimits: Hashable, Sendable {
  /// Entries of all folders together.
  package var entries: Int
  /// Folders inside folders.
  package var depth: Int
  /// Bytes of a path.
  package var path: Int

  package init(entries: Int = 100_000, depth: Int = 64, path: Int = 1024) {
    self.entries = entries
    self.depth = depth
    self.path = path
  }
}

/// What of the limits a walk over trees has used.
struct TreeWalk {
  let limits: TreeLimits
  private var entries = 0

  init(limits: TreeLimits) { self.limits = limits }

  /// Counts an entry.
  mutating func visit(_ path: GitPath, depth: Int) throws(GitError) {
    entries += 1
    guard entries <= limits.entries else { throw GitError(.tooManyFiles(limit: limits.entries)) }
    guard depth <= limits.depth else { throw GitError(.tooDeep(limit: limits.depth)) }
    guard path.bytes.count <= limits.path else {
      throw GitError(.pathTooLong(limit: limits.path))
    }
  }
}
