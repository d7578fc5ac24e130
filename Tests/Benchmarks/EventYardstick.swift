internal import CYAML

/// What libyaml needs by itself: it parses bytes and throws the events away.
enum EventYardstick {
  /// Parses a file, and yields how many events it had.
  static func parse(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBufferPointer { input in
      let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
      defer { unsafe parser.deallocate() }
      unsafe yaml_parser_initialize(parser)
      defer { unsafe yaml_parser_delete(parser) }
      unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
      var count = 0
      while true {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { return count }
        let isEnd = unsafe event.type == YAML_STREAM_END_EVENT
        unsafe yaml_event_delete(&event)
        count += 1
        if isEnd { return count }
      }
    }
  }
}
