internal import CYAML

/// Turns libyaml's events into a document, one after the other and with a stack of its own.
struct Composer {
  private(set) var document: Document
  private(set) var faults: [YAMLFault] = []
  private(set) var isComplete = false

  private let limits: YAMLLimits
  private var cursor: MarkCursor
  private var open: [OpenCollection] = []
  private var documents = 0

  private static let mostFaults = 100

  private struct OpenCollection {
    var index: Int
    var isMapping: Bool
    var expectsKey: Bool
  }

  init(text: SourceText, limits: YAMLLimits) {
    document = Document(text: text)
    // More than there will be of guests, some ten bytes a node: what is not touched takes no memory,
    // and growing would take twice as much for a moment.
    document.records.reserveCapacity(min(text.bytes.count / 6 + 8, limits.nodes))
    cursor = MarkCursor(text: text)
    self.limits = limits
  }

  /// Runs to the end of the file, or to the first fault after which nothing can be trusted.
  mutating func compose() {
    let text = document.text
    unsafe text.bytes.withUnsafeBufferPointer { buffer in
      let parser = unsafe EventParser(buffer)
      while true {
        switch parser.next() {
        case .failure(let problem):
          report(
            .syntax(problem.text),
            at: cursor.offset(line: problem.line, column: problem.column)
          )
          return
        case .success(.end):
          isComplete = true
          return
        case .success(let event):
          guard take(event, from: parser) else { return }
        }
      }
    }
  }

  /// Returns false where nothing that follows is worth reading.
  private mutating func take(_ event: EventParser.Event, from parser: EventParser) -> Bool {
    switch event {
    case .end, .other: return true
    case .documentStart(let mark, let hasDirectives):
      documents += 1
      let offset = cursor.offset(mark)
      if hasDirectives { report(.directive, at: offset) }
      if documents > 1 {
        report(.secondDocument, at: offset, count: 3)
        return false
      }
    case .alias(let start, let end):
      let range = range(start, end)
      report(.alias, at: range.lowerBound, count: range.count)
      return append(Document.Record(range, .plain))
    case .scalar(let scalar):
      return append(scalar, from: parser)
    case .collectionStart(let isMapping, let start, let end, let properties):
      let range = range(start, end)
      reportProperties(properties, at: range.lowerBound)
      if open.last?.expectsKey == true {
        report(.compoundKey, at: range.lowerBound)
        return false
      }
      guard open.count < limits.depth else {
        report(.tooDeep(limit: limits.depth), at: range.lowerBound)
        return false
      }
      let index = document.records.count
      guard append(Document.Record(range, isMapping ? .mapping : .sequence)) else { return false }
      open.append(OpenCollection(index: index, isMapping: isMapping, expectsKey: isMapping))
    case .collectionEnd(let end):
      guard let closed = open.popLast() else { return true }
      document.records[closed.index].end = UInt32(truncatingIfNeeded: cursor.peek(end))
      document.records[closed.index].next = Int32(truncatingIfNeeded: document.records.count)
    }
    return true
  }

  private mutating func append(_ scalar: EventParser.Scalar, from parser: EventParser) -> Bool {
    let range = range(scalar.start, scalar.end)
    reportProperties(scalar.properties, at: range.lowerBound)
    var record = Document.Record(range, scalar.isPlain ? .plain : .quoted)
    record.valueCount = UInt32(truncatingIfNeeded: scalar.count)
    let start = scalar.isPlain ? range.lowerBound : range.lowerBound + 1
    let atMost = scalar.isPlain ? range.upperBound : range.upperBound - 1
    if start + scalar.count <= atMost, parser.scalarEquals(bytesAt: start) {
      record.valueStart = UInt32(truncatingIfNeeded: start)
    } else {
      record.valueStart = UInt32(truncatingIfNeeded: document.decoded.count)
      record.shape = scalar.isPlain ? .plainDecoded : .quotedDecoded
      parser.appendScalar(to: &document.decoded)
      reportEscapes(from: Int(record.valueStart), at: range)
    }
    if open.last?.expectsKey == true, scalar.isPlain, scalar.count == 2,
      document.text.bytes[range.lowerBound] == UInt8(ascii: "<"),
      document.text.bytes[range.lowerBound + 1] == UInt8(ascii: "<")
    {
      report(.mergeKey, at: range.lowerBound, count: 2)
    }
    return append(record)
  }

  private mutating func append(_ record: Document.Record) -> Bool {
    guard document.records.count < limits.nodes else {
      report(.tooManyNodes(limit: limits.nodes), at: Int(record.start))
      return false
    }
    var record = record
    record.next = Int32(truncatingIfNeeded: document.records.count + 1)
    document.records.append(record)
    if let last = open.indices.last, open[last].isMapping { open[last].expectsKey.toggle() }
    return true
  }

  private mutating func range(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Range<Int> {
    let lower = cursor.offset(start)
    return lower..<max(lower, cursor.peek(end))
  }

  private mutating func reportEscapes(from start: Int, at range: Range<Int>) {
    for scalar in String(decoding: document.decoded[start...], as: UTF8.self).unicodeScalars
    where ForbiddenCharacters.contains(scalar.value) {
      report(.forbiddenEscape(scalar.value), at: range.lowerBound, count: range.count)
    }
  }

  private mutating func reportProperties(_ properties: EventParser.Properties, at offset: Int) {
    if properties.contains(.anchor) { report(YAMLFault.Kind.anchor, at: offset) }
    if properties.contains(.tag) { report(YAMLFault.Kind.tag, at: offset) }
  }

  private mutating func report(_ kind: YAMLFault.Kind, at offset: Int, count: Int = 0) {
    guard faults.count < Self.mostFaults else { return }
    faults.append(YAMLFault(kind, offset: offset, byteCount: count))
  }
}

extension Document.Record {
  fileprivate init(_ range: Range<Int>, _ shape: Document.Shape) {
    self.init(
      start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound),
      shape: shape
    )
  }
}
