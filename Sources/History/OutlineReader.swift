package import Declarations
package import Git

/// Keeps the outline of a folder from one comparison to the next, at the cost of the files that
/// changed in between.
package struct OutlineReader: Sendable {
  private let cache: HistoryCache?

  /// Takes where outlines are kept; without it every one is made anew.
  package init(cache: HistoryCache?) { self.cache = cache }

  /// The kept outline, moved on to a tree of the folder; `nil` where none is kept that is near.
  /// - Throws: `objectMissing`, `corrupt`.
  package func kept(
    of folder: GitPath,
    at tree: ObjectID,
    in repository: Repository
  ) throws(GitError) -> FolderOutline? {
    let scope = HistoryCache.scope(of: folder)
    guard let store = cache?.open(), var outline = store.outline(of: scope) else { return nil }
    if outline.tree == tree { return outline }
    // The tree may be one of another repository.
    guard let changes = try? repository.changes(from: outline.tree, to: tree),
      changes.count <= max(20, outline.files.count / 4)
    else { return nil }
    var contents = FolderContents()
    for change in changes {
      guard let new = change.new else {
        outline.set(nil, of: tree, at: change.path.description)
        continue
      }
      let kind = FolderContents.Kind(new.mode)
      guard let path = contents.judge(change.path.bytes, kind: kind) else { continue }
      let bytes = try repository.blob(new.id, limit: DeclarationLimits().fileBytes)
      outline.set(FileOutline(of: bytes), of: new.id, at: path)
    }
    guard contents.findings.isEmpty else { return nil }
    outline.tree = tree
    store.keep(outline, of: scope)
    return outline
  }

  /// Keeps an outline that was made anew.
  package func keep(_ outline: FolderOutline, of folder: GitPath) {
    cache?.open()?.keep(outline, of: HistoryCache.scope(of: folder))
  }
}

extension FolderOutline {
  /// The outline as bytes: everything behind its length.
  var encoded: [UInt8] {
    var output = PackedNumbers()
    for (fingerprint, _) in domains { output.append(fingerprint) }
    var bytes = tree.bytes
    func write(_ part: some Collection<UInt8>) {
      var count = PackedNumbers()
      count.append(UInt32(clamping: part.count))
      bytes += count.bytes
      bytes += part
    }
    write(output.bytes)
    for (_, domain) in domains { write(Array(domain.utf8)) }
    for (path, file) in files {
      write(Array(path.utf8))
      write(file.id)
      write(file.shared)
      write(file.domains.bytes)
      write(file.addresses.bytes)
    }
    return bytes
  }

  /// Takes what `encoded` yielded; `nil` for anything else.
  init?(decoding bytes: [UInt8]) {
    var rest = bytes[...]
    func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= rest.count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func part() -> ArraySlice<UInt8>? {
      take(4).flatMap { take(Int(PackedNumbers($0)[0])) }
    }
    func text() -> String? { part().flatMap { String(validating: $0, as: UTF8.self) } }
    guard let tree = take(ObjectID.byteCount).flatMap({ ObjectID(bytes: $0) }),
      let fingerprints = part().map({ PackedNumbers($0) })
    else { return nil }
    var domains: [UInt32: String] = [:]
    for index in 0..<fingerprints.count {
      guard let domain = text() else { return nil }
      domains[fingerprints[index]] = domain
    }
    var files: [String: File] = [:]
    while !rest.isEmpty {
      guard let path = text(), let id = part(), let shared = part(), let counts = part(),
        let addresses = part()
      else { return nil }
      files[path] = File(
        id: id,
        shared: shared,
        domains: PackedNumbers(counts),
        addresses: PackedNumbers(addresses)
      )
    }
    self.init(tree: tree, files: files, domains: domains)
  }
}
