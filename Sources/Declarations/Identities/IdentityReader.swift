package import Access
internal import Unicode
internal import YAML

/// Reads only identities, leniently, so that old commits still count after the format grew: unknown
/// keys, later versions and broken entries are passed over.
package struct IdentityReader: Sendable {
  private let reader: YAMLReader

  package init(limits: DeclarationLimits = DeclarationLimits()) {
    reader = YAMLReader(limits: limits.yaml)
  }

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
    let read = files.sorted { $0.path < $1.path }.map { identities(of: $0) }
    let context = IdentityContext(read.map(\.names))
    var entries: [EntryKey: SourcePlace] = [:]
    for file in read { entries.merge(context.entries(of: file)) { first, _ in first } }
    return Identities(
      fault: read.lazy.compactMap(\.fault).first,
      tenant: read.lazy.compactMap(\.tenant).first,
      formerly: read.flatMap(\.formerly),
      entries: entries
    )
  }

  /// Reads one file; what it gives depends on its path and bytes alone.
  package func identities(of file: SourceFile) -> FileIdentities {
    let reading = reader.read(file.bytes)
    guard let document = reading.document else {
      var identities = FileIdentities()
      let offset = reading.faults.first?.offset ?? 0
      let (line, column) = reading.text.position(of: offset)
      identities.fault = "\(file.path):\(line):\(column) is not readable"
      return identities
    }
    var decoder = IdentityDecoder(document: document, path: file.path)
    decoder.decode()
    return decoder.identities
  }
}
