/// Cuts a file into pieces, line by line.
///
/// It knows just enough of YAML for that: keys at the first column, the items of block lists right
/// below them, and in the section `grants` the lists below its keys and their keys. A line at a place
/// where it expects one of these and finds something else makes it give up, and the file is parsed
/// whole. A quoted text or a flow collection that hides a boundary inside itself leaves a piece that
/// does not parse by itself, and then too the file is parsed whole; every other construct ends where
/// a line begins further left than it. So where all pieces parse, together they are what the whole
/// file is.
struct PieceScanner {
  private let bytes: [UInt8]
  /// Whether the lists inside `grants` are cut.
  private let isDeep: Bool
  /// The boundary at which the next piece begins.
  private(set) var position: Int
  /// Where the next piece begins, as far as what stands before it says.
  private(set) var context: PieceContext

  /// The section whose entries are lists by name, or mappings of lists.
  private static let nested = Array("grants:".utf8)
  /// The section, a name in it, a role of that name.
  private static let mostHeadings = 3
  /// A longer line is put above no item: the text of all pieces must not grow with their number.
  private static let longestHeading = 256

  /// Begins at a boundary.
  init(
    _ bytes: [UInt8],
    isDeep: Bool,
    at position: Int = 0,
    in context: PieceContext = .top
  ) {
    self.bytes = bytes
    self.isDeep = isDeep
    self.position = position
    self.context = context
  }

  enum Step {
    case piece(Piece)
    case end
    /// The file has a form that cannot be cut.
    case refused
  }

  /// Yields the piece that begins at the position, and moves behind it.
  mutating func next() -> Step {
    guard position < bytes.count else { return .end }
    var piece = Piece(context: context, keys: 0, length: 0, lines: 0)
    let start = position
    // A key whose value can only be on the lines that follow.
    var open: PieceContext.Heading?
    var (hasContent, hasEntry) = (false, false)
    reading: while position < bytes.count {
      let line = Line(bytes, at: position)
      let role = role(of: line, below: open)
      switch role {
      case .neutral: break
      case .marker:
        guard start == 0, !hasContent else { return .refused }
      case .refused: return .refused
      case .inside:
        guard hasEntry else { return .refused }
        open = nil
      case .entry(let entry):
        if let heading = open, entry.isFirst {
          context = context.below(heading, column: line.column, isList: entry.isItem)
        } else {
          context = entry.context
          if hasEntry { break reading }
          piece.context = context
        }
        if !entry.isItem { piece.keys += 1 }
        open = entry.isOpen ? heading(line) : nil
        hasEntry = true
      }
      if role.isContent { hasContent = true }
      if line.hasEnd { piece.lines += 1 }
      position = line.end
    }
    piece.length = position - start
    return .piece(piece)
  }

  private func heading(_ line: Line) -> PieceContext.Heading {
    PieceContext.Heading(bytes: Array(bytes[line.start..<line.end]), column: line.column)
  }
}

extension PieceScanner {
  private enum Role {
    /// Blank, or nothing but a comment.
    case neutral
    /// The `---` before a document.
    case marker
    case entry(Entry)
    case inside
    case refused

    var isContent: Bool { if case .neutral = self { false } else { true } }
  }

  /// A line that begins an entry of a list or of a mapping.
  private struct Entry {
    var isItem: Bool
    /// True for a key with nothing but a comment behind it.
    var isOpen: Bool
    /// True for the first one below an open key.
    var isFirst: Bool
    /// Where it stands; of a first one, where the open key stands.
    var context: PieceContext
  }

  private func role(of line: Line, below open: PieceContext.Heading?) -> Role {
    guard let first = line.first, first != UInt8(ascii: "#") else { return .neutral }
    // The end of a flow collection that began on a line above.
    if first == UInt8(ascii: "}") || first == UInt8(ascii: "]") { return .inside }
    if open == nil, line.column > context.column { return .inside }
    let (isItem, key) = (isItem(line), isKey(line))
    let isFirst = open.map { line.column >= $0.column } ?? false
    if isItem, isFirst || (context.isList && line.column == context.column) {
      return .entry(Entry(isItem: true, isOpen: false, isFirst: isFirst, context: context))
    }
    if let open, line.column > open.column {
      guard let isOpen = key, mayHoldKeys(open) else { return .inside }
      return .entry(Entry(isItem: false, isOpen: isOpen, isFirst: true, context: context))
    }
    if let isOpen = key, let mapping = context.mapping(at: line.column) {
      return .entry(Entry(isItem: false, isOpen: isOpen, isFirst: false, context: mapping))
    }
    return line.column == 0 && isMarker(line) ? .marker : .refused
  }

  /// Whether the keys below an open key begin pieces of their own.
  private func mayHoldKeys(_ open: PieceContext.Heading) -> Bool {
    guard isDeep, context.headings.count + 1 < Self.mostHeadings else { return false }
    return (context.headings.first ?? open).bytes.starts(with: Self.nested)
  }

  /// Whether the line is `name:`, and if so whether nothing but a comment follows.
  private func isKey(_ line: Line) -> Bool? {
    guard let name = Self.name(in: bytes[line.content..<line.end]) else { return nil }
    guard line.end - line.start <= Self.longestHeading else { return false }
    var rest = name.endIndex + 1
    while rest < line.end, Self.isSpace(bytes[rest]) { rest += 1 }
    return rest == line.end || bytes[rest] == UInt8(ascii: "#")
  }

  private func isItem(_ line: Line) -> Bool {
    guard line.first == UInt8(ascii: "-") else { return false }
    let next = line.content + 1
    return next >= line.end || Self.isSpace(bytes[next])
  }

  private func isMarker(_ line: Line) -> Bool {
    bytes[line.content..<line.end].prefix { !Self.isSpace($0) }.elementsEqual("---".utf8)
      && bytes[line.content..<line.end].dropFirst(3).allSatisfy(Self.isSpace)
  }

  /// The plain name that a line's content begins with, where it is a key.
  private static func name(in content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let name = content.prefix(while: isNameByte)
    let (colon, next) = (name.endIndex, name.endIndex + 1)
    guard !name.isEmpty, colon < content.endIndex, content[colon] == UInt8(ascii: ":"),
      next == content.endIndex || isSpace(content[next])
    else { return nil }
    return name
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Spaces and the end of a line; a tab is none, so that a line with one is left to the parser.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}

extension PieceScanner {
  /// The keys that a piece begins with, each with the names of those around it; two keys that a
  /// file may not have both are the same.
  static func keys(of piece: Piece, at offset: Int, in bytes: [UInt8]) -> [[UInt8]] {
    guard piece.keys > 0 else { return [] }
    var path: [UInt8] = []
    for heading in piece.context.headings {
      path += name(in: heading.bytes[heading.column...]) ?? []
      path.append(UInt8(ascii: ":"))
    }
    var keys: [[UInt8]] = []
    var position = offset
    while keys.count < piece.keys, position < offset + piece.length {
      let line = Line(bytes, at: position)
      if line.first != UInt8(ascii: "#"), let name = name(in: bytes[line.content..<line.end]) {
        path += name
        keys.append(path)
        path.append(UInt8(ascii: ":"))
      }
      position = line.end
    }
    return keys
  }
}
