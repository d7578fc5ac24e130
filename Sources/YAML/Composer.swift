internal import CYAML

/// Turns libyaml's events into a document, one after the other and with a stack of its own.
///
/// The items of one list can be taken out while they are read, some at a time, so that no more than
/// those of a long list are in memory at once.
struct Composer {
  /// What is being built: the whole, or a part of the list.
  private(set) var document: Document
  private(set) var faults: [YAMLFault] = []
  private(set) var isComplete = false

  private let limits: YAMLLimits
  private let parser: EventParser
  private var cursor: MarkCursor
  private var open: [OpenCollection] = []
  private var documents = 0
  private var nodes = 0
  private var list: TakenList?
  /// The document around the list, while the list is read.
  private var outer: Document?
  /// A part that is to be handed out.
  private var part: Document?
  /// After this nothing is read any more.
  private var isOver = false

  private static let mostFaults = 100

  private struct OpenCollection {
    var index: Int
    var isMapping: Bool
    var expectsKey: Bool
  }

  /// The list whose items are taken out: it is below a key at the top.
  private struct TakenList {
    let key: StaticString
    /// How many items make a part.
    let size: Int
    var position = Position.ahead
    /// Items of the part that is being built.
    var items = 0

    /// How far reading got; the key counts where it is met first.
    enum Position {
      case ahead, next, inside, behind
    }
  }

  init(text: SourceText, limits: YAMLLimits) {
    self.init(text, limits, list: nil)
    // More than is needed, at some ten bytes a node: untouched memory costs nothing, and growing
    // would need twice as much for a moment.
    document.records.reserveCapacity(min(text.bytes.count / 6 + 8, limits.nodes))
  }

  /// Takes out the items of the list below a key at the top, so many at a time.
  init(text: SourceText, limits: YAMLLimits, takingListOf key: StaticString, each size: Int) {
    self.init(text, limits, list: TakenList(key: key, size: max(1, size)))
  }

  private init(_ text: SourceText, _ limits: YAMLLimits, list: TakenList?) {
    document = Document(text: text)
    parser = EventParser(text.bytes)
    cursor = MarkCursor(text: text)
    self.limits = limits
    self.list = list
  }

  /// Runs to the next part of the list that is taken out, and yields it; `nil` at the end of the
  /// file, or after a fault after which nothing can be trusted.
  mutating func compose() -> Document? {
    while !isOver {
      switch parser.next() {
      case .failure(let problem):
        report(.syntax(problem.text), at: cursor.offset(line: problem.line, column: problem.column))
        isOver = true
      case .success(.end): (isComplete, isOver) = (true, true)
      case .success(let event):
        isOver = !take(event)
        if let part = readyPart() { return part }
      }
    }
    return nil
  }

  /// The part of the list that is complete.
  private mutating func readyPart() -> Document? {
    guard let list, list.position == .inside || part != nil else { return nil }
    if list.position == .inside, open.count == 2, list.items == list.size {
      let records = document.records.count
      endPart()
      document = Document(text: document.text)
      // The next part will hardly be larger.
      document.records.reserveCapacity(records)
    }
    defer { part = nil }
    return part
  }

  private mutating func endPart() {
    if !document.records.isEmpty { part = document }
    list?.items = 0
  }

  private mutating func beginList() {
    outer = document
    document = Document(text: document.text)
  }

  private mutating func endList() {
    endPart()
    guard let outer else { return }
    document = outer
    self.outer = nil
    list?.position = .behind
  }

  /// Returns false where nothing that follows is worth reading.
  private mutating func take(_ event: EventParser.Event) -> Bool {
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
      return append(scalar)
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
      if list?.position == .inside, outer == nil { beginList() }
    case .collectionEnd(let end):
      guard let closed = open.popLast() else { return true }
      if list?.position == .inside, open.count == 1 { endList() }
      document.records[closed.index].end = UInt32(truncatingIfNeeded: cursor.peek(end))
      document.records[closed.index].next = Int32(truncatingIfNeeded: document.records.count)
    }
    return true
  }

  private mutating func append(_ scalar: EventParser.Scalar) -> Bool {
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
    guard nodes < limits.nodes else {
      report(.tooManyNodes(limit: limits.nodes), at: Int(record.start))
      return false
    }
    nodes += 1
    var record = record
    record.next = Int32(truncatingIfNeeded: document.records.count + 1)
    document.records.append(record)
    if list != nil { followList(record) }
    if let last = open.indices.last, open[last].isMapping { open[last].expectsKey.toggle() }
    return true
  }

  /// Looks for the list that is taken out, and counts its items.
  private mutating func followList(_ record: Document.Record) {
    guard open.count == 1 || open.count == 2, let list else { return }
    switch list.position {
    case .ahead where open.count == 1 && open[0].expectsKey:
      let node = Node(index: record.next - 1)
      if document.value(of: node, is: list.key) { self.list?.position = .next }
    case .next where open.count == 1:
      self.list?.position = record.shape == .sequence ? .inside : .behind
    case .inside where open.count == 2: self.list?.items += 1
    case .ahead, .next, .inside, .behind: break
    }
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
