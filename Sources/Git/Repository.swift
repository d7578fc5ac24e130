internal import CGit2

/// A repository that is open for reading.
///
/// Not sendable: whoever opens one confines it to an actor of its own, since every call may wait
/// for the disk; `RepositoryActor` is that actor. Nothing here writes, and no part of the work
/// tree is read. Replacements and grafts (`refs/replace`, `info/grafts`) are local to one clone and
/// are not followed: a commit's parents are those that it records.
@safe
package final class Repository {
  private let handle: OpaquePointer
  private let objects: OpaquePointer
  package let layout: RepositoryLayout
  /// The commits whose parents a shallow clone left out; empty for a whole one.
  package let boundary: Set<ObjectID>
  var recentTrees = RecentTrees()
  var ahead = ReadAhead()

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
    guard code == 0, let handle = unsafe opened else {
      throw Self.openingError(code, Library.lastMessage(), path: path)
    }
    var odb: OpaquePointer?
    guard unsafe git_repository_odb(&odb, handle) == 0, let odb = unsafe odb else {
      let detail = Library.lastMessage()
      unsafe git_repository_free(handle)
      throw GitError(.system, detail: detail)
    }
    unsafe self.handle = handle
    unsafe objects = odb
    layout = unsafe RepositoryLayout(
      gitDirectory: Self.text(git_repository_path(handle)) ?? path,
      commonDirectory: Self.text(git_repository_commondir(handle)) ?? path,
      workTree: Self.text(git_repository_workdir(handle)),
      isPartialClone: Self.isPartialClone(handle)
    )
    boundary = try Self.boundary(in: layout)
  }

  deinit {
    unsafe git_odb_free(objects)
    unsafe git_repository_free(handle)
  }

  /// Reads one object whole.
  ///
  /// `asksSize` says whether its size is asked for before it is read, so that a larger one never is.
  /// For that libgit2 follows the object's deltas in the pack once more: a third of the time that
  /// all objects of a history take (measured), which for commits and folders is not worth it.
  /// - Throws: `objectMissing`, `tooLarge`, `corrupt` where the object cannot be read, or has another
  ///   hash than its name and that is asked for.
  func object(
    _ id: ObjectID,
    limit: Int = .max,
    asksSize: Bool = true,
    verification: Verification
  ) throws(GitError) -> RawObject {
    var oid = Self.oid(id)
    if asksSize, limit < .max {
      var size = 0
      var kind = git_object_t(0)
      let code = unsafe git_odb_read_header(&size, &kind, objects, &oid)
      guard code == 0 else { throw readingError(code, id) }
      guard size <= limit else { throw GitError(.tooLarge(id, bytes: size)) }
    }
    var read: OpaquePointer?
    let code = unsafe git_odb_read(&read, objects, &oid)
    guard code == 0, let object = unsafe read else { throw readingError(code, id) }
    defer { unsafe git_odb_object_free(object) }
    let (data, size) = unsafe (git_odb_object_data(object), git_odb_object_size(object))
    guard size <= limit else { throw GitError(.tooLarge(id, bytes: size)) }
    let kind = unsafe git_odb_object_type(object)
    if verification == .hash {
      var actual = git_oid()
      guard unsafe git_odb_hash(&actual, data, size, kind) == 0,
        unsafe git_oid_equal(&actual, &oid) == 1
      else { throw GitError(.corrupt(id), detail: "its content has another hash") }
    }
    return RawObject(
      kind: Self.kind(kind),
      bytes: unsafe [UInt8](UnsafeRawBufferPointer(start: data, count: size))
    )
  }

  /// The commit that a ref leads to, tags followed; `nil` where there is no such ref, or it stands
  /// for a branch that has no commit yet.
  /// - Throws: `invalidName`, `notACommit`, `objectMissing`, `system`.
  func commit(ofRef name: String) throws(GitError) -> ObjectID? {
    var found: OpaquePointer?
    let code = unsafe git_reference_lookup(&found, handle, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    if code == GIT_EINVALIDSPEC.rawValue { throw GitError(.invalidName(name)) }
    guard code == 0, let reference = unsafe found else {
      throw GitError(.system, detail: Library.lastMessage())
    }
    defer { unsafe git_reference_free(reference) }
    var resolved: OpaquePointer?
    let resolution = unsafe git_reference_resolve(&resolved, reference)
    if resolution == GIT_ENOTFOUND.rawValue { return nil }
    guard resolution == 0, let direct = unsafe resolved else {
      throw GitError(.system, detail: Library.lastMessage())
    }
    defer { unsafe git_reference_free(direct) }
    guard let target = unsafe git_reference_target(direct) else {
      throw GitError(.system, detail: Library.lastMessage())
    }
    return try peeled(Self.id(unsafe target.pointee), name: name)
  }

  /// The commit that an expression of git's revision syntax leads to.
  /// - Throws: `refNotFound`, `ambiguous`, `invalidName`, `notACommit`, `objectMissing`.
  func commit(ofExpression text: String) throws(GitError) -> ObjectID {
    var found: OpaquePointer?
    let code = unsafe git_revparse_single(&found, handle, text)
    guard code == 0, let object = unsafe found else {
      let detail = Library.lastMessage()
      switch code {
      case GIT_ENOTFOUND.rawValue: throw GitError(.refNotFound(text), detail: detail)
      case GIT_EAMBIGUOUS.rawValue: throw GitError(.ambiguous(text, candidates: []), detail: detail)
      case GIT_EINVALIDSPEC.rawValue: throw GitError(.invalidName(text), detail: detail)
      default: throw GitError(.system, detail: detail)
      }
    }
    defer { unsafe git_object_free(object) }
    guard let id = unsafe git_object_id(object) else { throw GitError(.refNotFound(text)) }
    return try peeled(Self.id(unsafe id.pointee), name: text)
  }

  /// The whole name of the branch that `HEAD` stands on; `nil` where it is detached.
  package var headBranch: String? {
    var found: OpaquePointer?
    guard unsafe git_reference_lookup(&found, handle, "HEAD") == 0, let head = unsafe found
    else { return nil }
    defer { unsafe git_reference_free(head) }
    return unsafe Self.text(git_reference_symbolic_target(head))
  }
}

// What turns values of C into ours, and back.
extension Repository {
  private func readingError(_ code: Int32, _ id: ObjectID) -> GitError {
    let kind: GitError.Kind =
      code == GIT_ENOTFOUND.rawValue
      ? .objectMissing(id, partialClone: layout.isPartialClone) : .corrupt(id)
    return GitError(kind, detail: Library.lastMessage())
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

  private static func kind(_ kind: git_object_t) -> RawObject.Kind {
    switch kind {
    case GIT_OBJECT_COMMIT: .commit
    case GIT_OBJECT_TREE: .tree
    case GIT_OBJECT_BLOB: .blob
    default: .tag
    }
  }

  private static func oid(_ id: ObjectID) -> git_oid {
    var oid = git_oid()
    let bytes = id.bytes
    unsafe withUnsafeMutableBytes(of: &oid) { unsafe $0.copyBytes(from: bytes) }
    return oid
  }

  private static func id(_ oid: git_oid) -> ObjectID {
    unsafe withUnsafeBytes(of: oid) { buffer in
      ObjectID(
        high: UInt64(bigEndian: unsafe buffer.loadUnaligned(as: UInt64.self)),
        middle: UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt32(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      )
    }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }
}
