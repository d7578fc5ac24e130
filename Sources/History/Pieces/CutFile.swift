internal import Git

/// A file cut into pieces, or left whole where it cannot be cut.
struct CutFile {
  let bytes: [UInt8]
  /// In their order, covering the file; one piece, which is the file, where it is whole.
  let pieces: [Piece]
  let isWhole: Bool

  /// Files larger than this are left whole, since limits on a file as a whole could be exceeded by
  /// its pieces together.
  private static let largest = 8_000_000

  /// Cuts a file.
  init(_ bytes: [UInt8]) { self.init(bytes, pieces: Self.cut(bytes)) }

  private init(_ bytes: [UInt8], pieces: [Piece]?) {
    self.bytes = bytes
    isWhole = pieces == nil
    self.pieces = pieces ?? [Self.wholePiece(bytes)]
  }

  /// The same file, not cut.
  var leftWhole: CutFile { CutFile(bytes, pieces: nil) }

  /// The bytes that a piece is parsed from.
  func text(of piece: Piece, at offset: Int) -> [UInt8] {
    if piece.length == bytes.count { return bytes }
    return piece.header + bytes[offset..<(offset + piece.length)]
  }

  /// Cuts the next version of the file, looking only at what changed.
  ///
  /// `kept` says how many pieces at the start and at the end are the same as before.
  func next(_ bytes: [UInt8]) -> (CutFile, (first: Int, last: Int)) {
    guard !isWhole else { return (CutFile(bytes), (0, 0)) }
    let prefix = SharedBytes.prefix(of: self.bytes, and: bytes)
    let most = min(self.bytes.count, bytes.count) - prefix
    let suffix = SharedBytes.suffix(of: self.bytes, and: bytes, atMost: most)
    // What is shared has no carriage return alone, except that one may have been cut off at its end.
    guard Self.canBeCut(bytes, from: max(0, prefix - 1), to: bytes.count - suffix) else {
      return (CutFile(bytes, pieces: nil), (0, 0))
    }
    // The last piece that ends in what is shared might go on now; the one before it cannot.
    var (first, start) = (0, 0)
    while first + 1 < pieces.count,
      start + pieces[first].length + pieces[first + 1].length <= prefix
    {
      start += pieces[first].length
      first += 1
    }
    var cut = Array(pieces[..<first])
    let beginning = first < pieces.count ? pieces[first] : nil
    var scanner = PieceScanner(bytes, at: start, beginning: beginning)
    // The old boundary that the scanner might meet next.
    var (old, oldStart) = (first, start)
    let shift = bytes.count - self.bytes.count
    scanning: while true {
      if scanner.position > bytes.count - suffix {
        while old < pieces.count, oldStart + shift < scanner.position {
          oldStart += pieces[old].length
          old += 1
        }
        if old < pieces.count, oldStart + shift == scanner.position,
          scanner.beginning == (pieces[old].header, pieces[old].indent)
        {
          break scanning
        }
      }
      switch scanner.next() {
      case .piece(let piece): cut.append(piece)
      case .refused: return (CutFile(bytes, pieces: nil), (0, 0))
      case .end:
        old = pieces.count
        break scanning
      }
    }
    cut += pieces[old...]
    guard Self.haveDistinctKeys(cut, bytes) else { return (CutFile(bytes, pieces: nil), (0, 0)) }
    return (CutFile(bytes, pieces: cut), (first, pieces.count - old))
  }

  private static func wholePiece(_ bytes: [UInt8]) -> Piece {
    Piece(header: [], indent: nil, startsSection: true, length: bytes.count, lines: 0)
  }

  private static func cut(_ bytes: [UInt8]) -> [Piece]? {
    guard canBeCut(bytes) else { return nil }
    var scanner = PieceScanner(bytes)
    var pieces: [Piece] = []
    while true {
      switch scanner.next() {
      case .piece(let piece): pieces.append(piece)
      case .refused: return nil
      case .end: return haveDistinctKeys(pieces, bytes) ? pieces : nil
      }
    }
  }

  /// A carriage return alone ends a line for the parser and not for the scanner.
  private static func canBeCut(_ bytes: [UInt8], from start: Int = 0, to end: Int = .max) -> Bool {
    guard bytes.count <= largest else { return false }
    var from = start
    while let position = SharedBytes.firstIndex(of: UInt8(ascii: "\r"), in: bytes, from: from),
      position < end
    {
      guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\n") else {
        return false
      }
      from = position + 2
    }
    return true
  }

  /// A key twice at the top is a fault that no piece can see.
  private static func haveDistinctKeys(_ pieces: [Piece], _ bytes: [UInt8]) -> Bool {
    var seen = Set<ArraySlice<UInt8>>()
    var offset = 0
    for piece in pieces {
      defer { offset += piece.length }
      guard piece.startsSection, let key = PieceScanner.key(in: bytes, from: offset)
      else { continue }
      guard seen.insert(bytes[key]).inserted else { return false }
    }
    return true
  }
}
