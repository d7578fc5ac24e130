internal import YAML

/// The comments of a file, each with the key or list item that it belongs to.
struct SourceComments {
  /// Lines above a key or an item.
  private(set) var above: [Node: [Line]] = [:]
  /// Lines below a key or an item, in the same column, before less indented text.
  private(set) var below: [Node: [Line]] = [:]
  /// What is beside a key or an item on its line.
  private(set) var beside: [Node: String] = [:]
  /// Keys and items with an empty line before them, or between them and their comments.
  private(set) var afterBlank: Set<Node> = []
  /// What is behind everything.
  private(set) var last: [String] = []
  /// Every comment, sorted.
  private(set) var texts: [String] = []

  struct Line {
    var text: String
    /// True where an empty line is before it.
    var isAfterBlank: Bool
    var column = 0
  }

  /// A key of a mapping, or an item of a list.
  private struct Item {
    var node: Node
    var start: Int
    var line: Int
    /// Of the first text on its line.
    var column = 0
  }

  init(_ document: Document) {
    var items: [Item] = []
    var scalars: [Range<Int>] = []
    if let root = document.root { Self.collect(root, document, &items, &scalars) }
    items.sort { $0.start < $1.start }
    scalars.sort { $0.lowerBound < $1.lowerBound }
    assign(document.text, items, scalars)
    texts.sort()
  }

  /// Finds keys, items and scalars, the outer before the inner.
  private static func collect(
    _ node: Node,
    _ document: Document,
    _ items: inout [Item],
    _ scalars: inout [Range<Int>]
  ) {
    func item(_ node: Node) -> Item {
      let start = document.range(of: node).lowerBound
      return Item(node: node, start: start, line: document.text.position(of: start).line)
    }
    switch document.kind(of: node) {
    case .scalar: scalars.append(document.range(of: node))
    case .sequence:
      for child in document.children(of: node) {
        items.append(item(child))
        collect(child, document, &items, &scalars)
      }
    case .mapping:
      var children = document.children(of: node)
      while let key = children.next(), let value = children.next() {
        // The first key of an item is the item itself.
        if items.last?.start != document.range(of: key).lowerBound { items.append(item(key)) }
        collect(key, document, &items, &scalars)
        collect(value, document, &items, &scalars)
      }
    }
  }

  private mutating func assign(_ text: SourceText, _ found: [Item], _ scalars: [Range<Int>]) {
    var items = found
    var (next, scalar, offset) = (0, 0, 0)
    var isBlank = false
    var pending: [Line] = []
    var lineNumber = 0
    for bytes in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lineNumber += 1
      let end = offset + bytes.count
      defer { offset = end + 1 }
      while scalar < scalars.count, scalars[scalar].upperBound <= offset { scalar += 1 }
      let startsInside =
        scalar < scalars.count && scalars[scalar].lowerBound < offset
        && scalars[scalar].upperBound > offset
      let comment = Self.comment(in: bytes, scalars[scalar...])
      let first = bytes.first { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
      if first == nil {
        if !startsInside { isBlank = true }
        continue
      }
      let words = comment.map { comment in
        String(decoding: bytes[comment...].drop { $0 == 0x0D }, as: UTF8.self)
          .filter { $0 != "\r" }
      }
      if let words { texts.append(words) }
      if !startsInside, first == UInt8(ascii: "#"), let words {
        let column = bytes.prefix { $0 == 0x20 }.count
        pending.append(Line(text: words, isAfterBlank: isBlank, column: column))
        isBlank = false
        continue
      }
      // What begins on this line; the outermost first.
      while next < items.count, items[next].line < lineNumber { next += 1 }
      if next < items.count, items[next].line == lineNumber {
        let node = items[next].node
        let column = bytes.prefix { $0 == 0x20 }.count
        for index in items[next...].prefix(while: { $0.line == lineNumber }).indices {
          items[index].column = column
        }
        close(&pending, deeperThan: column, items[..<next])
        if !pending.isEmpty { above[node] = pending }
        if isBlank { afterBlank.insert(node) }
        if let words { beside[node] = words }
        (pending, isBlank) = ([], false)
      } else if let words {
        // Beside a bracket, or the rest of a text: above what follows.
        pending.append(Line(text: words, isAfterBlank: false))
      }
    }
    close(&pending, deeperThan: 0, items[...])
    for line in pending { last += line.isAfterBlank ? ["", line.text] : [line.text] }
  }

  /// Gives the first of some lines to the last item in their column, if what follows is less indented.
  private mutating func close(
    _ lines: inout [Line],
    deeperThan column: Int,
    _ items: ArraySlice<Item>
  ) {
    let deeper = lines.prefix { $0.column > column }
    for line in deeper {
      guard let item = items.last(where: { $0.column == line.column }) else { return }
      below[item.node, default: []].append(line)
      lines.removeFirst()
    }
  }

  /// Where the comment of a line begins: at a `#` outside of texts, at its beginning or after a space.
  private static func comment(
    in line: ArraySlice<UInt8>,
    _ scalars: ArraySlice<Range<Int>>
  ) -> Int? {
    for index in line.indices where line[index] == UInt8(ascii: "#") {
      let isAfterSpace =
        index == line.startIndex || line[index - 1] == 0x20 || line[index - 1] == 0x09
      guard isAfterSpace else { continue }
      if !scalars.prefix(while: { $0.lowerBound <= index }).contains(where: { $0.contains(index) })
      {
        return index
      }
    }
    return nil
  }
}
