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
      outline.files[change.path.description] = nil
      guard let new = change.new else { continue }
      let kind = FolderContents.Kind(new.mode)
      guard let path = contents.judge(change.path.bytes, kind: kind) else { continue }
      let bytes = try repository.blob(new.id, limit: DeclarationLimits().fileBytes)
      outline.files[path] = .init(blob: new.id, outline: FileOutline(of: bytes))
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
  /// The outline as bytes: numbers of four bytes, the least first, texts behind their length.
  var encoded: [UInt8] {
    var output = tree.bytes
    func write(_ number: Int, to output: inout [UInt8]) {
      for shift in [0, 8, 16, 24] { output.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    func write(_ text: [UInt8], to output: inout [UInt8]) {
      write(text.count, to: &output)
      output += text
    }
    write(files.count, to: &output)
    for (path, file) in files {
      write(Array(path.utf8), to: &output)
      output += file.blob.bytes
      write(file.outline.shared, to: &output)
      write(file.outline.domains.count, to: &output)
      for (domain, count) in file.outline.domains {
        write(Array(domain.utf8), to: &output)
        write(count, to: &output)
      }
      write(file.outline.addresses.count, to: &output)
      for address in file.outline.addresses { write(Int(address), to: &output) }
    }
    return output
  }

  /// Takes what `encoded` yielded; `nil` for anything else.
  init?(decoding bytes: [UInt8]) {
    var rest = bytes[...]
    func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= rest.count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func number() -> Int? {
      take(4).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }
    func text() -> String? {
      number().flatMap(take).flatMap { String(validating: $0, as: UTF8.self) }
    }
    func id() -> ObjectID? { take(ObjectID.byteCount).flatMap { ObjectID(bytes: $0) } }
    guard let tree = id(), let count = number() else { return nil }
    self.init(tree: tree)
    for _ in 0..<count {
      guard let path = text(), let blob = id(), let shared = number().flatMap(take),
        let domainCount = number()
      else { return nil }
      var domains: [String: Int] = [:]
      for _ in 0..<domainCount {
        guard let domain = text(), let count = number() else { return nil }
        domains[domain] = count
      }
      guard let addressCount = number(), let packed = take(addressCount * 4) else { return nil }
      var addresses: [UInt32] = []
      addresses.reserveCapacity(addressCount)
      var start = packed.startIndex
      while start < packed.endIndex {
        let low = UInt32(packed[start]) | UInt32(packed[start + 1]) << 8
        addresses.append(low | UInt32(packed[start + 2]) << 16 | UInt32(packed[start + 3]) << 24)
        start += 4
      }
      let outline = FileOutline(shared: Array(shared), domains: domains, addresses: addresses)
      files[path] = File(blob: blob, outline: outline)
    }
    guard rest.isEmpty else { return nil }
  }
}
