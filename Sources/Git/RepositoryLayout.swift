/// Where a repository keeps its parts.
package struct RepositoryLayout: Hashable, Sendable {
  /// The repository's own directory; for a linked work tree that of the work tree.
  package var gitDirectory: String
  /// What linked work trees share: objects, branches, the boundary of a shallow clone.
  package var commonDirectory: String
  /// `nil` for a bare repository.
  package var workTree: String?
  /// True where objects may be left out on purpose, to be fetched when they are needed.
  package var isPartialClone: Bool

  package init(
    gitDirectory: String,
    commonDirectory: String,
    workTree: String? = nil,
    isPartialClone: Bool = false
  ) {
    self.gitDirectory = gitDirectory
    self.commonDirectory = commonDirectory
    self.workTree = workTree
    self.isPartialClone = isPartialClone
  }
}
