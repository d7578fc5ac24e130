/// Cuts a file into pieces, line by line.
///
/// It knows just enough of YAML for that: keys at the first column, and the items of block lists
/// right below them. Whatever else stands at the first column makes it give up, and the file is
/// parsed whole. A quoted text or a flow collection that hides a boundary inside itself leaves a
/// piece that does not parse by itself, and then too the file is parsed whole; every other construct
/// ends where a line begins further left than it. So where all pieces parse, together they are what
/// the whole file is.
struct PieceScanner {
  private let bytes: [UInt8]
  /// The boundary at which the next piece begins.
  private(set) var position: Int
  /// The key above the list that the position is in, and the column of its items.
  private var header: [UInt8]
  private var indent: Int?

  /// Begins at a boundary, with what the piece that begins there is; without one, at the start.
  init(_ bytes: [UInt8], at position: Int = 0, beginning piece: Piece? = nil) {
    self.bytes = bytes
    self.position = position
    header = piece?.header ?? []
    indent = piece?.header.isEmpty == false ? piece?.indent : nil
  }

  enum Step {
    case piece(Piece)
    case end
    /// The file has a form that cannot be cut.
    case refused
  }

  /// What the piece at the position would be, as far as what stands before it says.
  var beginning: (header: [UInt8], indent: Int?) { (header, indent) }

  /// Yields the piece that begins at the position, and moves behind it.
  mutating func next() -> Step {
    guard position < bytes.count else { return .end }
    var piece = Piece(header: header, indent: indent, startsSection: false, length: 0, lines: 0)
    let start = position
    // A key whose value can only be on the lines that follow.
    var openKey: Line?
    var hasContent = false
    reading: while position < bytes.count {
      let line = Line(bytes, at: position)
      let role = role(of: line, awaitingItem: openKey != nil)
      switch role {
      case .neutral: break
      case .marker:
        guard start == 0, !hasContent else { return .refused }
      case .refused: return .refused
      case .inside:
        // A section that is no list, or a line of an item.
        if header.isEmpty, !piece.startsSection { return .refused }
        openKey = nil
      case .item(let column):
        if let key = openKey {
          header = Array(bytes[key.start..<key.end])
          indent = column
          openKey = nil
        } else if hasContent {
          break reading
        }
      case .key(let isOpen):
        if hasContent { break reading }
        piece = Piece(header: [], indent: nil, startsSection: true, length: 0, lines: piece.lines)
        header = []
        indent = nil
        openKey = isOpen ? line : nil
      }
      if role.isContent { hasContent = true }
      if line.hasEnd { piece.lines += 1 }
      position = line.end
    }
    if position < bytes.count, nextIsKey { (header, indent) = ([], nil) }
    piece.length = position - start
    return .piece(piece)
  }

  /// Whether the line at the position begins a section; what is above it says nothing about it.
  private var nextIsKey: Bool {
    if case .key = role(of: Line(bytes, at: position), awaitingItem: false) { true } else { false }
  }
}

extension PieceScanner {
  private enum Role {
    /// Blank, or nothing but a comment.
    case neutral
    /// The `---` before a document.
    case marker
    case key(isOpen: Bool)
    case item(column: Int)
    case inside
    case refused

    var isContent: Bool { if case .neutral = self { false } else { true } }
  }

  private func role(of line: Line, awaitingItem: Bool) -> Role {
    guard let first = line.first, first != UInt8(ascii: "#") else { return .neutral }
    if line.column == 0 {
      if let isOpen = isKey(line) { return .key(isOpen: isOpen) }
      if isItem(line), awaitingItem || indent == 0 { return .item(column: 0) }
      // The end of a flow collection that began on a line above.
      if first == UInt8(ascii: "}") || first == UInt8(ascii: "]") { return .inside }
      return isMarker(line) ? .marker : .refused
    }
    if isItem(line), awaitingItem || indent == line.column { return .item(column: line.column) }
    if let indent, line.column < indent { return .refused }
    return .inside
  }

  /// The bytes of the first key at the first column, from an offset on.
  static func key(in bytes: [UInt8], from start: Int) -> Range<Int>? {
    let scanner = PieceScanner(bytes, at: start)
    var position = start
    while position < bytes.count {
      let line = Line(bytes, at: position)
      if line.column == 0, line.first != nil, scanner.isKey(line) != nil {
        let end = bytes[line.content...].firstIndex(of: UInt8(ascii: ":")) ?? line.end
        return line.content..<end
      }
      position = line.end
    }
    return nil
  }

  /// Whether the line is `name:`, and if so whether nothing but a comment follows.
  private func isKey(_ line: Line) -> Bool? {
    var end = line.content
    while end < line.end, Self.isNameByte(bytes[end]) { end += 1 }
    guard end > line.content, end < line.end, bytes[end] == UInt8(ascii: ":") else { return nil }
    var rest = end + 1
    guard rest == line.end || Self.isSpace(bytes[rest]) else { return nil }
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

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  /// Spaces and the end of a line; a tab is none, so that a line with one is left to the parser.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
