internal import YAML

/// Finds the smallest edits of a file's text that insert, change or delete one value.
struct EditedText {
  let document: Document
  private let comments: SourceComments
  private let newline: String

  struct Edit {
    var range: Range<Int>
    var text: String
  }

  /// An item of a list, or a key of a mapping with its value.
  struct Child {
    /// Where its key or its dash is.
    var start: Int
    var end: Int
    /// What carries its comments.
    var node: Node
  }

  init(_ document: Document) {
    self.document = document
    comments = SourceComments(document)
    let bytes = document.text.bytes
    let first = bytes.firstIndex(of: 0x0A)
    newline = first.map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false ? "\r\n" : "\n"
  }

  /// A text with edits made in it; of those at one place, the first comes first.
  static func applying(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var edited: [UInt8] = []
    var position = 0
    for (_, edit) in edits.enumerated().sorted(by: { one, other in
      (one.element.range.lowerBound, one.element.range.count, one.offset)
        < (other.element.range.lowerBound, other.element.range.count, other.offset)
    }) {
      edited += bytes[position..<max(position, edit.range.lowerBound)]
      edited += edit.text.utf8
      position = max(position, edit.range.upperBound)
    }
    return edited + bytes[position...]
  }

  // MARK: - What is asked for

  /// Inserts a value, or puts it where another one is; `nil` where that cannot be done.
  func set(_ value: DeclarationValue, at path: DeclarationEditor.Path) -> [Edit]? {
    guard let root = document.root, let last = path.last else {
      guard case .key(let key) = path.first else { return nil }
      return append(.init(key, Self.wrap(value, in: path.dropFirst())))
    }
    var node = root
    var kind: ValueKind? = .section(FileDeclarations.section.definition)
    for (position, step) in path.dropLast().enumerated() {
      guard let next = document.child(of: node, step) else {
        return insert(Self.wrap(value, in: path[(position + 1)...]), as: step, into: node, kind)
      }
      kind = kind?.kind(of: step)
      guard fits(next.value, path[position + 1]) else {
        return replace(
          next.value,
          at: next.index,
          of: node,
          with: Self.wrap(value, beside: old(next.value), in: path[(position + 1)...])
        )
      }
      node = next.value
    }
    guard let child = document.child(of: node, last) else {
      return insert(value, as: last, into: node, kind)
    }
    return replace(child.value, at: child.index, of: node, with: value)
  }

  /// Deletes what is at a path; `nil` where that cannot be done.
  func remove(at path: DeclarationEditor.Path) -> [Edit]? {
    guard let last = path.last, let parent = DocumentPlace(path.dropLast(), in: document),
      let index = document.child(of: parent.node, last)?.index
    else { return nil }
    let children = children(of: parent.node)
    guard !children.isEmpty else { return nil }
    if isFlow(parent.node) { return removeFromFlow(index, children) }
    guard children.count > 1 else {
      // An empty list or mapping has to say so.
      guard let above = path.dropLast().last,
        let outer = DocumentPlace(path.dropLast(2), in: document),
        let position = document.child(of: outer.node, above)?.index
      else { return delete(children[0]) }
      let empty = parent.isMapping ? DeclarationValue.mapping([]) : .list([])
      return replace(parent.node, at: position, of: outer.node, with: empty)
    }
    let child = children[index]
    if isFirstOnLine(child.start) { return delete(child) }
    return index == 0 ? [Edit(range: child.start..<children[1].start, text: "")] : nil
  }

  /// A value with the keys and lists that lead to it.
  private static func wrap(
    _ value: DeclarationValue,
    beside others: [DeclarationValue] = [],
    in path: ArraySlice<DeclarationEditor.Step>
  ) -> DeclarationValue {
    guard let step = path.first else { return value }
    let inner = wrap(value, in: path.dropFirst())
    return switch step {
    case .key(let key): .mapping([.init(key, inner)])
    case .item: .list(others + [inner])
    }
  }

  /// Whether something can be inserted into a node.
  private func fits(_ node: Node, _ step: DeclarationEditor.Step) -> Bool {
    guard document.children(of: node).first(where: { _ in true }) != nil else { return false }
    return switch step {
    case .key: document.kind(of: node) == .mapping
    case .item: document.kind(of: node) == .sequence
    }
  }

  /// One value where a list is expected is a list of one.
  private func old(_ node: Node) -> [DeclarationValue] {
    guard document.kind(of: node) == .scalar, !document.isEmptyScalar(node) else { return [] }
    let text = document.string(of: node)
    return [document.isPlain(node) ? .plain(text) : .text(text)]
  }

  // MARK: - Inserting

  /// Inserts items, sorted by what names them, into a list that has some; `nil` where that cannot be
  /// done, or one of them is there.
  func insert(
    _ items: [(id: String, value: DeclarationValue)],
    into list: DeclarationEditor.Path
  ) -> [Edit]? {
    guard let node = DocumentPlace(list, in: document)?.node else { return nil }
    let children = children(of: node)
    let names = document.children(of: node).map { document.identity(of: $0) ?? "" }
    let known = Set(names.map(EntryName.init))
    let kind = list.reduce(ValueKind.section(FileDeclarations.section.definition)) { kind, step in
      kind?.kind(of: step)
    }
    let isSorted = kind?.isSortedByAddress ?? false
    var index = isSorted ? start(of: children) : children.count
    var edits: [Edit] = []
    for item in items {
      guard !known.contains(EntryName(item.id)) else { return nil }
      while index < names.count, names[index].lowercased() <= item.id.lowercased() { index += 1 }
      edits.append(insert(item.value, as: .item(item.id), at: index, of: node, children))
    }
    return edits
  }

  private func insert(
    _ value: DeclarationValue,
    as step: DeclarationEditor.Step,
    into node: Node,
    _ kind: ValueKind?
  ) -> [Edit]? {
    let children = children(of: node)
    guard !children.isEmpty, fits(node, step) else { return nil }
    let index = position(of: step, in: node, children, kind)
    return [insert(value, as: step, at: index, of: node, children)]
  }

  private func insert(
    _ value: DeclarationValue,
    as step: DeclarationEditor.Step,
    at index: Int,
    of node: Node,
    _ children: [Child]
  ) -> Edit {
    let isFlow = isFlow(node)
    let column = children[0].start - lineStart(children[0].start)
    let text: String
    switch step {
    case .key(let key):
      let pair = DeclarationValue.Pair(key, value)
      text = isFlow ? pair.flow : pair.lines(indent: column).joined(separator: newline)
    case .item:
      text = isFlow ? value.flow : value.itemLines(indent: column).joined(separator: newline)
    }
    let before = index > 0 ? children[index - 1].end : children[0].start
    if isFlow {
      return Edit(range: before..<before, text: index > 0 ? ", \(text)" : "\(text), ")
    }
    let blank = hasBlankLines(children, at: index, isRoot: node == document.root) ? newline : ""
    if index > 0 {
      let end = lineEnd(before)
      return Edit(range: end..<end, text: "\(newline)\(blank)\(text)")
    }
    guard isFirstOnLine(before) else {
      let margin = String(repeating: " ", count: column)
      return Edit(range: before..<before, text: "\(text.dropFirst(column))\(newline)\(margin)")
    }
    let line = lineStart(before)
    return Edit(range: line..<line, text: "\(text)\(newline)\(blank)")
  }

  /// Adds the first section of a file that holds comments at most.
  private func append(_ pair: DeclarationValue.Pair) -> [Edit] {
    let bytes = document.text.bytes
    let needsEnd = !bytes.isEmpty && bytes.last != 0x0A
    let text = pair.lines(indent: 0).joined(separator: newline) + newline
    return [Edit(range: bytes.count..<bytes.count, text: (needsEnd ? newline : "") + text)]
  }

  /// The first position behind the last comment.
  private func start(of children: [Child]) -> Int {
    children.lastIndex {
      comments.above[$0.node] != nil || comments.below[$0.node] != nil
    }.map { $0 + 1 } ?? 0
  }

  /// Where a new child goes: by the order of `guestlist fmt` among what follows the last comment, and
  /// otherwise at the end.
  private func position(
    of step: DeclarationEditor.Step,
    in node: Node,
    _ children: [Child],
    _ kind: ValueKind?
  ) -> Int {
    let first = start(of: children)
    let ranks: [Int]
    switch step {
    case .key(let name):
      guard let section = kind?.section, section.title != "file" else { return children.count }
      let rank = section.index(of: Array(name.utf8)) ?? 64
      ranks = document.pairs(of: node).map { pair in
        (section.index(of: document.bytes(of: pair.key)) ?? 64) > rank ? 1 : 0
      }
    case .item(let id):
      guard kind?.isSortedByAddress == true else { return children.count }
      ranks = document.children(of: node).map { item in
        (document.identity(of: item)?.lowercased() ?? "") > id.lowercased() ? 1 : 0
      }
    }
    return ranks[first...].firstIndex(of: 1) ?? children.count
  }

  /// Whether empty lines are between the children of a block.
  private func hasBlankLines(_ children: [Child], at index: Int, isRoot: Bool) -> Bool {
    guard children.count > 1 else { return isRoot }
    let before = min(max(index - 1, 0), children.count - 2)
    let gap = document.text.bytes[lineEnd(children[before].end)..<children[before + 1].start]
    let lines = gap.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst().dropLast()
    return lines.contains { line in line.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
  }

  // MARK: - Changing

  private func replace(
    _ node: Node,
    at index: Int,
    of parent: Node,
    with value: DeclarationValue
  ) -> [Edit]? {
    let range = document.range(of: node)
    let start = range.lowerBound
    let isEmpty = document.isEmptyScalar(node)
    let isOneLine = document.kind(of: node) == .scalar || isFlow(node)
    if isFlow(parent) || (isOneLine && !isEmpty && (value.isScalar || value.isEmpty)) {
      let text = isFlow(parent) || !value.isScalar ? value.flow : value.scalar(inFlow: false)
      if isEmpty { return [Edit(range: start..<start, text: " \(text)")] }
      let end = end(of: node)
      return same(start..<end, text) ? [] : [Edit(range: start..<end, text: text)]
    }
    guard document.kind(of: parent) == .mapping else {
      // An item is written anew on its lines.
      let item = children(of: parent)[index]
      let column = item.start - lineStart(item.start)
      let text = value.itemLines(indent: column).joined(separator: newline)
      let line = lineStart(item.start)
      return [Edit(range: line..<item.end, text: text)]
    }
    let pair = document.pairs(of: parent)[index]
    let keyRange = document.range(of: pair.key)
    guard let colon = document.text.bytes[keyRange.upperBound...].firstIndex(of: 0x3A) else {
      return nil
    }
    let column = keyRange.lowerBound - lineStart(keyRange.lowerBound)
    var edits: [Edit] = []
    if isOneLine, !isEmpty {
      edits.append(Edit(range: colon + 1..<end(of: node), text: ""))
    } else if !isOneLine {
      // From the end of the line above on, which may be a comment.
      let first = lineEnd(lineStart(max(lineStart(start) - 1, 0)))
      edits.append(Edit(range: first..<end(of: node), text: ""))
    }
    let name = document.string(of: pair.key)
    var lines = DeclarationValue.Pair(name, value).lines(indent: column)
    if value.isScalar || value.isEmpty {
      let text = value.isScalar ? value.scalar(inFlow: false) : value.flow
      edits.append(Edit(range: colon + 1..<colon + 1, text: " \(text)"))
    } else {
      lines.removeFirst()
      let line = lineEnd(isOneLine && !isEmpty ? end(of: node) : colon)
      edits.append(
        Edit(range: line..<line, text: lines.map { newline + $0 }.joined())
      )
    }
    return edits
  }

  private func same(_ range: Range<Int>, _ text: String) -> Bool {
    document.text.bytes[range].elementsEqual(text.utf8)
  }

  // MARK: - Deleting

  private func removeFromFlow(_ index: Int, _ children: [Child]) -> [Edit] {
    let range =
      index + 1 < children.count
      ? children[index].start..<children[index + 1].start
      : (index > 0 ? children[index - 1].end : children[index].start)..<children[index].end
    return [Edit(range: range, text: "")]
  }

  /// Deletes the lines of a child, and one of two empty lines that would come together.
  private func delete(_ child: Child) -> [Edit] {
    let bytes = document.text.bytes
    var (start, end) = (
      lineStart(child.start), min(lineEnd(child.end) + newline.utf8.count, bytes.count)
    )
    func isBlank(_ line: Int) -> Bool {
      bytes[line..<lineEnd(line)].allSatisfy { $0 == 0x20 || $0 == 0x0D }
    }
    let before = start == 0 ? nil : lineStart(start - 1)
    let isAfterBlank = before.map(isBlank) ?? true
    if let before, isAfterBlank, end == bytes.count {
      start = before
    } else if end < bytes.count, isBlank(end), isAfterBlank || opensBlock(before) {
      end = min(lineEnd(end) + newline.utf8.count, bytes.count)
    }
    return [Edit(range: start..<end, text: "")]
  }

  /// Whether a line is a key with its value below.
  private func opensBlock(_ line: Int?) -> Bool {
    guard let line else { return false }
    let text = document.text.bytes[line..<lineEnd(line)]
    return text.last { $0 != 0x20 && $0 != 0x0D } == 0x3A && text.first { $0 != 0x20 } != 0x23
  }
}

extension ValueKind {
  /// The kind of what a step leads to.
  fileprivate func kind(of step: DeclarationEditor.Step) -> ValueKind? {
    switch step {
    case .key(let name):
      guard let section, let index = section.index(of: Array(name.utf8)) else { return named }
      return section.keys[index].kind
    case .item: return item
    }
  }

  /// Whether a list is of people, whom `guestlist fmt` sorts.
  fileprivate var isSortedByAddress: Bool { item?.section?.keys.first?.name == "email" }
}
