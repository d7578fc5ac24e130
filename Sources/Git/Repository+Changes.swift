// What differs between two trees.
extension Repository {
  /// The files that differ between two trees, ordered by path, descending only into folders whose
  /// names differ; `nil` is the empty tree.
  ///
  /// A rename is a file that is gone and one that is new.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`.
  package func changes(
    from old: ObjectID?,
    to new: ObjectID?,
    limit: Int = 100_000,
    verification: Verification = .none
  ) throws(GitError) -> [TreeChange] {
    guard old != new else { return [] }
    let pair = ReadAhead.TreePair(old: old, new: new)
    if verification == .none, let known = ahead.changes.removeValue(forKey: pair) { return known }
    var changes: [TreeChange] = []
    var visited = 0
    var pending = [(path: GitPath.root, old: old, new: new)]
    while let next = pending.popLast() {
      let before = try tree(next.old, verification: verification)
      let after = try tree(next.new, verification: verification)
      guard let differences = after.differences(from: before) else {
        throw GitError((next.new ?? next.old).map { .corrupt($0) } ?? .system)
      }
      visited += differences.count
      guard visited <= limit else { throw GitError(.tooManyFiles(limit: limit)) }
      for difference in differences {
        let path = next.path.appending(difference.name)
        let folders = (Self.folder(difference.old), Self.folder(difference.new))
        if folders.0 != nil || folders.1 != nil { pending.append((path, folders.0, folders.1)) }
        let files = (Self.file(difference.old, path), Self.file(difference.new, path))
        if files.0 != nil || files.1 != nil {
          changes.append(TreeChange(path: path, old: files.0, new: files.1))
        }
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  private func tree(_ id: ObjectID?, verification: Verification) throws(GitError) -> RawTree {
    guard let id else { return .empty }
    return try rawTree(id, verification: verification)
  }

  private static func folder(_ entry: TreeEntry?) -> ObjectID? {
    entry?.mode == .folder ? entry?.id : nil
  }

  private static func file(_ entry: TreeEntry?, _ path: GitPath) -> TreeFile? {
    guard let entry, entry.mode != .folder else { return nil }
    return TreeFile(path: path, mode: entry.mode, id: entry.id)
  }
}
