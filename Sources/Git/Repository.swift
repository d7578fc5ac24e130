internal import CGit2

/// A repository that is open for reading.
///
/// Not sendable: its owner confines it to an actor of its own, since every call may wait
/// for the disk; `RepositoryActor` is that actor. Nothing here writes, and no part of the work
/// tree is read. Replacements and grafts (`refs/replace`, `info/grafts`) are local to one clone and
/// are not followed: a commit's parents are those that it records.
///
/// Every object is hashed and compared with its name when it is read (libgit2 does so unless told
/// otherwise), those of history too: what they say decides who owns an access.
@safe
package final class Repository {
  let handle: Handle
  private let objects: Handle
  package let layout: RepositoryLayout
  /// The commits whose parents a shallow clone omitted; empty for a whole one.
  package let boundary: Set<ObjectID>

  /// Opens the repository that a path is, or lies in: a work tree, a folder of one, a bare
  /// repository, a linked work tree.
  ///
  /// Environment variables of git are not looked at.
  /// - Throws: `notARepository`, `notOwned` (git's own rule), `unsupportedObjectFormat`,
  ///   `unsupportedExtension`, `system`.
  package init(at path: String) throws(GitError) {
    try Library.start()
    guard !path.utf8.contains(0) else { throw GitError(.notARepository(path: path)) }
    var opened: OpaquePointer?
    let code = unsafe git_repository_open_ext(&opened, path, 0, nil)
    guard code == 0, let opened = unsafe opened else {
      throw Self.openingError(code, Library.lastMessage(), path: path)
    }
    let handle = unsafe Handle(opened) { unsafe git_repository_free($0) }
    var odb: OpaquePointer?
    let database = unsafe git_repository_odb(&odb, handle.pointer)
    objects = try unsafe Self.owned(database, odb) { unsafe git_odb_free($0) }
    self.handle = handle
    layout = unsafe RepositoryLayout(
      gitDirectory: Self.text(git_repository_path(handle.pointer)) ?? path,
      commonDirectory: Self.text(git_repository_commondir(handle.pointer)) ?? path,
      workTree: Self.text(git_repository_workdir(handle.pointer)),
      isPartialClone: Self.isPartialClone(handle.pointer)
    )
    boundary = try Self.boundary(in: layout)
  }

  /// Reads an object of a kind, asking its size first: a small pack can hold a huge one.
  /// - Throws: `objectMissing`, `tooLarge`, `corrupt` where the object cannot be read, has another
  ///   hash than its name, or is of another kind.
  func lookup(
    _ id: ObjectID,
    _ kind: git_object_t,
    limit: Int
  ) throws(GitError) -> Handle {
    try check(id, kind, limit: limit)
    var oid = id.oid
    var found: OpaquePointer?
    let code = unsafe git_object_lookup(&found, handle.pointer, &oid, kind)
    guard code == 0, let object = unsafe found else { throw readingError(code, id) }
    return unsafe Handle(object) { unsafe git_object_free($0) }
  }

  /// Reads the bytes of an object; throws like `lookup`.
  func bytes(
    of id: ObjectID,
    _ kind: git_object_t,
    limit: Int
  ) throws(GitError) -> [UInt8] {
    try check(id, kind, limit: limit)
    var oid = id.oid
    var found: OpaquePointer?
    let code = unsafe git_odb_read(&found, objects.pointer, &oid)
    guard code == 0, let object = unsafe found else { throw readingError(code, id) }
    return unsafe Handle(object) { unsafe git_odb_object_free($0) }.with { object in
      unsafe [UInt8](
        UnsafeRawBufferPointer(
          start: git_odb_object_data(object),
          count: git_odb_object_size(object)
        )
      )
    }
  }

  private func check(
    _ id: ObjectID,
    _ kind: git_object_t,
    limit: Int
  ) throws(GitError) {
    var oid = id.oid
    var size = 0
    var actual = git_object_t(0)
    let code = unsafe git_odb_read_header(&size, &actual, objects.pointer, &oid)
    guard code == 0 else { throw readingError(code, id) }
    guard kind == actual || kind == GIT_OBJECT_ANY else { throw GitError(.corrupt(id)) }
    guard size <= limit else { throw GitError(.tooLarge(id, bytes: size)) }
  }

  func readingError(_ code: Int32, _ id: ObjectID) -> GitError {
    let kind: GitError.Kind =
      code == GIT_ENOTFOUND.rawValue
      ? .objectMissing(id, partialClone: layout.isPartialClone) : .corrupt(id)
    return GitError(kind, detail: Library.lastMessage())
  }

  /// Takes what a call of libgit2 made.
  static func owned(
    _ code: Int32,
    _ pointer: OpaquePointer?,
    free: @escaping (OpaquePointer?) -> Void
  ) throws(GitError) -> Handle {
    guard code == 0, let pointer = unsafe pointer else {
      throw GitError(.system, detail: Library.lastMessage())
    }
    return unsafe Handle(pointer, free: free)
  }

  private static func openingError(_ code: Int32, _ detail: String?, path: String) -> GitError {
    // libgit2 1.5 has a code for this, but fails otherwise where no `safe.directory` is set at all,
    // or the user's configuration cannot be read (measured).
    if let foreign = Library.foreignRepository(at: path) {
      return GitError(.notOwned(path: foreign), detail: detail)
    }
    if code == GIT_ENOTFOUND.rawValue {
      return GitError(.notARepository(path: path), detail: detail)
    }
    return GitError(Library.unsupportedFormat(at: path) ?? .system, detail: detail)
  }

  private static func isPartialClone(_ handle: OpaquePointer) -> Bool {
    var config: OpaquePointer?
    guard unsafe git_repository_config_snapshot(&config, handle) == 0 else { return false }
    defer { unsafe git_config_free(config) }
    var iterator: OpaquePointer?
    let pattern = "^(extensions\\.partialclone|remote\\..*\\.promisor)$"
    guard unsafe git_config_iterator_glob_new(&iterator, config, pattern) == 0 else { return false }
    defer { unsafe git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    return unsafe git_config_next(&entry, iterator) == 0
  }

  static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }
}

/// Where a repository keeps its parts.
package struct RepositoryLayout: Hashable, Sendable {
  /// The repository's own directory; for a linked work tree that of the work tree.
  package var gitDirectory: String
  /// What linked work trees share: objects, branches, the boundary of a shallow clone.
  package var commonDirectory: String
  /// `nil` for a bare repository.
  package var workTree: String?
  /// True where objects may be omitted on purpose, to be fetched when they are needed.
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
