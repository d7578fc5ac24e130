internal import Access
package import Git

/// What the files of a folder share, and who is a guest in which, so that a comparison reads only
/// the files that it needs.
package struct FolderOutline: Hashable, Sendable {
  /// The tree that the outline is of.
  package var tree: ObjectID
  /// The declarations below the folder, by path.
  package var files: [String: File]

  package struct File: Hashable, Sendable {
    package var blob: ObjectID
    package var outline: FileOutline

    package init(blob: ObjectID, outline: FileOutline) {
      (self.blob, self.outline) = (blob, outline)
    }
  }

  package init(tree: ObjectID, files: [String: File] = [:]) {
    (self.tree, self.files) = (tree, files)
  }

  /// Reads every file of a folder; `nil` where something is wrong with the folder itself.
  package init?(of contents: FolderContents, blobs: [String: ObjectID], tree: ObjectID) async {
    guard contents.findings.isEmpty else { return nil }
    self.init(tree: tree)
    var sources = contents.files.makeIterator()
    await SideBySide.transform(
      { sources.next() },
      { ($0.path, FileOutline(of: $0.bytes)) },
      take: { path, outline in
        if let blob = blobs[path] { files[path] = File(blob: blob, outline: outline) }
      }
    )
  }

  /// How many guests each domain has.
  func guests(besides changed: Set<String>) -> [String: Int] {
    files.reduce(into: [:]) { counts, file in
      guard !changed.contains(file.key) else { return }
      counts.merge(file.value.outline.domains, uniquingKeysWith: +)
    }
  }

  /// The files that may have a guest with one of some addresses.
  func files(with addresses: Set<EmailAddress>) -> Set<String> {
    let wanted = Set(addresses.map { FileOutline.fingerprint(of: $0) })
    guard !wanted.isEmpty else { return [] }
    // Most fingerprints are nobody's that is looked for, and this says so without hashing them.
    var isPossible = [Bool](repeating: false, count: 1 << 16)
    for fingerprint in wanted { isPossible[Int(fingerprint & 0xFFFF)] = true }
    return Set(
      files.lazy.filter { file in
        file.value.outline.addresses.contains {
          isPossible[Int($0 & 0xFFFF)] && wanted.contains($0)
        }
      }.map(\.key)
    )
  }

  /// The files with guests whose domains fit.
  func files(withDomain fits: (String) -> Bool) -> Set<String> {
    Set(files.filter { $0.value.outline.domains.keys.contains(where: fits) }.keys)
  }
}
