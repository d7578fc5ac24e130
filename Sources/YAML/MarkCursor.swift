internal import CYAML

/// Turns libyaml's marks, which count characters, into byte offsets.
///
/// Marks of successive events do not go back, so that counting on from the last one makes the whole
/// file cost one pass.
struct MarkCursor {
  private let text: SourceText
  private var characters = 0
  private var bytes = 0

  init(text: SourceText) { self.text = text }

  /// The byte offset of a mark, from which the next is counted.
  mutating func offset(_ mark: yaml_mark_t) -> Int {
    let offset = peek(mark)
    characters = Int(mark.index)
    bytes = offset
    return offset
  }

  /// The byte offset of a mark.
  func peek(_ mark: yaml_mark_t) -> Int {
    let target = Int(mark.index)
    if text.isASCII { return min(target, text.bytes.count) }
    guard target >= characters else {
      return offset(line: Int(mark.line), column: Int(mark.column))
    }
    return advance(bytes, by: target - characters)
  }

  /// The byte offset of a line and a column, both counted from zero, columns in characters.
  func offset(line: Int, column: Int) -> Int {
    let start = text.start(ofLine: line)
    return text.isASCII ? min(start + column, text.bytes.count) : advance(start, by: column)
  }

  private func advance(_ start: Int, by count: Int) -> Int {
    var offset = start
    var left = count
    while left > 0, offset < text.bytes.count {
      offset += 1
      while offset < text.bytes.count, text.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
