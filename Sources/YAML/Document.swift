/// What libyaml read from one file, or from some of it: its nodes in the order in which they are,
/// each knowing its bytes.
///
/// Held flat, 24 bytes a node, so that a file of a hundred thousand guests takes no more memory
/// than its text, and so that no walk over it needs to call itself.
package struct Document: Sendable {
  package let text: SourceText
  var records: [Record] = []
  /// Values that differ from what is in the file: escapes, folded lines.
  var decoded: [UInt8] = []

  struct Record {
    var start: UInt32
    var end: UInt32
    /// Of a scalar: where its value begins, in the file or among the decoded.
    var valueStart: UInt32 = 0
    /// Of a scalar: the bytes of its value.
    var valueCount: UInt32 = 0
    /// The index of the first record after this node and everything in it.
    var next: Int32 = 0
    var shape: Shape
  }

  enum Shape: UInt8 {
    case plain, plainDecoded, quoted, quotedDecoded, sequence, mapping
  }

  init(text: SourceText) { self.text = text }

  /// The one node at the top; `nil` for a file that holds comments at most.
  package var root: Node? { records.isEmpty ? nil : Node(index: 0) }

  /// Every node at the top: of a part of a list, its items.
  package var roots: Children {
    Children(records: records, position: 0, end: Int32(truncatingIfNeeded: records.count))
  }

  package func kind(of node: Node) -> Node.Kind {
    switch self[node].shape {
    case .sequence: .sequence
    case .mapping: .mapping
    case .plain, .plainDecoded, .quoted, .quotedDecoded: .scalar
    }
  }

  /// True for a scalar that is neither quoted nor a block.
  package func isPlain(_ node: Node) -> Bool {
    let shape = self[node].shape
    return shape == .plain || shape == .plainDecoded
  }

  /// The value of a scalar as UTF-8; empty for a collection.
  package func bytes(of node: Node) -> ArraySlice<UInt8> {
    let record = self[node]
    let range = Int(record.valueStart)..<Int(record.valueStart) + Int(record.valueCount)
    switch record.shape {
    case .plain, .quoted: return text.bytes[range]
    case .plainDecoded, .quotedDecoded: return decoded[range]
    case .sequence, .mapping: return []
    }
  }

  /// The value of a scalar; empty for a collection.
  package func string(of node: Node) -> String { String(decoding: bytes(of: node), as: UTF8.self) }

  /// Tells whether the value of a scalar is a text.
  package func value(of node: Node, is text: StaticString) -> Bool {
    let bytes = bytes(of: node)
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { unsafe bytes.elementsEqual($0) }
  }

  /// The bytes of the file that the node covers.
  package func range(of node: Node) -> Range<Int> {
    let record = self[node]
    return Int(record.start)..<max(Int(record.start), Int(record.end))
  }

  /// The items of a sequence; of a mapping, keys and values in turn; nothing of a scalar.
  package func children(of node: Node) -> Children {
    let shape = self[node].shape
    guard shape == .sequence || shape == .mapping else {
      return Children(records: [], position: 0, end: 0)
    }
    return Children(records: records, position: node.index + 1, end: self[node].next)
  }

  /// A node and everything in it as bytes that no other content shares: layout, comments and the
  /// kind of quotes leave no trace.
  package func serialised(_ node: Node) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in node.index..<self[node].next {
      let node = Node(index: index)
      let record = self[node]
      switch record.shape {
      case .sequence: bytes += "l\(record.next - index)".utf8
      case .mapping: bytes += "m\(record.next - index)".utf8
      case .plain, .plainDecoded, .quoted, .quotedDecoded:
        bytes += "s\(record.valueCount):".utf8
        bytes += self.bytes(of: node)
      }
    }
    return bytes
  }

  package struct Children: Sequence, IteratorProtocol {
    private let records: [Record]
    private var position: Int32
    private let end: Int32

    init(records: [Record], position: Int32, end: Int32) {
      self.records = records
      self.position = position
      self.end = end
    }

    package mutating func next() -> Node? {
      guard position < end else { return nil }
      let node = Node(index: position)
      position = records[Int(position)].next
      return node
    }
  }

  subscript(_ node: Node) -> Record { records[Int(node.index)] }
}

/// One scalar or collection of a document; it means something only to the document that gave it.
package struct Node: Hashable, Sendable {
  let index: Int32

  package enum Kind: Hashable, Sendable {
    case scalar, sequence, mapping
  }
}
