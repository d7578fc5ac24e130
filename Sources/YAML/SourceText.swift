/// The bytes of one file, with what it takes to name a place in them by line and column.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// Byte offsets at which lines begin; the first is zero.
  let lineStarts: [UInt32]
  /// True where every byte is a character.
  let isASCII: Bool
  /// Elsewhere, how many characters are before each block of bytes: a line may be as long as the
  /// file, and every entry in it asks for its column.
  private let charactersBefore: [UInt32]
  /// What the bytes were refused for, before any YAML was read; empty for a file that may be read.
  package let faults: [YAMLFault]

  /// Takes the bytes of a file and looks through all of them once.
  package init(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) {
    self.bytes = bytes
    guard bytes.count <= limits.bytes else {
      lineStarts = [0]
      isASCII = false
      charactersBefore = []
      faults = [YAMLFault(.tooManyBytes(limit: limits.bytes), offset: 0)]
      return
    }
    var gate = ByteGate()
    gate.pass(bytes)
    lineStarts = gate.lineStarts
    isASCII = gate.isASCII
    charactersBefore = gate.isASCII ? [] : Self.characters(before: bytes)
    faults = gate.faults
  }

  /// Line and column, both counted from one, columns in characters.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    return (line + 1, characters(from: Int(lineStarts[line]), to: offset) + 1)
  }

  /// The number of characters from an offset up to another, but no further than the line goes.
  package func length(from offset: Int, to end: Int) -> Int {
    let start = min(max(offset, 0), bytes.count)
    return max(1, characters(from: start, to: min(max(end, start), lineEnd(lineIndex(of: start)))))
  }

  /// The text of a line, counted from one, without its end; `nil` where there is no such line or it
  /// is longer than people read.
  package func line(_ number: Int, upTo limit: Int = 400) -> String? {
    guard lineStarts.indices.contains(number - 1) else { return nil }
    let start = Int(lineStarts[number - 1])
    let end = lineEnd(number - 1)
    guard end - start <= limit else { return nil }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The offset at which a line begins, counted from zero as libyaml does.
  func start(ofLine index: Int) -> Int {
    lineStarts.indices.contains(index) ? Int(lineStarts[index]) : bytes.count
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func lineEnd(_ index: Int) -> Int {
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    let start = Int(lineStarts[index])
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  private func characters(from start: Int, to end: Int) -> Int {
    guard start < end else { return 0 }
    return isASCII ? end - start : characters(before: end) - characters(before: start)
  }

  private static let blockSize = 1024

  /// The number of characters that begin before an offset.
  private func characters(before offset: Int) -> Int {
    let block = min(offset / Self.blockSize, charactersBefore.count - 1)
    guard block >= 0 else { return 0 }
    let rest = bytes[block * Self.blockSize..<offset]
    return Int(charactersBefore[block]) + Self.characters(in: rest)
  }

  private static func characters(before bytes: [UInt8]) -> [UInt32] {
    var counts: [UInt32] = [0]
    counts.reserveCapacity(bytes.count / blockSize + 1)
    for start in stride(from: 0, to: bytes.count - bytes.count % blockSize, by: blockSize) {
      let count = characters(in: bytes[start..<start + blockSize])
      counts.append((counts.last ?? 0) &+ UInt32(truncatingIfNeeded: count))
    }
    return counts
  }

  private static func characters(in bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
