internal import Access
package import Git

/// What the files of a folder share, and who is a guest in which, so that a comparison reads only
/// the files that it needs.
package struct FolderOutline: Hashable, Sendable {
  /// The tree that the outline is of.
  package var tree: ObjectID
  /// The declarations below the folder, by path.
  package private(set) var files: [String: File]
  /// The domains of all guests, by their fingerprints.
  package private(set) var domains: [UInt32: String]

  /// A file, its guests packed: of a hundred thousand, hardly any is asked for.
  package struct File: Hashable, Sendable {
    /// The name of the version, as its bytes.
    package var id: ArraySlice<UInt8>
    /// The text without its guests.
    package var shared: ArraySlice<UInt8>
    /// Pairs of the fingerprint of a domain and the number of its guests.
    package var domains: PackedNumbers
    /// The fingerprints of the guests' addresses.
    package var addresses: PackedNumbers

    package init(
      id: ArraySlice<UInt8>,
      shared: ArraySlice<UInt8>,
      domains: PackedNumbers,
      addresses: PackedNumbers
    ) {
      self.id = id
      self.shared = shared
      self.domains = domains
      self.addresses = addresses
    }
  }

  package init(tree: ObjectID, files: [String: File] = [:], domains: [UInt32: String] = [:]) {
    (self.tree, self.files, self.domains) = (tree, files, domains)
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
        if let blob = blobs[path] { set(outline, of: blob, at: path) }
      }
    )
  }

  /// Puts what was read of a version of a file in the place of what was known of it; `nil` takes the
  /// file out.
  package mutating func set(_ outline: FileOutline?, of blob: ObjectID, at path: String) {
    guard let outline else {
      files[path] = nil
      return
    }
    var counts = PackedNumbers()
    for (domain, count) in outline.domains.sorted(by: { $0.key < $1.key }) {
      let fingerprint = FileOutline.fingerprint(of: domain)
      domains[fingerprint] = domain
      counts.append(fingerprint)
      counts.append(UInt32(clamping: count))
    }
    var addresses = PackedNumbers()
    for address in outline.addresses { addresses.append(address) }
    files[path] = File(
      id: blob.bytes[...],
      shared: outline.shared[...],
      domains: counts,
      addresses: addresses
    )
  }

  /// How many guests each domain has.
  func guests(besides changed: Set<String>) -> [String: Int] {
    var counts: [UInt32: Int] = [:]
    for (path, file) in files where !changed.contains(path) {
      for index in stride(from: 0, to: file.domains.count, by: 2) {
        counts[file.domains[index], default: 0] += Int(file.domains[index + 1])
      }
    }
    return counts.reduce(into: [:]) { named, count in
      if let domain = domains[count.key] { named[domain, default: 0] += count.value }
    }
  }

  /// The files that may have a guest with one of some addresses.
  func files(with addresses: Set<EmailAddress>) -> Set<String> {
    let wanted = Set(addresses.map { FileOutline.fingerprint(of: $0.normalised) })
    guard !wanted.isEmpty else { return [] }
    // Rules most fingerprints out without hashing them.
    var isPossible = [Bool](repeating: false, count: 1 << 16)
    for fingerprint in wanted { isPossible[Int(fingerprint & 0xFFFF)] = true }
    return files(where: { file in
      file.addresses.contains { isPossible[Int($0 & 0xFFFF)] && wanted.contains($0) }
    })
  }

  /// The files with guests whose domains fit.
  func files(withDomain fits: (String) -> Bool) -> Set<String> {
    let wanted = Set(domains.filter { fits($0.value) }.keys)
    return files(where: { file in
      stride(from: 0, to: file.domains.count, by: 2).contains { wanted.contains(file.domains[$0]) }
    })
  }

  private func files(where fits: (File) -> Bool) -> Set<String> {
    Set(files.filter { fits($0.value) }.keys)
  }
}

/// Numbers of four bytes, the least first, as they are kept.
package struct PackedNumbers: Hashable, Sendable {
  package private(set) var bytes: ArraySlice<UInt8>

  package init() { bytes = [] }

  /// Takes bytes; those beyond the last whole number are left.
  package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes.prefix(bytes.count / 4 * 4) }

  package var count: Int { bytes.count / 4 }

  package subscript(index: Int) -> UInt32 {
    let start = bytes.startIndex + index * 4
    return UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
      | UInt32(bytes[start + 3]) << 24
  }

  package mutating func append(_ number: UInt32) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }

  func contains(where fits: (UInt32) -> Bool) -> Bool {
    for index in 0..<count where fits(self[index]) { return true }
    return false
  }
}
