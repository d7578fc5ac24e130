/// A run of lines of a file that means the same whether it is parsed in its place or by itself.
///
/// An item of a block list needs the line above the list to be understood; that is its header.
struct Piece: Equatable {
  /// The line that has to stand before the piece; empty where none has.
  var header: [UInt8]
  /// The column of the list that the piece is an item of; `nil` for every other piece.
  var indent: Int?
  /// True where the piece is the first of a key at the top.
  var startsSection: Bool
  /// Bytes of the piece itself.
  var length: Int
  /// Line ends of the piece itself.
  var lines: Int
}
