internal import CGit2

// Objects of each kind, and the folders of a commit.
extension Repository {
  /// Reads a commit.
  /// - Throws: `objectMissing`, `corrupt`, also where the object is of another kind.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let found = try lookup(id, GIT_OBJECT_COMMIT, limit: Self.commitLimit)
    return try unsafe found.with { (commit) throws(GitError) in
      guard let tree = unsafe git_commit_tree_id(commit),
        let author = unsafe git_commit_author(commit),
        let committer = unsafe git_commit_committer(commit)
      else { throw GitError(.corrupt(id)) }
      var parents: [ObjectID] = []
      for index in 0..<(unsafe git_commit_parentcount(commit)) {
        guard let parent = unsafe git_commit_parent_id(commit, index) else {
          throw GitError(.corrupt(id))
        }
        parents.append(unsafe ObjectID(parent.pointee))
      }
      let encoding = unsafe CommitText(encoding: git_commit_message_encoding(commit))
      let isBoundary = boundary.contains(id) && !parents.isEmpty
      return unsafe Commit(
        id: id,
        tree: ObjectID(tree.pointee),
        parents: isBoundary ? [] : parents,
        author: encoding.person(author.pointee),
        committer: encoding.person(committer.pointee),
        message: encoding.text(git_commit_message(commit)),
        isBoundary: isBoundary
      )
    }
  }

  /// The signature of a commit with the bytes that it signs; `nil` where it is not signed.
  /// - Throws: `objectMissing`, `corrupt`.
  package func signature(of id: ObjectID) throws(GitError) -> CommitSignature? {
    CommitSignature(of: try bytes(of: id, GIT_OBJECT_COMMIT, limit: Self.commitLimit))
  }

  /// Reads the bytes of a blob.
  /// - Throws: `objectMissing`, `corrupt`, `tooLarge`.
  package func blob(_ id: ObjectID, limit: Int = .max) throws(GitError) -> [UInt8] {
    try bytes(of: id, GIT_OBJECT_BLOB, limit: limit)
  }

  /// Lists one tree, in its order.
  /// - Throws: `objectMissing`, `corrupt`, also where a name could not be in a tree or is
  ///   twice.
  package func entries(of id: ObjectID) throws(GitError) -> [TreeEntry] {
    let tree = try tree(id)
    var entries: [TreeEntry] = []
    entries.reserveCapacity(tree.count)
    for index in 0..<tree.count {
      guard let entry = tree.entry(at: index) else { throw GitError(.corrupt(id)) }
      entries.append(entry)
    }
    return entries
  }

  /// The tree of a folder in a commit; `nil` where the commit has no folder there.
  /// - Throws: `objectMissing`, `corrupt`.
  package func folder(_ path: GitPath, in commit: Commit) throws(GitError) -> ObjectID? {
    var id = commit.tree
    for component in path.components {
      guard let entry = try tree(id).entry(named: component), entry.mode == .folder else {
        return nil
      }
      id = entry.id
    }
    return id
  }

  /// Lists every file below a folder of a commit, at any depth, ordered by path.
  /// - Throws: `folderNotFound`, and what `files(in:limits:)` throws.
  package func files(
    at commit: ObjectID,
    under folder: GitPath,
    limits: TreeLimits = TreeLimits()
  ) throws(GitError) -> [TreeFile] {
    guard let top = try self.folder(folder, in: self.commit(commit))
    else { throw GitError(.folderNotFound(folder: folder.description, commit: commit)) }
    return try files(in: top, limits: limits)
  }

  /// Lists every file below a tree, at any depth, ordered by path.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`, `tooDeep`, `pathTooLong`.
  package func files(
    in tree: ObjectID,
    limits: TreeLimits = TreeLimits()
  ) throws(GitError) -> [TreeFile] {
    try changes(from: nil, to: tree, limits: limits).compactMap(\.new)
  }

  /// Reads a tree whose names git itself would write.
  /// - Throws: `objectMissing`, `corrupt`.
  func tree(_ id: ObjectID) throws(GitError) -> Tree {
    let handle = try lookup(id, GIT_OBJECT_TREE, limit: Self.treeLimit)
    guard let tree = Tree(handle) else { throw GitError(.corrupt(id)) }
    return tree
  }

  // No commit message or list of names of use comes near these.
  private static var commitLimit: Int { 16 << 20 }
  private static var treeLimit: Int { 64 << 20 }
}

/// How a commit's texts are read: as UTF-8, else by the `encoding` header where that names Latin-1.
private struct CommitText {
  private let isLatin: Bool

  init(encoding name: UnsafePointer<CChar>?) {
    let name = unsafe name.map { unsafe String(cString: $0).lowercased() }
    isLatin = ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1"].contains(name)
  }

  func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    if let text = unsafe String(validatingCString: pointer) { return text }
    guard isLatin else { return unsafe String(cString: pointer) }
    var text = String.UnicodeScalarView()
    var position = unsafe pointer
    while unsafe position.pointee != 0 {
      text.append(Unicode.Scalar(UInt8(bitPattern: unsafe position.pointee)))
      unsafe position += 1
    }
    return String(text)
  }

  func person(_ signature: git_signature) -> Commit.Person {
    unsafe Commit.Person(
      name: text(signature.name),
      email: text(signature.email),
      seconds: signature.when.time,
      offset: Int(signature.when.offset)
    )
  }
}
