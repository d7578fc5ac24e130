/// One value of a JSON document.
struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int

  private var node: JSONDocument.Node { document.nodes[index] }

  /// The member of that name; `nil` where this is no object or has none, or where it is `null`.
  subscript(name: String) -> JSONValue? {
    guard node.kind == .object else { return nil }
    let name = name.utf8
    var position = index + 1
    let end = Int(node.next)
    while position < end {
      let key = document.nodes[position]
      let value = position + 1
      if Int(key.end - key.start) == name.count, isSpelled(key, name) {
        return document.nodes[value].kind == .null
          ? nil : JSONValue(document: document, index: value)
      }
      position = Int(document.nodes[value].next)
    }
    return nil
  }

  private func isSpelled(_ key: JSONDocument.Node, _ name: String.UTF8View) -> Bool {
    var offset = Int(key.start)
    for byte in name {
      guard document.bytes[offset] == byte else { return false }
      offset += 1
    }
    return true
  }

  /// Whether it is an object.
  var isObject: Bool { node.kind == .object }

  /// The elements of an array; `nil` for anything else.
  var elements: [JSONValue]? {
    guard node.kind == .array else { return nil }
    var found: [JSONValue] = []
    var position = index + 1
    while position < Int(node.next) {
      found.append(JSONValue(document: document, index: position))
      position = Int(document.nodes[position].next)
    }
    return found
  }

  /// The names and values of an object; `nil` for anything else.
  var members: [(name: String, value: JSONValue)]? {
    guard node.kind == .object else { return nil }
    var found: [(String, JSONValue)] = []
    var position = index + 1
    while position < Int(node.next) {
      let name = JSONValue(document: document, index: position).string ?? ""
      found.append((name, JSONValue(document: document, index: position + 1)))
      position = Int(document.nodes[position + 1].next)
    }
    return found
  }

  /// `true` or `false`; `nil` for anything else.
  var bool: Bool? {
    switch node.kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// A number without fraction that fits; `nil` for anything else.
  var integer: Int? {
    guard node.kind == .number else { return nil }
    return Int(text)
  }

  /// A string; what its escapes say of half a character becomes U+FFFD.
  var string: String? {
    switch node.kind {
    case .string: text
    case .escapedString: unescaped
    default: nil
    }
  }

  private var text: String {
    String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
  }

  private var unescaped: String {
    var units: [UInt16] = []
    var output = ""
    var rest = document.bytes[Int(node.start)..<Int(node.end)]
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      if backslash > rest.startIndex {
        output += String(decoding: units, as: UTF16.self)
        units.removeAll(keepingCapacity: true)
        output += String(decoding: rest[..<backslash], as: UTF8.self)
      }
      let letter = rest[backslash + 1]
      let length = letter == UInt8(ascii: "u") ? 6 : 2
      units.append(Self.unit(letter, rest[(backslash + 2)..<(backslash + length)]))
      rest = rest[(backslash + length)...]
    }
    output += String(decoding: units, as: UTF16.self)
    return output + String(decoding: rest, as: UTF8.self)
  }

  private static func unit(_ letter: UInt8, _ digits: ArraySlice<UInt8>) -> UInt16 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "u"): digits.reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
    default: UInt16(letter)
    }
  }

  /// The value of a hexadecimal digit; `nil` for any other byte.
  static func hexadecimal(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
