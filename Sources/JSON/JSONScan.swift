/// One pass over a JSON text, which finds what the toolchain's decoder lets pass: nesting without
/// end, keys that are not in order or there twice, and numbers that are not integers.
///
/// It is not a parser: a text that passes may still not be JSON.
struct JSONScan {
  private let bytes: [UInt8]
  private let keepsCompact: Bool
  private var position = 0
  private var containers: [Container] = []

  /// The text without the white space between its values, where it was asked for.
  private(set) var compact: [UInt8] = []

  private struct Container {
    var isObject: Bool
    /// The last key, as it is spelled.
    var key: Range<Int>?
    var index = 0
    var expectsKey: Bool
  }

  init(_ bytes: [UInt8], keepsCompact: Bool = false) {
    self.bytes = bytes
    self.keepsCompact = keepsCompact
    if keepsCompact { compact.reserveCapacity(bytes.count) }
  }

  mutating func run(maximumDepth: Int) throws(JSONError) {
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "\""): try string(from: start)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard containers.count < maximumDepth else {
          throw error(.tooDeep, "the limit is \(maximumDepth) levels")
        }
        let isObject = byte == UInt8(ascii: "{")
        containers.append(Container(isObject: isObject, expectsKey: isObject))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard containers.popLast() != nil else { throw error(.syntax) }
      case UInt8(ascii: ","):
        guard let last = containers.indices.last else { throw error(.syntax) }
        containers[last].index += 1
        containers[last].expectsKey = containers[last].isObject
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
      default: break
      }
      if keepsCompact { compact += bytes[start..<position] }
    }
  }

  private mutating func string(from start: Int) throws(JSONError) {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw error(.syntax) }
    position += 1
    guard let last = containers.indices.last, containers[last].expectsKey else { return }
    let key = start + 1..<position - 1
    let previous = containers[last].key
    containers[last].key = key
    containers[last].expectsKey = false
    guard let previous else { return }
    if bytes[previous].elementsEqual(bytes[key]) { throw error(.duplicateKey) }
    guard bytes[previous].lexicographicallyPrecedes(bytes[key]) else {
      throw error(.notCanonical, "its keys are not sorted")
    }
  }

  private mutating func number() throws(JSONError) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): position += 1
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): throw error(.notAnInteger)
      default: return
      }
    }
  }

  private func error(_ kind: JSONError.Kind, _ reason: String = "") -> JSONError {
    let path: JSONPath = containers.compactMap { container in
      guard container.isObject else { return .index(container.index) }
      return container.key.map { .key(String(decoding: bytes[$0], as: UTF8.self)) }
    }
    return JSONError(kind, path: path, reason: reason)
  }
}
