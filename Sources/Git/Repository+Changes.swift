// What differs between two trees.
extension Repository {
  /// The files that differ between two trees, ordered by path, descending only into folders whose
  /// names differ; `nil` is the empty tree.
  ///
  /// A rename is a file that is gone and one that is new.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`, `tooDeep`, `pathTooLong`.
  package func changes(
    from old: ObjectID?,
    to new: ObjectID?,
    limits: TreeLimits = TreeLimits()
  ) throws(GitError) -> [TreeChange] {
    guard old != new else { return [] }
    var changes: [TreeChange] = []
    var walk = TreeWalk(limits: limits)
    var pending = [(path: GitPath.root, depth: 1, old: old, new: new)]
    while let next = pending.popLast() {
      for (before, after) in try differences(from: next.old, to: next.new) {
        let path = next.path.appending(after?.name ?? before?.name ?? [])
        try walk.visit(path, depth: next.depth)
        let folders = (Self.folder(before), Self.folder(after))
        if folders.0 != nil || folders.1 != nil {
          pending.append((path, next.depth + 1, folders.0, folders.1))
        } else {
          changes.append(
            TreeChange(
              path: path,
              old: before.map { TreeFile(path: path, mode: $0.mode, id: $0.id) },
              new: after.map { TreeFile(path: path, mode: $0.mode, id: $0.id) }
            )
          )
        }
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// The entries of two trees that differ; a file in the place of a folder is two differences.
  private func differences(
    from old: ObjectID?,
    to new: ObjectID?
  ) throws(GitError) -> [(old: TreeEntry?, new: TreeEntry?)] {
    let (before, after) = (try tree(old), try tree(new))
    var differences: [(old: TreeEntry?, new: TreeEntry?)] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      let order =
        i == before.count ? 1 : j == after.count ? -1 : before.order(i, in: after, j)
      if order != 0 || !before.isSame(i, in: after, j) {
        differences.append(
          (
            order <= 0 ? try entry(i, of: before, old) : nil,
            order >= 0 ? try entry(j, of: after, new) : nil
          )
        )
      }
      if order <= 0 { i += 1 }
      if order >= 0 { j += 1 }
    }
    return differences
  }

  private func tree(_ id: ObjectID?) throws(GitError) -> Tree {
    guard let id else { return .empty }
    return try tree(id)
  }

  private func entry(_ index: Int, of tree: Tree, _ id: ObjectID?) throws(GitError) -> TreeEntry {
    guard let entry = tree.entry(at: index) else {
      throw GitError(id.map { .corrupt($0) } ?? .system)
    }
    return entry
  }

  private static func folder(_ entry: TreeEntry?) -> ObjectID? {
    entry?.mode == .folder ? entry?.id : nil
  }
}
