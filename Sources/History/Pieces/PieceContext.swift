/// Where in a file a line stands that begins an entry of a list or of a mapping.
struct PieceContext: Equatable {
  /// The lines that have to stand above the entry so that it means the same by itself, the
  /// outermost first: keys at the ends of lines, each with its value below it.
  var headings: [Heading] = []
  /// The column of the entries.
  var column = 0
  /// True for the items of a list, false for the keys of a mapping.
  var isList = false

  /// One line, with its end.
  struct Heading: Equatable {
    var bytes: [UInt8]
    var column: Int
  }

  /// The keys at the top of a file.
  static let top = PieceContext()

  /// The entries that stand below a key of this mapping.
  func below(_ heading: Heading, column: Int, isList: Bool) -> PieceContext {
    PieceContext(headings: headings + [heading], column: column, isList: isList)
  }

  /// The mapping that a key at some column belongs to, this one or one around it; `nil` where none
  /// has its keys there.
  func mapping(at column: Int) -> PieceContext? {
    if !isList, column == self.column { return self }
    guard let index = headings.lastIndex(where: { $0.column == column }) else { return nil }
    return PieceContext(headings: Array(headings[..<index]), column: column, isList: false)
  }
}
