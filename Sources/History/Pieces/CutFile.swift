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

  /// True where the lists inside `grants` are cut, too.
  private let isDeep: Bool

  /// Cuts a file.
  init(_ bytes: [UInt8]) {
    if let pieces = Self.cut(bytes, isDeep: true) {
      self.init(bytes, pieces: pieces, isDeep: true)
    } else {
      self.init(bytes, pieces: Self.cut(bytes, isDeep: false), isDeep: false)
    }
  }

  private init(_ bytes: [UInt8], pieces: [Piece]?, isDeep: Bool) {
    self.bytes = bytes
    self.isDeep = isDeep
    isWhole = pieces == nil
    self.pieces = pieces ?? [Self.wholePiece(bytes)]
  }

  /// The same file, not cut.
  var leftWhole: CutFile { CutFile(bytes, pieces: nil, isDeep: false) }

  /// The bytes that a piece is parsed from.
  func text(of placed: PlacedPiece) -> [UInt8] {
    if placed.piece.length == bytes.count { return bytes }
    var text: [UInt8] = []
    for heading in placed.piece.context.headings { text += heading.bytes }
    text += bytes[placed.bytes]
    return text
  }

  /// The pieces between those at the start and at the end that another version has, too.
  func placed(without kept: (first: Int, last: Int)) -> [PlacedPiece] {
    guard !isWhole else { return [] }
    var offset = 0
    for piece in pieces[..<kept.first] { offset += piece.length }
    return pieces[kept.first..<(pieces.count - kept.last)].map { piece in
      defer { offset += piece.length }
      return PlacedPiece(piece: piece, offset: offset)
    }
  }

  /// Cuts the next version of the file, looking only at what changed.
  ///
  /// `kept` says how many pieces at the start and at the end are the same as before.
  func next(_ bytes: [UInt8]) -> (CutFile, (first: Int, last: Int)) {
    guard isDeep else { return (CutFile(bytes), (0, 0)) }
    let prefix = SharedBytes.prefix(of: self.bytes, and: bytes)
    let most = min(self.bytes.count, bytes.count) - prefix
    let suffix = SharedBytes.suffix(of: self.bytes, and: bytes, atMost: most)
    // What is shared has no carriage return alone, except that one may have been cut off at its end.
    guard Self.canBeCut(bytes, from: max(0, prefix - 1), to: bytes.count - suffix) else {
      return (CutFile(bytes, pieces: nil, isDeep: false), (0, 0))
    }
    // The last piece that ends in what is shared might go on now; the one before it cannot.
    var (first, start) = (0, 0)
    while first + 1 < pieces.count,
      start + pieces[first].length + pieces[first + 1].length <= prefix
    {
      start += pieces[first].length
      first += 1
    }
    let context = first < pieces.count ? pieces[first].context : .top
    var scanner = PieceScanner(bytes, isDeep: true, at: start, in: context)
    var between: [Piece] = []
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
          scanner.context == pieces[old].context
        {
          break scanning
        }
      }
      switch scanner.next() {
      case .piece(let piece): between.append(piece)
      case .refused: return (CutFile(bytes), (0, 0))
      case .end:
        old = pieces.count
        break scanning
      }
    }
    var cut: [Piece] = []
    cut.reserveCapacity(first + between.count + pieces.count - old)
    cut += pieces[..<first]
    cut += between
    cut += pieces[old...]
    // Where no key is new, none can be there twice.
    let keys = Self.keys(of: between, at: start, in: bytes)
    if keys != Self.keys(of: pieces[first..<old], at: start, in: self.bytes),
      !Self.areDistinct(Self.keys(of: cut, at: 0, in: bytes))
    {
      return (CutFile(bytes), (0, 0))
    }
    return (CutFile(bytes, pieces: cut, isDeep: true), (first, pieces.count - old))
  }

  private static func wholePiece(_ bytes: [UInt8]) -> Piece {
    Piece(context: .top, keys: 0, length: bytes.count, lines: 0)
  }

  private static func cut(_ bytes: [UInt8], isDeep: Bool) -> [Piece]? {
    guard canBeCut(bytes) else { return nil }
    var scanner = PieceScanner(bytes, isDeep: isDeep)
    var pieces: [Piece] = []
    while true {
      switch scanner.next() {
      case .piece(let piece): pieces.append(piece)
      case .refused: return nil
      case .end: return areDistinct(keys(of: pieces, at: 0, in: bytes)) ? pieces : nil
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

  /// A key twice in one mapping says something that no piece can see.
  private static func areDistinct(_ keys: [[UInt8]]) -> Bool {
    keys.count < 2 || Set(keys).count == keys.count
  }

  /// The keys that some pieces in a row begin with.
  private static func keys(
    of pieces: some Sequence<Piece>,
    at start: Int,
    in bytes: [UInt8]
  ) -> [[UInt8]] {
    var keys: [[UInt8]] = []
    var offset = start
    for piece in pieces {
      if piece.keys > 0 { keys += PieceScanner.keys(of: piece, at: offset, in: bytes) }
      offset += piece.length
    }
    return keys
  }
}
