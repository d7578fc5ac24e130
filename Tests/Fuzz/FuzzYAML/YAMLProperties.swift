internal import YAML

/// What must be true of the reader for any bytes.
enum YAMLProperties {
  private static let limits = YAMLLimits(bytes: 1 << 20, depth: 64, nodes: 200_000)

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    let reading = YAMLReader(limits: limits).read(bytes)
    for fault in reading.faults {
      precondition((0...bytes.count).contains(fault.offset), "a fault outside the file")
      let (line, column) = reading.text.position(of: fault.offset)
      precondition(line >= 1 && column >= 1)
      _ = reading.text.line(line)
      precondition(reading.text.length(from: fault.offset, to: fault.offset + fault.byteCount) >= 1)
    }
    checkParts(of: bytes, against: reading)
    guard let document = reading.document, let root = document.root else { return }
    var pending = [root]
    var seen = 0
    while let node = pending.popLast() {
      seen += 1
      let range = document.range(of: node)
      precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a node outside")
      _ = reading.text.position(of: range.lowerBound)
      let text = document.string(of: node)
      if reading.faults.isEmpty {
        precondition(
          !text.unicodeScalars.contains { ForbiddenCharacters.contains($0.value) },
          "a forbidden character came through"
        )
      }
      let children = Array(document.children(of: node))
      if document.kind(of: node) == .mapping { precondition(children.count % 2 == 0) }
      pending += children
    }
    precondition(seen <= limits.nodes)
    // What a document says can be read again from any of its forms.
    precondition(document.serialised(root) == document.serialised(root))
  }

  /// A list that is taken out in parts says what it says in one piece.
  private static func checkParts(of bytes: [UInt8], against whole: YAMLReader.Reading) {
    var reading = YAMLReader(limits: limits).open(bytes, takingListOf: "guests", each: 3)
    var items: [[UInt8]] = []
    while let part = reading.nextPart() {
      let own = part.roots.map { part.serialised($0) }
      precondition((1...3).contains(own.count), "a part without items, or with too many")
      items += own
    }
    let rest = reading.rest()
    precondition(rest.faults == whole.faults, "parts have faults of their own")
    precondition((rest.document == nil) == (whole.document == nil))
    guard let document = whole.document, let root = document.root, !items.isEmpty else { return }
    var children = document.children(of: root)
    while let key = children.next(), let value = children.next() {
      guard document.value(of: key, is: "guests") else { continue }
      let own = document.children(of: value).map { document.serialised($0) }
      precondition(own == items, "parts say something else")
      return
    }
    preconditionFailure("a part of no list")
  }
}
