/// One line of a file, by offsets.
struct Line {
  let start: Int
  /// Behind the line end.
  let end: Int
  /// The first byte that is no space; `end` for a blank line.
  let content: Int
  let hasEnd: Bool
  /// The byte at `content`; `nil` for a blank line.
  let first: UInt8?

  var column: Int { content - start }

  init(_ bytes: [UInt8], at start: Int) {
    self.start = start
    var content = start
    while content < bytes.count, bytes[content] == UInt8(ascii: " ") { content += 1 }
    var end = content
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    hasEnd = end < bytes.count
    self.end = hasEnd ? end + 1 : end
    var isBlank = content == end
    // A carriage return may stand before the line end and nowhere else.
    if content + 1 == end, bytes[content] == UInt8(ascii: "\r") { isBlank = true }
    self.content = isBlank ? self.end : content
    first = isBlank ? nil : bytes[content]
  }
}
