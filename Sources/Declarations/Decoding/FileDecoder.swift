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
  /// What an error that is found now stops.
  var scope: Finding.Scope = .repository
  /// The first error in what is being decoded.
  private(set) var fault: String?
  /// The keys that the last mapping has and should not have.
  private(set) var strangers: [(key: Node, value: Node)] = []

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

  /// Decodes a part, and yields the first error in it, which is none of what is around it.
  mutating func isolated<Value>(_ decode: (inout Self) -> Value) -> (value: Value, fault: String?) {
    let outer = fault
    fault = nil
    defer { fault = outer }
    let value = decode(&self)
    return (value, fault)
  }

  /// Adds a finding at a node.
  mutating func report(
    _ rule: DeclarationRule,
    _ severity: Finding.Severity,
    _ message: String,
    at node: Node,
    suggestion: String? = nil,
    related: [Node] = [],
    scope: Finding.Scope? = nil
  ) {
    if severity == .error, fault == nil { fault = message }
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
        scope: scope ?? self.scope
      )
    )
  }

  /// Adds an error at a node.
  mutating func report(
    _ rule: DeclarationRule,
    _ message: String,
    at node: Node,
    suggestion: String? = nil,
    related: [Node] = [],
    scope: Finding.Scope? = nil
  ) {
    report(rule, .error, message, at: node, suggestion: suggestion, related: related, scope: scope)
  }

  /// What a key stops that is not as it should be: outside an entry the commit, since it may be a
  /// mistyped `protected`.
  private var keyScope: Finding.Scope {
    if case .entry = scope { scope } else { .repository }
  }

  /// The known keys of a mapping in the order in which they stand, with whatever is wrong about the
  /// others reported; `nil` where the node is no mapping.
  mutating func fields<Key: SectionKeys>(
    of node: Node,
    _ type: Key.Type
  ) -> [(key: Key, value: Node)]? {
    guard document.kind(of: node) == .mapping else {
      report(.wrongKind, "\(Key.what) must be a mapping of keys and values", at: node)
      return nil
    }
    let table = Key.table
    var found: [(key: Key, value: Node)] = []
    found.reserveCapacity(8)
    var seen: UInt64 = 0
    strangers = []
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      guard let index = table.index(of: document.bytes(of: name)) else {
        reportUnknown(name, Key.self)
        strangers.append((name, value))
        continue
      }
      let bit = UInt64(1) << UInt64(index)
      if seen & bit != 0 {
        report(
          .duplicateKey,
          "duplicate key `\(document.string(of: name))`",
          at: name,
          scope: keyScope
        )
        strangers.append((name, value))
        continue
      }
      seen |= bit
      if unbuilt.contains(table.keys[index]) {
        report(
          .unbuiltKey,
          "`\(document.string(of: name))` is not supported by this version",
          at: name,
          suggestion: "remove the key, or use a version that supports it",
          scope: keyScope
        )
        continue
      }
      found.append((table.keys[index], value))
    }
    if table.required & ~seen != 0 {
      for (index, key) in table.keys.enumerated()
      where table.required & ~seen & (UInt64(1) << UInt64(index)) != 0 {
        report(.missingKey, "\(Key.what) needs `\(key.rawValue)`", at: node)
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
      "unknown key `\(text)` in \(Key.what)",
      at: name,
      suggestion: unknownKeyHint(text, Key.self),
      scope: keyScope
    )
  }

  private mutating func unknownKeyHint<Key: SectionKeys>(
    _ text: String,
    _ type: Key.Type
  ) -> String? {
    let names = Key.allCases.map(\.rawValue)
    suggestions -= 1
    let near = suggestions < 0 ? nil : Suggestion.sentence(for: text, among: names)
    return near ?? "its keys are \(names.map { "`\($0)`" }.joined(separator: ", "))"
  }

  /// The names and values of a mapping whose names are free; `contents` says what it maps.
  ///
  /// A name that stands twice is for the caller to find where it may also stand in two files.
  mutating func named(
    _ node: Node,
    _ what: String,
    _ contents: String,
    mayRepeat: Bool = false
  ) -> [(name: Node, value: Node)] {
    if isEmpty(node) { return [] }
    guard document.kind(of: node) == .mapping else {
      report(.wrongKind, "`\(what)` must map \(contents)", at: node, scope: keyScope)
      return []
    }
    var found: [(name: Node, value: Node)] = []
    var seen: [ArraySlice<UInt8>: Node] = [:]
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      let bytes = document.bytes(of: name)
      if !mayRepeat, let first = seen[bytes] {
        report(
          .duplicateKey,
          "duplicate key `\(shown(name))`",
          at: name,
          related: [first],
          scope: keyScope
        )
        continue
      }
      seen[bytes] = name
      found.append((name, value))
    }
    return found
  }

  /// The items of a list; one value is a list of one.
  func items(_ node: Node) -> [Node] {
    if isEmpty(node) { return [] }
    return document.kind(of: node) == .sequence ? Array(document.children(of: node)) : [node]
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
