/// A file somewhere below a folder of a commit.
package struct TreeFile: Hashable, Sendable {
  /// Below the folder that was asked for.
  package var path: GitPath
  /// Never `folder`.
  package var mode: TreeEntry.Mode
  /// The blob; for a submodule the commit that it stands at, which is in another repository.
  package var id: ObjectID

  package init(path: GitPath, mode: TreeEntry.Mode, id: ObjectID) {
    self.path = path
    self.mode = mode
    self.id = id
  }
}
