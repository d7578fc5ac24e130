internal import CGit2
internal import Glibc

/// One folder of a commit, as libgit2 reads it.
///
/// Its names are those that git itself would write: whole components in git's order, each once.
struct Tree {
  /// `nil` for the empty tree, whose object need not exist.
  private let handle: Handle?
  let count: Int

  static var empty: Self { Self() }

  private init() { (handle, count) = (nil, 0) }

  /// Takes a tree; `nil` where a name could not be in one, is there twice or in another order.
  init?(_ handle: Handle) {
    self.handle = handle
    count = unsafe git_tree_entrycount(handle.pointer)
    for index in 0..<count {
      guard isComponent(at: index), index == 0 || order(index - 1, in: self, index) < 0,
        !isFolderNamedLikeAFile(at: index)
      else { return nil }
    }
  }

  /// The entry at a position; `nil` where git does not know what its mode means.
  func entry(at index: Int) -> TreeEntry? {
    guard let entry = unsafe pointer(index), let name = unsafe git_tree_entry_name(entry),
      let id = unsafe git_tree_entry_id(entry)
    else { return nil }
    let number = unsafe git_tree_entry_filemode_raw(entry).rawValue
    guard let mode = TreeEntry.Mode(number: number) else { return nil }
    return unsafe TreeEntry(
      name: [UInt8](UnsafeRawBufferPointer(start: name, count: strlen(name))),
      mode: mode,
      id: ObjectID(id.pointee)
    )
  }

  /// The position of an entry by its whole name.
  func entry(named name: some Sequence<UInt8>) -> TreeEntry? {
    let name = Array(name)
    return (0..<count).lazy.first { hasName(name, at: $0) }.flatMap { entry(at: $0) }
  }

  /// How an entry compares with one of another tree in git's order, in which a folder's name ends
  /// in a slash.
  func order(_ index: Int, in other: Self, _ position: Int) -> Int32 {
    unsafe git_tree_entry_cmp(pointer(index), other.pointer(position))
  }

  /// Whether two entries of one name are the same.
  func isSame(_ index: Int, in other: Self, _ position: Int) -> Bool {
    let (left, right) = unsafe (pointer(index), other.pointer(position))
    return unsafe git_oid_equal(git_tree_entry_id(left), git_tree_entry_id(right)) == 1
      && git_tree_entry_filemode_raw(left) == git_tree_entry_filemode_raw(right)
  }

  private func pointer(_ index: Int) -> OpaquePointer? {
    unsafe handle.flatMap { unsafe git_tree_entry_byindex($0.pointer, index) }
  }

  private func hasName(_ name: [UInt8], at index: Int) -> Bool {
    guard let own = unsafe git_tree_entry_name(pointer(index)) else { return false }
    return unsafe strlen(own) == name.count && memcmp(own, name, name.count) == 0
  }

  private func isComponent(at index: Int) -> Bool {
    guard let name = unsafe git_tree_entry_name(pointer(index)) else { return false }
    return unsafe name.pointee != 0 && strchr(name, Int32(UInt8(ascii: "/"))) == nil
      && strcmp(name, ".") != 0 && strcmp(name, "..") != 0
  }

  /// Between the file `a` and the folder `a/` are only names that begin with `a`.
  private func isFolderNamedLikeAFile(at index: Int) -> Bool {
    let entry = unsafe pointer(index)
    guard unsafe git_tree_entry_type(entry) == GIT_OBJECT_TREE,
      let name = unsafe git_tree_entry_name(entry)
    else { return false }
    let length = unsafe strlen(name)
    for position in stride(from: index - 1, through: 0, by: -1) {
      guard let other = unsafe git_tree_entry_name(pointer(position)),
        unsafe strncmp(other, name, length) == 0
      else { return false }
      if unsafe strlen(other) == length { return true }
    }
    return false
  }
}

/// One line of a tree: a name and what it represents.
package struct TreeEntry: Hashable, Sendable {
  package var name: [UInt8]
  package var mode: Mode
  package var id: ObjectID

  package init(name: [UInt8], mode: Mode, id: ObjectID) {
    self.name = name
    self.mode = mode
    self.id = id
  }

  /// What an entry is, by the mode that git gives it.
  package enum Mode: Hashable, Sendable {
    case file
    case executable
    case symbolicLink
    case submodule
    case folder

    /// Takes the mode as its number, tolerating the permission bits that early versions of git
    /// wrote; a kind that git does not know is `nil`.
    init?(number: UInt32) {
      switch number & 0o170000 {
      case 0o100000: self = number & 0o100 == 0 ? .file : .executable
      case 0o120000: self = .symbolicLink
      case 0o160000: self = .submodule
      case 0o040000: self = .folder
      default: return nil
      }
    }

    /// True for what holds bytes of its own.
    package var isFile: Bool { self == .file || self == .executable }
  }
}

/// A file somewhere below a folder of a commit.
package struct TreeFile: Hashable, Sendable {
  /// Below the folder that was asked for.
  package var path: GitPath
  /// Never `folder`.
  package var mode: TreeEntry.Mode
  /// The blob; for a submodule the commit that it is at, which is in another repository.
  package var id: ObjectID

  package init(path: GitPath, mode: TreeEntry.Mode, id: ObjectID) {
    self.path = path
    self.mode = mode
    self.id = id
  }
}

/// One file that differs between two trees.
package struct TreeChange: Hashable, Sendable {
  /// Below the two trees that were compared.
  package var path: GitPath
  /// What was there before; `nil` where nothing was.
  package var old: TreeFile?
  /// What is there now, never equal to `old`; `nil` where nothing is.
  package var new: TreeFile?

  package init(path: GitPath, old: TreeFile?, new: TreeFile?) {
    self.path = path
    self.old = old
    self.new = new
  }
}
