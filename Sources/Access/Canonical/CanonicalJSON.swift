/// A JSON value in the canonical form over which every digest is taken: UTF-8, keys ordered by code
/// point, integers only, no white space (DESIGN section 2).
package enum CanonicalJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])

  /// Moments enter a digest as UTC seconds.
  package static func moment(_ moment: Moment) -> Self { .integer(moment.seconds) }

  /// Text for a value that is not there is `null`.
  package static func optional(_ text: String?) -> Self { text.map { .string($0) } ?? .null }

  /// The canonical bytes.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    append(to: &output)
    return output
  }

  /// Appends the canonical bytes.
  package func append(to output: inout [UInt8]) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let text): Self.append(text, to: &output)
    case .array(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        item.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      // UTF-8 orders bytes as code points are ordered, which Swift's own string order does not.
      let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, key) in keys.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.append(key, to: &output)
        output.append(UInt8(ascii: ":"))
        members[key]?.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ text: String, to output: inout [UInt8]) {
    let bytes = text.utf8.span
    // At most six bytes for one, `\u001f`, and the quotes.
    output.append(addingCapacity: bytes.count * 6 + 2) { output in
      output.append(UInt8(ascii: "\""))
      for index in bytes.indices {
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          output.append(UInt8(ascii: "\\"))
          output.append(bytes[index])
        case 0..<0x20:
          for byte in "\\u00".utf8 { output.append(byte) }
          output.append(bytes[index] < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
          let low = bytes[index] & 0xF
          output.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        default: output.append(bytes[index])
        }
      }
      output.append(UInt8(ascii: "\""))
    }
  }
}
