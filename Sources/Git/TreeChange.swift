/// One file that differs between two trees.
package struct TreeChange: Hashable, Sendable {
  /// Below the two trees that were compared.
  package var path: GitPath
  /// What stood there before; `nil` where nothing did.
  package var old: TreeFile?
  /// What stands there now, never equal to `old`; `nil` where nothing does.
  package var new: TreeFile?

  package init(path: GitPath, old: TreeFile?, new: TreeFile?) {
    self.path = path
    self.old = old
    self.new = new
  }
}
