internal import CGit2
internal import FoundationEssentials
internal import Git

/// What must be true of reading any object: an input is the raw bytes of trees or commits, several
/// parted by `--`, of which each is written as both.
enum GitProperties {
  private static let folder = URL(
    filePath: "/dev/shm/guestlist-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
  )

  private typealias World = (repository: Repository, handle: OpaquePointer, objects: OpaquePointer)

  nonisolated(unsafe) private static var world: World?
  /// How many inputs the open repository has seen.
  nonisolated(unsafe) private static var age = 0

  /// The repository, opened anew from time to time: libgit2 keeps what it has read, up to 256 MiB.
  private static func open() -> World? {
    unsafe age += 1
    if let world = unsafe world, unsafe age < 20_000 { return unsafe world }
    if let (_, handle, objects) = unsafe world {
      unsafe git_odb_free(objects)
      unsafe git_repository_free(handle)
    }
    unsafe age = 0
    unsafe world = nil
    guard git_libgit2_init() > 0 else { return nil }
    var handle: OpaquePointer?
    guard unsafe git_repository_init(&handle, folder.path, 1) == 0, let handle = unsafe handle
    else { return nil }
    var objects: OpaquePointer?
    guard unsafe git_repository_odb(&objects, handle) == 0, let objects = unsafe objects,
      let repository = try? Repository(at: folder.path)
    else { return nil }
    // What inputs may refer to: the empty blob and the empty tree.
    _ = unsafe write([], GIT_OBJECT_BLOB, to: objects)
    _ = unsafe write([], GIT_OBJECT_TREE, to: objects)
    unsafe world = unsafe (repository, handle, objects)
    return unsafe world
  }

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    guard let (repository, _, objects) = unsafe open() else {
      preconditionFailure("no repository to fuzz in")
    }
    let parts = bytes.split(separator: Array("--".utf8), maxSplits: 3)
    var trees: [ObjectID] = []
    var written: [ObjectID] = []
    for part in parts {
      if let tree = unsafe write(part, GIT_OBJECT_TREE, to: objects) { trees.append(tree) }
      guard let commit = unsafe write(part, GIT_OBJECT_COMMIT, to: objects) else { continue }
      written.append(commit)
      check(commit: commit, of: part.count, in: repository)
    }
    for tree in trees {
      check(tree: tree, in: repository)
      for other in trees { _ = try? repository.changes(from: tree, to: other) }
    }
    for id in trees + written { remove(id) }
  }

  private static func check(tree: ObjectID, in repository: Repository) {
    if let entries = try? repository.entries(of: tree) {
      precondition(Set(entries.map(\.name)).count == entries.count, "a name stands twice")
      for entry in entries {
        precondition(
          !entry.name.isEmpty && !entry.name.contains(UInt8(ascii: "/")),
          "a name that leads elsewhere"
        )
      }
    }
    if let files = try? repository.files(in: tree) {
      precondition(
        zip(files, files.dropFirst()).allSatisfy { $0.path < $1.path },
        "files out of order"
      )
    }
  }

  private static func check(commit: ObjectID, of count: Int, in repository: Repository) {
    if let read = try? repository.commit(commit) {
      _ = (read.subject, read.trailers)
      _ = try? repository.folder(GitPath("desired-state") ?? .root, in: read)
      _ = try? repository.firstParents(from: commit)
      _ = try? repository.commits(mergedBy: read)
    }
    if let split = try? repository.signature(of: commit) {
      precondition(split.payload.count + split.signature.count < count, "more than there was")
    }
  }

  private static func write(
    _ bytes: some Collection<UInt8>,
    _ kind: git_object_t,
    to objects: OpaquePointer
  ) -> ObjectID? {
    var oid = git_oid()
    let bytes = Array(bytes)
    guard unsafe git_odb_write(&oid, objects, bytes, bytes.count, kind) == 0 else { return nil }
    return unsafe withUnsafeBytes(of: oid) { unsafe ObjectID(bytes: Array($0)) }
  }

  /// Deletes an object, so that the folder does not grow.
  private static func remove(_ id: ObjectID) {
    guard id.hex != "4b825dc642cb6eb9a060e54bf8d69288fbee4904" else { return }
    let path = "objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    try? FileManager.default.removeItem(at: folder.appending(path: path))
  }
}
