/// A run of lines of a file that means the same whether it is parsed in its place or by itself.
///
/// An entry that is not at the top needs the lines above its list to be understood; its context has
/// them.
struct Piece: Equatable {
  /// Where the piece begins.
  var context: PieceContext
  /// How many lines in a row the piece begins with that are keys, each inside the one before it;
  /// none where it begins with an item.
  var keys: Int
  /// Bytes of the piece itself.
  var length: Int
  /// Line ends of the piece itself.
  var lines: Int

  /// Lines that are put above the piece when it is parsed.
  var linesAbove: Int { context.headings.count }
}
