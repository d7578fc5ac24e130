internal import Declarations
internal import Git

/// Reads what the versions of files declare, each once.
///
/// A class, so that what one folder's state has read is there for the others.
final class FileVersions {
  let repository: Repository
  private let store: HistoryStore?
  private let limits: DeclarationLimits
  private let reader: IdentityReader
  /// The versions that were read lately, and how many people they declare together.
  private var read: [ObjectID: FileIdentities] = [:]
  private var size = 0
  /// What may still be read of one commit.
  private var remaining = (files: 0, bytes: 0)

  private static let most = 20_000

  init(in repository: Repository, store: HistoryStore?, limits: DeclarationLimits) {
    self.repository = repository
    self.store = store
    self.limits = limits
    reader = IdentityReader(limits: limits)
  }

  /// Begins to read a commit, of which no more is read than could be applied.
  func begin() { remaining = (limits.files, limits.bytes) }

  /// Reads a version of a file.
  /// - Throws: `objectMissing`, `corrupt`, `tooLarge`, also where the files of the commit are too large together, and
  ///   `tooManyFiles`.
  func identities(of blob: ObjectID) throws(GitError) -> FileIdentities {
    remaining.files -= 1
    guard remaining.files >= 0 else { throw GitError(.tooManyFiles(limit: limits.files)) }
    if let known = read[blob] { return known }
    let identities: FileIdentities
    if let kept = store?.file(blob) {
      identities = kept
    } else {
      let bytes = try repository.blob(blob, limit: min(limits.fileBytes, remaining.bytes))
      remaining.bytes -= bytes.count
      identities = reader.identities(of: bytes)
    }
    size += identities.people.count + 1
    if size > Self.most { (read, size) = ([:], identities.people.count + 1) }
    read[blob] = identities
    return identities
  }
}
