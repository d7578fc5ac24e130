/// The bytes of one file, with what it takes to name a place in them by line and column.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// Byte offsets at which lines begin; the first is zero.
  let lineStarts: [UInt32]
  /// True where every byte is a character.
  let isASCII: Bool
  /// What the bytes were refused for, before any YAML was read; empty for a file that may be read.
  package let faults: [YAMLFault]

  /// Takes the bytes of a file and looks through all of them once.
  package init(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) {
    self.bytes = bytes
    guard bytes.count <= limits.bytes else {
      lineStarts = [0]
      isASCII = false
      faults = [YAMLFault(.tooManyBytes(limit: limits.bytes), offset: 0)]
      return
    }
    var gate = ByteGate()
    gate.pass(bytes)
    lineStarts = gate.lineStarts
    isASCII = gate.isASCII
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
    if isASCII { return end - start }
    var count = 0
    for byte in bytes[start..<end] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
