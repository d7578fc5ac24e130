/// A piece and where in its file it begins.
struct PlacedPiece {
  var piece: Piece
  var offset: Int

  var bytes: Range<Int> { offset..<(offset + piece.length) }
}
