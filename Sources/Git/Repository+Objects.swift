// Objects of each kind, and the folders of a commit.
extension Repository {
  /// Reads a commit.
  /// - Throws: `objectMissing`, `corrupt`, also where the object is of another kind.
  package func commit(
    _ id: ObjectID,
    verification: Verification = .hash
  ) throws(GitError) -> Commit {
    let object = try object(
      id,
      limit: Self.commitLimit,
      asksSize: verification == .hash,
      verification: verification
    )
    guard object.kind == .commit, let raw = RawCommit(object.bytes), let tree = raw.tree
    else { throw GitError(.corrupt(id)) }
    let isBoundary = boundary.contains(id) && !raw.parents.isEmpty
    return Commit(
      id: id,
      tree: tree,
      parents: isBoundary ? [] : raw.parents,
      author: raw.author,
      committer: raw.committer,
      message: raw.message,
      isBoundary: isBoundary
    )
  }

  /// The signature of a commit with the bytes that it signs; `nil` where it is not signed.
  /// - Throws: `objectMissing`, `corrupt`.
  package func signature(of id: ObjectID) throws(GitError) -> CommitSignature? {
    let object = try object(id, limit: Self.commitLimit, verification: .hash)
    guard object.kind == .commit else { throw GitError(.corrupt(id)) }
    return RawCommit.signature(of: object.bytes)
  }

  /// Reads the bytes of a blob.
  /// - Throws: `objectMissing`, `corrupt`, `tooLarge`.
  package func blob(
    _ id: ObjectID,
    limit: Int = .max,
    verification: Verification = .hash
  ) throws(GitError) -> [UInt8] {
    if verification == .none, let blob = ahead.blobs.removeValue(forKey: id), blob.count <= limit {
      return blob
    }
    let object = try object(id, limit: limit, verification: verification)
    guard object.kind == .blob else { throw GitError(.corrupt(id)) }
    return object.bytes
  }

  /// Lists one tree, in its order.
  /// - Throws: `objectMissing`, `corrupt`, also where a name could not stand in a tree or stands
  ///   twice.
  package func entries(
    of tree: ObjectID,
    verification: Verification = .hash
  ) throws(GitError) -> [TreeEntry] {
    guard let entries = try rawTree(tree, verification: verification).entries()
    else { throw GitError(.corrupt(tree)) }
    return entries
  }

  /// The tree of a folder in a commit; `nil` where the commit has no folder there.
  /// - Throws: `objectMissing`, `corrupt`.
  package func folder(
    _ path: GitPath,
    in commit: Commit,
    verification: Verification = .hash
  ) throws(GitError) -> ObjectID? {
    var tree = commit.tree
    for component in path.components {
      guard let entry = try rawTree(tree, verification: verification).entry(named: component),
        entry.mode == .folder
      else { return nil }
      tree = entry.id
    }
    return tree
  }

  /// Lists every file below a folder of a commit, at any depth, ordered by path.
  ///
  /// - Throws: `folderNotFound`, `objectMissing`, `corrupt`, `tooManyFiles` (a tree of a few
  ///   hundred bytes can stand for more files than there is memory).
  package func files(
    at commit: ObjectID,
    under folder: GitPath,
    limit: Int = 100_000,
    verification: Verification = .hash
  ) throws(GitError) -> [TreeFile] {
    let read = try self.commit(commit, verification: verification)
    guard let top = try self.folder(folder, in: read, verification: verification)
    else { throw GitError(.folderNotFound(folder: folder.description, commit: commit)) }
    return try files(in: top, limit: limit, verification: verification)
  }

  /// Lists every file below a tree, at any depth, ordered by path.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`.
  package func files(
    in tree: ObjectID,
    limit: Int = 100_000,
    verification: Verification = .hash
  ) throws(GitError) -> [TreeFile] {
    var files: [TreeFile] = []
    var visited = 0
    var pending = [(path: GitPath.root, tree: tree)]
    while let next = pending.popLast() {
      for entry in try entries(of: next.tree, verification: verification) {
        visited += 1
        guard visited <= limit else { throw GitError(.tooManyFiles(limit: limit)) }
        let path = next.path.appending(entry.name)
        if entry.mode == .folder {
          pending.append((path, entry.id))
        } else {
          files.append(TreeFile(path: path, mode: entry.mode, id: entry.id))
        }
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  func rawTree(_ id: ObjectID, verification: Verification) throws(GitError) -> RawTree {
    // A walk along a history meets each tree twice, as the new one and then as the old one.
    if verification == .none, let tree = recentTrees[id] { return tree }
    let object = try object(
      id,
      limit: Self.treeLimit,
      asksSize: verification == .hash,
      verification: verification
    )
    guard object.kind == .tree else { throw GitError(.corrupt(id)) }
    let tree = RawTree(object.bytes)
    if verification == .none { recentTrees.add(tree, id) }
    return tree
  }

  /// Follows tags to a commit.
  func peeled(_ id: ObjectID, name: String) throws(GitError) -> ObjectID {
    var id = id
    // A tag may point at a tag; nobody makes a longer chain in good faith.
    for _ in 0..<16 {
      let object = try object(id, limit: Self.commitLimit, verification: .hash)
      switch object.kind {
      case .commit: return id
      case .tree, .blob: throw GitError(.notACommit(name))
      case .tag:
        let line = object.bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard line.starts(with: "object ".utf8),
          let target = ObjectID(hex: String(decoding: line.dropFirst(7), as: UTF8.self))
        else { throw GitError(.corrupt(id)) }
        id = target
      }
    }
    throw GitError(.notACommit(name))
  }

  // No commit message or list of names of use comes near these.
  private static var commitLimit: Int { 16 << 20 }
  private static var treeLimit: Int { 64 << 20 }
}
