/// Which pieces of one version of a file are those of the version before.
///
/// Most changes put a piece in, take one out or write one anew, so that the next pieces are compared
/// first; only what then has no match is looked up by its text.
struct PieceMatch {
  private let old: [PlacedPiece]
  private let oldBytes: [UInt8]
  private let new: [PlacedPiece]
  private let newBytes: [UInt8]
  /// For every new piece the position of the old one that it is; each old one is given once.
  private(set) var origins: [Int?]

  init(
    _ old: [PlacedPiece],
    of oldBytes: [UInt8],
    _ new: [PlacedPiece],
    of newBytes: [UInt8]
  ) {
    self.old = old
    self.oldBytes = oldBytes
    self.new = new
    self.newBytes = newBytes
    origins = Array(repeating: nil, count: new.count)
    lookUp(matchInOrder())
  }

  /// Yields the old pieces that have no match.
  private mutating func matchInOrder() -> [Int] {
    var left: [Int] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      if isSame(i, j) {
        origins[j] = i
      } else if i + 1 < old.count, isSame(i + 1, j) {
        left.append(i)
        i += 1
        origins[j] = i
      } else if j + 1 < new.count, isSame(i, j + 1) {
        j += 1
        origins[j] = i
      } else {
        left.append(i)
      }
      i += 1
      j += 1
    }
    return left + (i..<max(i, old.count))
  }

  private mutating func lookUp(_ left: [Int]) {
    let open = origins.indices.filter { origins[$0] == nil }
    guard !left.isEmpty, !open.isEmpty else { return }
    if left.count * open.count <= 16 {
      var left = left
      for j in open {
        guard let match = left.firstIndex(where: { isSame($0, j) }) else { continue }
        origins[j] = left.remove(at: match)
      }
      return
    }
    var known: [Text: [Int]] = [:]
    for i in left.reversed() { known[Text(old[i], oldBytes), default: []].append(i) }
    for j in open { origins[j] = known[Text(new[j], newBytes)]?.popLast() }
  }

  private struct Text: Hashable {
    var above: [[UInt8]]
    var bytes: [UInt8]

    init(_ piece: PlacedPiece, _ bytes: [UInt8]) {
      above = piece.piece.context.headings.map(\.bytes)
      self.bytes = Array(bytes[piece.bytes])
    }
  }

  private func isSame(_ i: Int, _ j: Int) -> Bool {
    old[i].piece.length == new[j].piece.length
      && oldBytes[old[i].bytes] == newBytes[new[j].bytes]
      && old[i].piece.context.headings == new[j].piece.context.headings
  }
}
