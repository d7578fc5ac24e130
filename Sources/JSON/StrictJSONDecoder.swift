internal import FoundationEssentials

/// Reads what `CanonicalJSONEncoder` wrote, and nothing that means the same in another spelling.
///
/// The toolchain's decoder ignores unknown keys, takes the first of two equal ones and reads `1.0` as
/// 1. A file that a digest protects must not say more than was read of it, so the value is encoded
/// again and has to give the same bytes. White space between values is allowed.
package struct StrictJSONDecoder: Sendable {
  /// The longest text that is read, in bytes.
  package var maximumSize: Int
  /// How deep arrays and objects may be nested.
  package var maximumDepth: Int

  package init(maximumSize: Int = 256 << 20, maximumDepth: Int = 64) {
    self.maximumSize = maximumSize
    self.maximumDepth = maximumDepth
  }

  /// Reads the one value of a text.
  ///
  /// - Throws: `JSONError`, whose path names the place.
  package func decode<Value: Codable>(
    _ type: Value.Type,
    from bytes: [UInt8]
  ) throws(JSONError) -> Value {
    guard bytes.count <= maximumSize else {
      throw JSONError(.tooLarge, reason: "\(bytes.count) bytes; the limit is \(maximumSize)")
    }
    var scan = JSONScan(bytes, keepsCompact: true)
    try scan.run(maximumDepth: maximumDepth)
    let value: Value
    do {
      value = try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw JSONError(error)
    }
    let canonical = try CanonicalJSONEncoder().encode(value)
    guard canonical == scan.compact else { throw Self.difference(of: scan.compact, to: canonical) }
    return value
  }

  /// Names the first thing that a text says beyond its canonical form.
  private static func difference(of bytes: [UInt8], to canonical: [UInt8]) -> JSONError {
    let decoder = JSONDecoder()
    if let text = try? decoder.decode(Outline.self, from: Data(bytes)),
      let expected = try? decoder.decode(Outline.self, from: Data(canonical)),
      let path = text.firstKey(missingIn: expected)
    {
      return JSONError(.unknownKey, path: path)
    }
    let offset = zip(bytes, canonical).enumerated().first { $1.0 != $1.1 }?.offset
    return JSONError(.notCanonical, reason: "at byte \(offset ?? canonical.count)")
  }

  /// The keys of a document.
  private indirect enum Outline: Decodable {
    case object([String: Outline])
    case array([Outline])
    case scalar

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let members = try? container.decode([String: Outline].self) {
        self = .object(members)
      } else if let elements = try? container.decode([Outline].self) {
        self = .array(elements)
      } else {
        self = .scalar
      }
    }

    func firstKey(missingIn other: Outline) -> JSONPath? {
      switch (self, other) {
      case (.object(let members), .object(let others)):
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
          guard let match = others[key] else { return [.key(key)] }
          if let path = member.firstKey(missingIn: match) { return [.key(key)] + path }
        }
      case (.array(let elements), .array(let others)):
        for (index, (element, match)) in zip(elements, others).enumerated() {
          if let path = element.firstKey(missingIn: match) { return [.index(index)] + path }
        }
      default: break
      }
      return nil
    }
  }
}
