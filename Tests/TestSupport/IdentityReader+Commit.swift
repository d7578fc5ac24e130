package import Access
package import Declarations

/// Reads commits whole, which the history reads change by change.
extension IdentityReader {
  /// Everything that the files of one commit declare.
  package struct Identities: Hashable, Sendable {
    /// The first fault for which a file cannot be read, with its path.
    package var fault: String?
    package var tenant: TenantID?
    package var formerly: [String]
    package var entries: [EntryKey: SourcePlace]
  }

  /// Reads all files of a commit at once.
  package func entries(in files: [SourceFile]) -> Identities {
    let read = files.sorted { $0.path < $1.path }.map { ($0.path, identities(of: $0.bytes)) }
    let context = IdentityContext(read.map(\.1.names))
    var entries: [EntryKey: SourcePlace] = [:]
    for (path, file) in read {
      for entry in file.people.lazy.flatMap({ context.entries(of: $0) }) {
        let place = SourcePlace(path, entry.position)
        entries[entry.key] = min(entries[entry.key] ?? place, place)
      }
    }
    let fault = read.lazy.compactMap { path, file in file.fault.map { SourcePlace(path, $0) } }
      .first
    return Identities(
      fault: fault.map { "\($0) is not readable" },
      tenant: read.lazy.compactMap(\.1.tenant).first,
      formerly: read.flatMap(\.1.formerly),
      entries: entries
    )
  }
}
