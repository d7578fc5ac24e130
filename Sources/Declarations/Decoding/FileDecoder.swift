internal import Access
internal import YAML

/// Turns the document of one file into what it declares, and everything that is wrong into findings.
///
/// It goes as deep as the schema does, whatever the document's depth is.
struct FileDecoder {
  let document: Document
  let path: String
  let file: Int32
  let unbuilt: UnbuiltKeys
  var declared: FileDeclarations
  /// A suggestion compares with every key there is, so that their number has to have an end.
  private var suggestions = 20
  /// True where `guests` is a key that counts.
  private(set) var hasGuests = false
  /// Whom what is found now stops.
  var scope: Finding.Scope = .repository

  init(
    document: Document,
    path: String,
    file: Int,
    unbuilt: UnbuiltKeys,
    sink: FindingSink = FindingSink(limit: FindingSink.mostOfFile)
  ) {
    self.document = document
    self.path = path
    self.file = Int32(truncatingIfNeeded: file)
    self.unbuilt = unbuilt
    declared = FileDeclarations(path: path, text: document.text)
    declared.sink = sink
  }

  /// Decodes the items of a list of guests.
  mutating func guests(_ items: some Sequence<Node>) {
    hasGuests = true
    for item in items { guest(item) }
  }

  func mark(_ node: Node) -> Mark {
    let range = document.range(of: node)
    return Mark(
      file: file,
      offset: UInt32(truncatingIfNeeded: range.lowerBound),
      length: UInt32(truncatingIfNeeded: range.count)
    )
  }

  func place(_ node: Node) -> SourcePlace { declared.text.place(mark(node), in: path) }

  /// Adds a finding at a node.
  mutating func report(
    _ rule: DeclarationRule,
    _ severity: Finding.Severity,
    _ message: String,
    at node: Node,
    suggestion: String? = nil,
    related: [Node] = []
  ) {
    declared.sink.add(
      Finding(
        rule,
        severity,
        message,
        at: mark(node),
        in: declared.text,
        path: path,
        suggestion: suggestion,
        related: related.map { place($0) },
        scope: scope
      )
    )
  }

  /// Adds an error at a node.
  mutating func report(
    _ rule: DeclarationRule,
    _ message: String,
    at node: Node,
    suggestion: String? = nil,
    related: [Node] = []
  ) {
    report(rule, .error, message, at: node, suggestion: suggestion, related: related)
  }

  /// The known keys of a mapping in the order in which they stand, with whatever is wrong about the
  /// others reported; `nil` where the node is no mapping.
  mutating func fields<Key: SectionKeys>(
    of node: Node,
    _ type: Key.Type
  ) -> [(key: Key, value: Node)]? {
    guard document.kind(of: node) == .mapping else {
      report(.wrongKind, "`\(Key.title)` must be a mapping of keys and values", at: node)
      return nil
    }
    let table = Key.table
    var found: [(key: Key, value: Node)] = []
    found.reserveCapacity(8)
    var seen: UInt64 = 0
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      guard let index = table.index(of: document.bytes(of: name)) else {
        reportUnknown(name, Key.self)
        continue
      }
      let bit = UInt64(1) << UInt64(index)
      if seen & bit != 0 {
        report(.duplicateKey, "`\(document.string(of: name))` stands twice", at: name)
        continue
      }
      seen |= bit
      if unbuilt.contains(table.keys[index]) {
        report(
          .unbuiltKey,
          "`\(document.string(of: name))` is not carried out by this version",
          at: name,
          suggestion: "take it out, or use a version that knows it"
        )
        continue
      }
      found.append((table.keys[index], value))
    }
    if table.required & ~seen != 0 {
      for (index, key) in table.keys.enumerated()
      where table.required & ~seen & (UInt64(1) << UInt64(index)) != 0 {
        report(.missingKey, "`\(Key.title)` needs `\(key.rawValue)`", at: node)
      }
    }
    return found
  }

  private mutating func reportUnknown<Key: SectionKeys>(_ name: Node, _ type: Key.Type) {
    // A merge key has its own finding.
    if document.isPlain(name), document.value(of: name, is: "<<") { return }
    let text = shown(name)
    suggestions -= 1
    report(
      .unknownKey,
      "`\(text)` is no key of `\(Key.title)`",
      at: name,
      suggestion: (suggestions < 0
        ? nil : Suggestion.sentence(for: text, among: Key.allCases.map(\.rawValue)))
        ?? "its keys are \(Key.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))"
    )
  }

  /// The names and values of a mapping whose names are free, none of them twice.
  mutating func named(_ node: Node, _ what: String) -> [(name: Node, value: Node)] {
    if isEmpty(node) { return [] }
    guard document.kind(of: node) == .mapping else {
      report(.wrongKind, "`\(what)` must be a mapping of names", at: node)
      return []
    }
    var found: [(name: Node, value: Node)] = []
    var seen: [ArraySlice<UInt8>: Node] = [:]
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      let bytes = document.bytes(of: name)
      if let first = seen[bytes] {
        report(.duplicateKey, "`\(shown(name))` stands twice", at: name, related: [first])
        continue
      }
      seen[bytes] = name
      found.append((name, value))
    }
    return found
  }

  /// The items of a list.
  mutating func items(_ node: Node, _ what: String) -> [Node] {
    if isEmpty(node) { return [] }
    guard document.kind(of: node) == .sequence else {
      report(.wrongKind, "`\(what)` must be a list", at: node)
      return []
    }
    return Array(document.children(of: node))
  }

  /// A key with nothing behind it.
  func isEmpty(_ node: Node) -> Bool {
    document.kind(of: node) == .scalar && document.isPlain(node)
      && document.bytes(of: node).isEmpty
  }

  /// The text of a scalar, cut for a message.
  func shown(_ node: Node) -> String {
    let bytes = document.bytes(of: node)
    guard bytes.count > 80 else { return document.string(of: node) }
    return String(document.string(of: node).prefix(80)) + "…"
  }
}
