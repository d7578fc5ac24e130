internal import Access
internal import YAML

/// Reads the document of one file, and reports everything that is wrong in it.
///
/// It goes as deep as the keys do, whatever the document's depth is.
struct FileDecoder {
  let document: Document
  let path: String
  let file: Int32
  /// True for history, which reads only who is declared and what is given, and reports nothing.
  let readsIdentitiesOnly: Bool
  var sink = FindingSink(limit: FindingSink.mostOfFile)
  /// False where the file, or one of its sections, cannot be read: a name that no file has may be
  /// there.
  var isComplete = true
  /// What an error that is found now stops.
  var scope: Finding.Scope = .repository
  /// The first error in what is being read.
  private(set) var fault: String?
  /// The keys that the last mapping has and should not have.
  private(set) var strangers: [(key: Node, value: Node)] = []
  /// The address of the entry that is being read.
  var entry: (node: Node, address: EmailAddress)?
  /// Finding a near name takes a comparison with every key, so only so many are looked for.
  private var suggestions = 20

  init(document: Document, path: String = "", file: Int = 0, identitiesOnly: Bool = false) {
    self.document = document
    self.path = path
    self.file = Int32(truncatingIfNeeded: file)
    readsIdentitiesOnly = identitiesOnly
  }

  /// A key of a mapping, by its position in the section, and its value.
  typealias Field = (key: Int, value: Node)

  func mark(_ node: Node) -> Mark {
    let range = document.range(of: node)
    return Mark(
      file: file,
      offset: UInt32(truncatingIfNeeded: range.lowerBound),
      length: UInt32(truncatingIfNeeded: range.count)
    )
  }

  func place(_ node: Node) -> SourcePlace { document.text.place(mark(node), in: path) }

  /// Reads a part, and yields the first error in it, which does not count for what is around it.
  mutating func isolated<Value>(_ read: (inout Self) -> Value) -> (value: Value, fault: String?) {
    let outer = fault
    fault = nil
    defer { fault = outer }
    let value = read(&self)
    return (value, fault)
  }

  /// Adds a finding at a node.
  mutating func report(
    _ rule: DeclarationRule,
    _ message: String,
    at node: Node,
    severity: Finding.Severity = .error,
    hint: String? = nil,
    related: [Node] = [],
    scope: Finding.Scope? = nil
  ) {
    if readsIdentitiesOnly { return }
    if severity == .error, fault == nil { fault = message }
    sink.add(
      Finding(
        rule,
        severity,
        message,
        at: mark(node),
        in: document.text,
        path: path,
        hint: hint,
        related: related.map { place($0) },
        scope: scope ?? self.scope
      )
    )
  }

  /// What a wrong key stops: outside an entry the commit, since it may be a mistyped `protected`.
  private var keyScope: Finding.Scope {
    if case .entry = scope { scope } else { .repository }
  }

  /// The known keys of a mapping in the order in which they are written, with whatever is wrong
  /// about the others reported; `nil` where the node is not a mapping.
  mutating func fields(of node: Node, _ section: SectionDefinition) -> [Field]? {
    guard document.kind(of: node) == .mapping else {
      let isText = document.kind(of: node) == .scalar && !isEmpty(node)
      report(
        .wrongKind,
        "\(section.what) must be a mapping of keys and values",
        at: node,
        hint: section.keys.first { $0.isRequired && isText }
          .map { "give it keys, as in `\($0.name): …`" } ?? section.hint
      )
      return nil
    }
    var found: [Field] = []
    found.reserveCapacity(8)
    var seen: UInt64 = 0
    var meant: Set<String> = []
    strangers = []
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      guard let index = section.index(of: document.bytes(of: name)) else {
        if let key = reportUnknown(name, section) { meant.insert(key) }
        strangers.append((name, value))
        continue
      }
      let bit = UInt64(1) << UInt64(index)
      if seen & bit != 0 {
        let key = section.keys[index].name
        report(
          .duplicateKey,
          "duplicate key `\(key)`",
          at: name,
          related: first(name, in: node),
          scope: keyScope
        )
        strangers.append((name, value))
        continue
      }
      seen |= bit
      let key = section.keys[index]
      guard key.isSupported else {
        report(
          .unbuiltKey,
          "`\(key.name)` is not supported by this version",
          at: name,
          hint: "remove it, or update guestlist",
          scope: keyScope
        )
        continue
      }
      if readsIdentitiesOnly, !key.isIdentity { continue }
      found.append((index, value))
    }
    if section.required & ~seen != 0, !readsIdentitiesOnly {
      reportMissing(section, but: seen, meant: meant, in: node)
    }
    return found
  }

  /// Reports missing keys, unless an unknown key was reported that is probably the one that is
  /// missing.
  private mutating func reportMissing(
    _ section: SectionDefinition,
    but seen: UInt64,
    meant: Set<String>,
    in node: Node
  ) {
    let missing = section.keys.indices.filter { index in
      (section.required & ~seen) & (1 << UInt64(index)) != 0
        && !meant.contains(section.keys[index].name)
    }
    guard !missing.isEmpty, seen != 0 || strangers.isEmpty else { return }
    let names = missing.map { "`\(section.keys[$0].name)`" }
    let list = names.dropLast().joined(separator: ", ")
    let all = list.isEmpty ? names[0] : "\(list) and \(names[names.count - 1])"
    report(.missingKey, "\(section.what) needs \(all)", at: node)
  }

  /// Where a key is for the first time that is there twice.
  private func first(_ name: Node, in mapping: Node) -> [Node] {
    var children = document.children(of: mapping)
    while let other = children.next(), children.next() != nil {
      if document.bytes(of: other) == document.bytes(of: name) { return [other] }
    }
    return []
  }

  /// Reports an unknown key, and yields the one that was probably meant.
  private mutating func reportUnknown(_ name: Node, _ section: SectionDefinition) -> String? {
    // A merge key has its own finding.
    if document.isPlain(name), document.value(of: name, is: "<<") { return nil }
    if readsIdentitiesOnly { return nil }
    let text = shown(name)
    suggestions -= 1
    let names = section.keys.map(\.name)
    let near = suggestions < 0 ? nil : Suggestion.nearest(to: text, among: names)
    report(
      .unknownKey,
      "unknown key `\(text)` in \(section.what)",
      at: name,
      hint: near.map { "did you mean `\($0)`?" } ?? hint(forUnknown: text, section),
      scope: keyScope
    )
    return near
  }

  private func hint(forUnknown text: String, _ section: SectionDefinition) -> String {
    if let first = text.unicodeScalars.first, first.properties.isWhitespace, first.value >= 0x80 {
      return "indent with spaces; the line begins with \(FileFault.codePoint(first.value))"
    }
    if text.contains("@"), section.keys.contains(where: { $0.name == "email" }) {
      return "a guest is an item of a list: write `- email: \(text)`"
    }
    if FileDeclarations.section.definition.keys.contains(where: { $0.name == text }) {
      return "`\(text)` belongs at the top of a file"
    }
    let names = section.keys.map { "`\($0.name)`" }
    return names.count > 8
      ? "`guestlist help keys` lists the keys" : "its keys are \(names.joined(separator: ", "))"
  }

  /// The names and values of a mapping whose names are free; `contents` says what it maps.
  ///
  /// A name that is there twice is for the caller to find where it may also be in two files.
  mutating func named(
    _ node: Node,
    _ what: String,
    _ contents: String,
    mayRepeat: Bool = false
  ) -> [(name: Node, value: Node)] {
    if isEmpty(node) { return [] }
    guard document.kind(of: node) == .mapping else {
      let isList = document.kind(of: node) == .sequence
      report(
        .wrongKind,
        "`\(what)` must map \(contents)",
        at: node,
        hint: isList ? "write each name as a key, not as an item of a list" : nil,
        scope: keyScope
      )
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

  /// Finds out whose entry it is that begins, by the key that holds the address, so that whatever
  /// is wrong in it stops nobody else.
  mutating func beginEntry(_ node: Node, _ key: StaticString) -> EmailAddress? {
    entry = nil
    guard document.kind(of: node) == .mapping else { return nil }
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      guard document.value(of: name, is: key) else { continue }
      guard let address = readableAddress(value) else { return nil }
      entry = (value, address)
      scope = .entry(address)
      return address
    }
    return nil
  }
}
