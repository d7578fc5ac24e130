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

  private func append(to output: inout [UInt8]) {
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
    output.append(UInt8(ascii: "\""))
    let bytes = Array(text.utf8)
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      output += bytes[start..<index]
      start = index + 1
      output.append(UInt8(ascii: "\\"))
      if byte < 0x20 {
        let digits = Array("0123456789abcdef".utf8)
        output += "u00".utf8
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 0xF)])
      } else {
        output.append(byte)
      }
    }
    output += bytes[start...]
    output.append(UInt8(ascii: "\""))
  }
}
