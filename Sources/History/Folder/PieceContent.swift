internal import Access
internal import Declarations
internal import Git

/// What one piece of a file declares.
///
/// A class, so that a piece which stays the same from one commit to the next is the same object.
final class PieceContent {
  let path: GitPath
  let identities: FileIdentities
  /// With the names of the folder looked up; lines are counted from the start of what was parsed.
  private(set) var entries: [EntryKey: SourcePlace] = [:]

  init(_ identities: FileIdentities, path: GitPath) {
    self.identities = identities
    self.path = path
  }

  /// Takes what the piece declares under other names.
  func replace(_ entries: [EntryKey: SourcePlace]) { self.entries = entries }

  /// True for what other pieces' entries depend on.
  var definesNames: Bool { !identities.names.isEmpty || identities.tenant != nil }

  /// What the piece says about each entry of its own.
  func statements(_ names: IdentityContext) -> [(key: EntryKey, statement: Statement)] {
    let guests = identities.guests.map {
      (EntryKey.guest($0.address), Statement(path: path, content: $0.content))
    }
    let grants = identities.holders.compactMap { holder in
      names.resource(holder.target).map { resource in
        (
          EntryKey.grant(GrantKey(guest: holder.guest, resource: resource)),
          Statement(path: path, content: holder.content)
        )
      }
    }
    return guests + grants
  }

  /// What the piece says about each address that is to be removed.
  var removals: [(guest: EmailAddress, statement: Statement)] {
    identities.removed.map { ($0.key, Statement(path: path, content: $0.value)) }
  }

  struct Statement: Hashable {
    var path: GitPath
    var content: [UInt8]
  }
}
