internal import CYAML

/// One libyaml parser over the bytes of a file, with the event that it last gave.
@safe
final class EventParser {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var event = unsafe yaml_event_t()
  private var holdsEvent = false
  private let input: ParserInput

  /// What a node carries besides its value.
  struct Properties: OptionSet {
    let rawValue: UInt8
    static let anchor = Self(rawValue: 1)
    static let tag = Self(rawValue: 2)
  }

  struct Scalar {
    var start: yaml_mark_t
    var end: yaml_mark_t
    var count: Int
    var isPlain: Bool
    var properties: Properties
  }

  enum Event {
    case documentStart(yaml_mark_t, hasDirectives: Bool)
    case alias(yaml_mark_t, yaml_mark_t)
    case scalar(Scalar)
    case collectionStart(isMapping: Bool, yaml_mark_t, yaml_mark_t, Properties)
    case collectionEnd(yaml_mark_t)
    case end
    case other
  }

  /// What libyaml refused, and where, counted from zero.
  struct Problem: Error {
    var text: String
    var line: Int
    var column: Int
  }

  init(_ bytes: [UInt8]) {
    input = ParserInput(bytes)
    // It holds pointers into itself, so it must not move.
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    _ = unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // An array's bytes may lie elsewhere from one event to the next, so that libyaml asks for them
    // instead of being told where they are. The parser does not outlive what it asks.
    unsafe yaml_parser_set_input(
      parser,
      { context, buffer, size, count in
        guard let context = unsafe context, let buffer = unsafe buffer, let count = unsafe count
        else { return 0 }
        let input = unsafe Unmanaged<ParserInput>.fromOpaque(context).takeUnretainedValue()
        unsafe count.pointee = unsafe input.read(
          into: UnsafeMutableBufferPointer(start: buffer, count: size)
        )
        return 1
      },
      Unmanaged.passUnretained(input).toOpaque()
    )
  }

  deinit {
    if holdsEvent { unsafe yaml_event_delete(&event) }
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// Reads on; the event before is gone with this.
  func next() -> Result<Event, Problem> {
    if holdsEvent {
      unsafe yaml_event_delete(&event)
      holdsEvent = false
    }
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { return .failure(problem()) }
    holdsEvent = true
    return .success(current())
  }

  /// Tells whether the value of the current scalar is what is in the input at an offset.
  func scalarEquals(bytesAt offset: Int) -> Bool {
    let count = unsafe event.data.scalar.length
    guard count > 0 else { return true }
    guard let value = unsafe event.data.scalar.value else { return false }
    return unsafe input.bytes.withUnsafeBufferPointer { bytes in
      guard offset + count <= bytes.count, let base = bytes.baseAddress else { return false }
      return unsafe memcmp(value, base + offset, count) == 0
    }
  }

  /// Copies the value of the current scalar.
  func appendScalar(to bytes: inout [UInt8]) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: event.data.scalar.value,
        count: event.data.scalar.length
      )
    )
  }

  private func current() -> Event {
    let start = unsafe event.start_mark
    let end = unsafe event.end_mark
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: return .end
    case YAML_DOCUMENT_START_EVENT:
      let data = unsafe event.data.document_start
      return .documentStart(
        start,
        hasDirectives: unsafe data.version_directive != nil
          || data.tag_directives.start != data.tag_directives.end
      )
    case YAML_ALIAS_EVENT: return .alias(start, end)
    case YAML_SCALAR_EVENT:
      let data = unsafe event.data.scalar
      return .scalar(
        Scalar(
          start: start,
          end: end,
          count: unsafe data.length,
          isPlain: unsafe data.style == YAML_PLAIN_SCALAR_STYLE,
          properties: unsafe properties(anchor: data.anchor, tag: data.tag)
        )
      )
    case YAML_SEQUENCE_START_EVENT:
      let data = unsafe event.data.sequence_start
      return .collectionStart(
        isMapping: false,
        start,
        end,
        unsafe properties(anchor: data.anchor, tag: data.tag)
      )
    case YAML_MAPPING_START_EVENT:
      let data = unsafe event.data.mapping_start
      return .collectionStart(
        isMapping: true,
        start,
        end,
        unsafe properties(anchor: data.anchor, tag: data.tag)
      )
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd(end)
    default: return .other
    }
  }

  private func properties(
    anchor: UnsafeMutablePointer<UInt8>?,
    tag: UnsafeMutablePointer<UInt8>?
  ) -> Properties {
    var properties: Properties = []
    if unsafe anchor != nil { properties.insert(.anchor) }
    if unsafe tag != nil { properties.insert(.tag) }
    return properties
  }

  private func problem() -> Problem {
    let words = unsafe [parser.pointee.problem, parser.pointee.context]
      .compactMap { unsafe $0.map { unsafe String(cString: $0) } }
    let mark = unsafe parser.pointee.problem_mark
    return Problem(
      text: words.isEmpty ? "it cannot be read" : words.joined(separator: " "),
      line: Int(mark.line),
      column: Int(mark.column)
    )
  }
}

/// The bytes of a file as libyaml takes them, a few thousand at a time.
private final class ParserInput {
  let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies what comes next, and returns how much; zero at the end.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(buffer.count, bytes.count - position)
    guard count > 0, let target = buffer.baseAddress else { return 0 }
    unsafe bytes.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      _ = unsafe memcpy(target, base + position, count)
    }
    position += count
    return count
  }
}
