internal import YAML

/// Writes a file of declarations in the standard layout: block style, keys in the order of the
/// reference, people by address, comments where they were.
///
/// Whatever has a comment above it stays in its place; the entries up to the next comment are put
/// in order among themselves.
package struct DeclarationFormatter {
  private let document: Document
  private let comments: SourceComments
  private var output = ""

  /// The text of a file in its layout; `nil` for a file that is not valid YAML, or uses what
  /// declarations do not.
  package static func format(_ bytes: [UInt8]) -> [UInt8]? {
    let reading = YAMLReader().read(bytes)
    guard let document = reading.document, reading.faults.isEmpty else { return nil }
    guard let root = document.root, !document.isEmptyScalar(root) else { return bytes }
    var formatter = Self(document: document, comments: SourceComments(document))
    formatter.add(root, .section(FileDeclarations.section.definition), indent: 0)
    formatter.output += formatter.comments.last.map { "\($0)\n" }.joined()
    let formatted = Array(formatter.output.utf8)
    return formatter.saysTheSame(formatted) ? formatted : nil
  }

  private init(document: Document, comments: SourceComments) {
    self.document = document
    self.comments = comments
  }

  /// What is written must mean what was read.
  private func saysTheSame(_ formatted: [UInt8]) -> Bool {
    let reading = YAMLReader().read(formatted)
    guard let written = reading.document, reading.faults.isEmpty, let root = document.root,
      let other = written.root
    else { return false }
    return document.outline(of: root) == written.outline(of: other)
      && comments.texts == SourceComments(written).texts
  }

  // MARK: - Nodes

  /// Adds a value on lines of its own.
  private mutating func add(_ node: Node, _ kind: ValueKind?, indent: Int) {
    switch document.kind(of: node) {
    case .mapping: addPairs(of: node, kind, indent: indent, isItem: false)
    case .sequence:
      let item = kind?.item
      let children = Array(document.children(of: node))
      for (child, before) in zip(ordered(children, item), children) {
        let isAfterBlank = comments.afterBlank.contains(before)
        addLines(above: child, indent, isFirst: before == children[0], isAfterBlank)
        addItem(child, item, indent: indent)
        add(comments.below[child] ?? [], indent)
      }
    case .scalar: output += "\(margin(indent))\(text(of: node, indent: indent))\n"
    }
  }

  private mutating func addPairs(of mapping: Node, _ kind: ValueKind?, indent: Int, isItem: Bool) {
    let written = document.pairs(of: mapping)
    for (pair, before) in zip(ordered(written, kind), written.map(\.key)) {
      let isFirst = before == written[0].key
      // Of a mapping in a list, what is above the first key is above the dash already.
      if !isItem || !isFirst {
        addLines(above: pair.key, indent, isFirst: isFirst, comments.afterBlank.contains(before))
      }
      output += isItem && isFirst ? "\(margin(indent - 2))- " : margin(indent)
      output += text(of: pair.key, indent: indent)
      let isItemItself = isItem && pair.key == written[0].key
      let comment = comments.beside[isItemItself ? mapping : pair.key].map { " \($0)" } ?? ""
      addValue(pair.value, pair.kind, comment, indent: indent)
      add(comments.below[pair.key] ?? [], indent)
    }
  }

  /// Adds what comes after a key and its colon.
  private mutating func addValue(
    _ node: Node,
    _ kind: ValueKind?,
    _ comment: String,
    indent: Int
  ) {
    let isEmpty = document.children(of: node).first { _ in true } == nil
    switch document.kind(of: node) {
    case .scalar where document.isEmptyScalar(node): output += ":\(comment)\n"
    case .scalar: output += ": \(line(of: node, comment, indent: indent))\n"
    case .mapping where isEmpty: output += ": {}\(comment)\n"
    case .sequence where isEmpty: output += ": []\(comment)\n"
    case .mapping, .sequence:
      output += ":\(comment)\n"
      add(node, kind, indent: indent + 2)
    }
  }

  private mutating func addItem(_ node: Node, _ kind: ValueKind?, indent: Int) {
    let comment = comments.beside[node].map { " \($0)" } ?? ""
    let isEmpty = document.children(of: node).first { _ in true } == nil
    switch document.kind(of: node) {
    case .scalar: output += "\(margin(indent))- \(line(of: node, comment, indent: indent))\n"
    case .mapping where !isEmpty:
      addPairs(of: node, kind?.section.map { .section($0) }, indent: indent + 2, isItem: true)
    case .mapping: output += "\(margin(indent))- {}\(comment)\n"
    case .sequence: output += "\(margin(indent))- \(flow(node))\(comment)\n"
    }
  }

  /// A list in a list stays on its line.
  private func flow(_ node: Node) -> String {
    switch document.kind(of: node) {
    case .scalar: text(of: node, indent: nil)
    case .sequence: "[\(document.children(of: node).map { flow($0) }.joined(separator: ", "))]"
    case .mapping:
      "{"
        + document.pairs(of: node).map { "\(flow($0.key)): \(flow($0.value))" }.joined(
          separator: ", "
        ) + "}"
    }
  }

  // MARK: - Lines

  private mutating func addLines(
    above node: Node,
    _ indent: Int,
    isFirst: Bool,
    _ isAfterBlank: Bool
  ) {
    var lines = comments.above[node] ?? []
    // Nothing is empty between a key and the first line below it.
    if isFirst, indent > 0, !lines.isEmpty { lines[0].isAfterBlank = false }
    add(lines, indent)
    if isAfterBlank, !output.isEmpty, !isFirst || indent == 0 || !lines.isEmpty { output += "\n" }
  }

  private mutating func add(_ lines: [SourceComments.Line], _ indent: Int) {
    for line in lines {
      if line.isAfterBlank, !output.isEmpty { output += "\n" }
      output += "\(margin(indent))\(line.text)\n"
    }
  }

  private func margin(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// A scalar with the comment beside it: a block has it on its first line.
  private func line(of node: Node, _ comment: String, indent: Int) -> String {
    let text = text(of: node, indent: indent)
    guard let end = text.firstIndex(of: "\n") else { return text + comment }
    return text[..<end] + comment + text[end...]
  }

  /// A scalar as it was written, if it was written on one line.
  private func text(of node: Node, indent: Int?) -> String {
    let source = document.text.bytes[document.range(of: node)]
    if !source.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      return String(decoding: source, as: UTF8.self)
    }
    let value = document.string(of: node)
    if document.isPlain(node), !value.contains("\n") { return value }
    if let indent, let block = block(value, indent: indent) { return block }
    return DeclarationValue.quoted(value)
  }

  /// A text of several lines as a block; `nil` where that could not be read back.
  private func block(_ value: String, indent: Int) -> String? {
    let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
    let body = value.hasSuffix("\n") ? lines.dropLast() : lines[...]
    let isPlain = value.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" }
    guard isPlain, body.count > 1, let first = body.first, let last = body.last, !last.isEmpty,
      !first.isEmpty, first.first != " "
    else { return nil }
    let margin = margin(indent + 2)
    let text = body.map { $0.isEmpty ? "" : "\(margin)\($0)" }.joined(separator: "\n")
    return "\(value.hasSuffix("\n") ? "|" : "|-")\n\(text)"
  }

  // MARK: - Order

  private typealias Pair = (key: Node, value: Node, kind: ValueKind?)

  /// The keys of a section in the order of the reference; the sections of a file, and names, as they
  /// are.
  private func ordered(_ pairs: [(key: Node, value: Node)], _ kind: ValueKind?) -> [Pair] {
    guard let section = kind?.section else {
      let value = kind?.named
      return pairs.map { ($0.key, $0.value, value) }
    }
    let known = pairs.map { pair in
      let index = section.index(of: document.bytes(of: pair.key))
      return (pair: (pair.key, pair.value, index.map { section.keys[$0].kind }), rank: index ?? 64)
    }
    if section.title == "file" { return known.map(\.pair) }
    return sorted(known, node: \.pair.0) { $0.rank < $1.rank }.map(\.pair)
  }

  /// Guests and removals by address.
  private func ordered(_ items: [Node], _ kind: ValueKind?) -> [Node] {
    guard let section = kind?.section, section.keys.first?.name == "email" else { return items }
    let known = items.map { item in
      let email =
        document.kind(of: item) == .mapping
        ? document.pairs(of: item).first { document.value(of: $0.key, is: "email") }?.value : nil
      return (node: item, address: email.map { document.string(of: $0).lowercased() } ?? "")
    }
    return sorted(known, node: \.node) { $0.address < $1.address }.map(\.node)
  }

  /// Sorts what is between comments, and nothing across one.
  private func sorted<Item>(
    _ items: [Item],
    node: (Item) -> Node,
    by precedes: (Item, Item) -> Bool
  ) -> [Item] {
    var sorted: [Item] = []
    var run: [Item] = []
    for item in items {
      if comments.above[node(item)] != nil || comments.below[node(item)] != nil {
        sorted += run.sorted(by: precedes) + [item]
        run = []
      } else {
        run.append(item)
      }
    }
    return sorted + run.sorted(by: precedes)
  }
}

extension DeclarationFormatter {
  /// Formats a file below the comment in its first line by which an editor finds the schema of
  /// declarations; one that has none gets it where a schema is known.
  package static func format(_ bytes: [UInt8], schema: String?) -> [UInt8]? {
    let start = "# yaml-language-server:"
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    let hasComment = bytes.starts(with: start.utf8)
    let body = hasComment ? Array(bytes[end...].dropFirst()) : bytes
    guard let formatted = format(body) else { return nil }
    if hasComment { return bytes[..<end] + [UInt8(ascii: "\n")] + formatted }
    return (schema.map { Array("\(start) $schema=\($0)\n".utf8) } ?? []) + formatted
  }
}

extension Document {
  /// A key with nothing behind it.
  func isEmptyScalar(_ node: Node) -> Bool {
    kind(of: node) == .scalar && isPlain(node) && bytes(of: node).isEmpty
  }

  /// The keys of a mapping with their values.
  func pairs(of mapping: Node) -> [(key: Node, value: Node)] {
    var pairs: [(key: Node, value: Node)] = []
    var children = children(of: mapping)
    while let key = children.next(), let value = children.next() { pairs.append((key, value)) }
    return pairs
  }

  /// What a node says, whatever its layout and the order of keys and people.
  fileprivate func outline(of node: Node) -> String {
    switch kind(of: node) {
    case .scalar:
      return "\(isPlain(node) && !string(of: node).contains("\n")) \(serialised(node))"
    case .sequence:
      let items = children(of: node).map { outline(of: $0) }
      return "[\((items.allSatisfy { $0.hasPrefix("{") } ? items.sorted() : items).joined())]"
    case .mapping:
      var pairs: [String] = []
      var children = children(of: node)
      while let key = children.next(), let value = children.next() {
        pairs.append("\(outline(of: key)):\(outline(of: value))")
      }
      return "{\(pairs.sorted().joined())}"
    }
  }
}

extension ValueKind {
  /// The kind of the items of a list.
  var item: ValueKind? {
    switch self {
    case .list(let item), .oneOrMore(let item): item
    case .either(let one, let other): one.item ?? other.item
    default: nil
    }
  }

  /// The keys that a mapping of this kind has; one value is a list of one.
  var section: SectionDefinition? {
    switch self {
    case .section(let section): section
    case .list(let item), .oneOrMore(let item): item.section
    case .either(let one, let other): one.section ?? other.section
    default: nil
    }
  }

  /// The kind of the values of a mapping whose names are free.
  var named: ValueKind? { if case .named(_, let value) = self { value } else { nil } }
}
