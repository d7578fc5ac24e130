internal import YAML

/// Where things are in the text.
extension EditedText {
  func children(of node: Node) -> [Child] {
    switch document.kind(of: node) {
    case .scalar: []
    case .mapping:
      document.pairs(of: node).map { pair in
        Child(
          start: document.range(of: pair.key).lowerBound,
          end: end(of: pair.value),
          node: pair.key
        )
      }
    case .sequence:
      document.children(of: node).map { item in
        let start = document.range(of: item).lowerBound
        return Child(
          start: isFlow(node) ? start : dash(before: start),
          end: end(of: item),
          node: item
        )
      }
    }
  }

  /// Where the dash of an item is, on its line; the item itself where it is not there.
  private func dash(before start: Int) -> Int {
    var index = start - 1
    while index >= 0, document.text.bytes[index] == 0x20 { index -= 1 }
    return index >= 0 && document.text.bytes[index] == 0x2D ? index : start
  }

  /// Where the text of a node ends, without the lines behind it.
  func end(of node: Node) -> Int {
    if document.kind(of: node) != .scalar, !isFlow(node) {
      return children(of: node).last?.end ?? document.range(of: node).upperBound
    }
    let range = document.range(of: node)
    var end = range.upperBound
    while end > range.lowerBound, [0x20, 0x0A, 0x0D].contains(document.text.bytes[end - 1]) {
      end -= 1
    }
    return end
  }

  func isFlow(_ node: Node) -> Bool {
    guard document.kind(of: node) != .scalar else { return false }
    let first = document.text.bytes[document.range(of: node).lowerBound]
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  func isFirstOnLine(_ offset: Int) -> Bool {
    document.text.bytes[lineStart(offset)..<offset].allSatisfy { $0 == 0x20 }
  }

  func lineStart(_ offset: Int) -> Int {
    (document.text.bytes[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The end of a line, before what ends it.
  func lineEnd(_ offset: Int) -> Int {
    let bytes = document.text.bytes
    let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    return end > offset && bytes[end - 1] == 0x0D ? end - 1 : end
  }
}
