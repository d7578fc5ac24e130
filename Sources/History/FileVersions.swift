internal import Declarations
internal import Git

/// Reads what the versions of files declare, each once.
///
/// A class, so that what one folder's state has read is there for the others.
final class FileVersions {
  let repository: Repository
  private let store: HistoryStore?
  private let reader = IdentityReader()
  /// The versions that were read lately.
  private var read: [ObjectID: FileIdentities] = [:]
  private var size = 0

  /// What no commit of use exceeds, in bytes.
  private static let largestFile = 64 << 20
  /// How many people the versions that are held declare together.
  private static let most = 20_000

  init(in repository: Repository, store: HistoryStore?) {
    self.repository = repository
    self.store = store
  }

  /// Reads a version of a file.
  /// - Throws: `objectMissing`, `corrupt`, `tooLarge`.
  func identities(of blob: ObjectID) throws(GitError) -> FileIdentities {
    if let known = read[blob] { return known }
    let identities: FileIdentities
    if let kept = store?.file(blob) {
      identities = kept
    } else {
      identities = reader.identities(of: try repository.blob(blob, limit: Self.largestFile))
    }
    size += identities.people.count + 1
    if size > Self.most { (read, size) = ([:], identities.people.count + 1) }
    read[blob] = identities
    return identities
  }
}
