package import Access
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

  /// Reads one file.
  package func identities(of bytes: [UInt8]) -> FileIdentities {
    let reading = reader.read(bytes)
    guard let document = reading.document else {
      let (line, column) = reading.text.position(of: reading.faults.first?.offset ?? 0)
      var identities = FileIdentities()
      identities.fault = FileIdentities.Position(line: line, column: column)
      return identities
    }
    return FileIdentities(FileDeclarations(document, identitiesOnly: true))
  }
}

extension SourcePlace {
  /// A place in a file of the folder.
  package init(_ file: String, _ position: FileIdentities.Position) {
    self.init(file: file, line: position.line, column: position.column)
  }
}
