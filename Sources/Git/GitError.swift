/// Why something could not be read from a repository.
package struct GitError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What libgit2 said, where it said anything: for people, never branched on.
  package var detail: String?

  package init(_ kind: Kind, detail: String? = nil) {
    self.kind = kind
    self.detail = detail
  }

  package enum Kind: Hashable, Sendable {
    /// There is no repository at the path or above it.
    case notARepository(path: String)
    /// The repository belongs to another user of the machine, and git's own rule refuses it.
    case notOwned(path: String)
    /// The repository names its objects by something else than SHA-1.
    case unsupportedObjectFormat(String)
    /// The repository's format has an extension that the reader does not know.
    case unsupportedExtension(String)
    /// No ref, or no revision, has this name.
    case refNotFound(String)
    /// The repository has no commit yet on the branch of this name.
    case unborn(String)
    /// The name fits several things, which are listed.
    case ambiguous(String, candidates: [String])
    /// The name cannot be that of a ref or a revision.
    case invalidName(String)
    /// The revision exists and does not lead to a commit.
    case notACommit(String)
    /// The commit has no such folder.
    case folderNotFound(folder: String, commit: ObjectID)
    /// Something refers to an object that is not in the repository.
    case objectMissing(ObjectID, partialClone: Bool)
    /// An object cannot be read, or is not what its name says.
    case corrupt(ObjectID)
    /// An object is larger than the caller wants to hold.
    case tooLarge(ObjectID, bytes: Int)
    /// A tree holds more files than the limit.
    case tooManyFiles(limit: Int)
    /// A tree holds more folders inside folders than the limit.
    case tooDeep(limit: Int)
    /// A tree holds a path of more bytes than the limit.
    case pathTooLong(limit: Int)
    /// The operating system, or libgit2 itself, failed.
    case system
  }
}

extension GitError {
  /// True where everything is there, and is more than anybody should declare.
  package var isTooMuch: Bool {
    switch kind {
    case .tooLarge, .tooManyFiles, .tooDeep, .pathTooLong: true
    default: false
    }
  }
}

extension GitError: CustomStringConvertible {
  /// The failure in a sentence, without its hint.
  package var description: String {
    switch kind {
    case .notARepository(let path): "`\(path)` is not in a git repository"
    case .notOwned(let path): "the repository at `\(path)` belongs to another user"
    case .unsupportedObjectFormat(let format):
      "the repository uses the object format `\(format)`, and only `sha1` can be read"
    case .unsupportedExtension(let name):
      "the repository uses the extension `\(name)`, which cannot be read"
    case .refNotFound(let name): "unknown ref or revision `\(name)`"
    case .unborn(let name): "branch `\(name.split(separator: "/").last ?? "")` has no commit yet"
    case .ambiguous(let name, let candidates):
      "`\(name)` is ambiguous: it can be "
        + candidates.map { "`\($0)`" }.joined(separator: " or ")
    case .invalidName(let name): "`\(name)` is not a name of a ref or revision"
    case .notACommit(let name): "`\(name)` is not a commit"
    case .folderNotFound(let folder, let commit):
      "there is no folder `\(folder)` in commit \(commit.short)"
    case .objectMissing(let id, _): "object \(id) is missing from the repository"
    case .corrupt(let id): "object \(id) is corrupt"
    case .tooLarge(let id, let bytes): "object \(id) is too large (\(bytes) bytes)"
    case .tooManyFiles(let limit): "the folder holds more than \(limit) files"
    case .tooDeep(let limit): "the folder is nested more than \(limit) levels deep"
    case .pathTooLong(let limit): "the folder holds a path longer than \(limit) bytes"
    case .system: "reading the repository failed" + (detail.map { ": \($0)" } ?? "")
    }
  }

  /// What to do about it, as the command to run or the change to make; `nil` where nothing general
  /// can be said.
  package var hint: String? {
    switch kind {
    case .notOwned(let path): "run `git config --global --add safe.directory \(Self.quoted(path))`"
    case .unsupportedObjectFormat: "use a repository made with `git init --object-format=sha1`"
    case .ambiguous(_, let candidates):
      candidates.first.map { "spell the whole name, like `\($0)`" }
    case .objectMissing(_, partialClone: true):
      "this is a partial clone; run `git fetch --refetch --no-filter` to fetch everything"
    case .objectMissing, .corrupt: "run `git fsck`, and fetch or clone the repository again"
    default: nil
    }
  }

  /// A path as one word of a shell command.
  private static func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy {
      ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "-") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "_")
    }
    guard !plain || path.isEmpty else { return path }
    return "'"
      + path.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
