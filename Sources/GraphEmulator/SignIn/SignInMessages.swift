/// A request as far as signing in looks at it, apart from any HTTP library.
package struct SignInRequest: Sendable {
  /// The method in capitals.
  package var method: String
  /// The path, still percent-encoded, with its leading slash and without the query.
  package var path: String
  /// What stands behind the question mark, still percent-encoded.
  package var query: String
  /// Header fields by lower-case name; of a repeated field the last one.
  package var headers: [String: String]
  package var body: [UInt8]
  /// Scheme and authority by which the client reached the emulator, such as
  /// `https://localhost:8443`: what every address in a reply starts with.
  package var base: String

  package init(
    method: String,
    path: String,
    query: String = "",
    headers: [String: String] = [:],
    body: [UInt8] = [],
    base: String
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.base = base
  }
}

/// What signing in answers: a status, header fields in order, and a body that is JSON.
package struct SignInReply: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  /// Makes a reply that no cache may keep, as every one about tokens is.
  init(status: Int, _ body: JSONValue, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.headers =
      [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cache-Control", "no-store, no-cache"),
        ("Pragma", "no-cache"),
      ] + headers
    self.body = body.bytes
  }

  /// Refuses a method that a path does not have.
  static func methodNotAllowed(allowing method: String) -> Self {
    Self(
      status: 405,
      [
        "error": "invalid_request",
        "error_description": .string("The endpoint takes \(method) requests only."),
      ],
      headers: [("Allow", method)]
    )
  }
}

/// The fields of a form or of a query string (`application/x-www-form-urlencoded`).
struct FormFields: Sendable {
  private let values: [String: String]

  /// Reads fields; of a repeated one the first counts, and what is not UTF-8 is repaired.
  init(_ bytes: some Sequence<UInt8>) {
    var values: [String: String] = [:]
    for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      let name = Self.decode(parts[0])
      guard values[name] == nil else { continue }
      values[name] = parts.count > 1 ? Self.decode(parts[1]) : ""
    }
    self.values = values
  }

  /// The value of a field; a field that is there but empty counts as absent.
  subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// Takes back what percent signs, and in forms plus signs, stand for.
  static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = true) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      position = bytes.index(after: position)
      if byte == UInt8(ascii: "%"), let escaped = escape(in: bytes, at: &position) {
        output.append(escaped)
      } else if byte == UInt8(ascii: "+"), plusIsSpace {
        output.append(UInt8(ascii: " "))
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Reads two hexadecimal digits and goes past them, or stays where it is.
  private static func escape<Bytes: Collection<UInt8>>(
    in bytes: Bytes,
    at position: inout Bytes.Index
  ) -> UInt8? {
    let digits = bytes[position...].prefix(2).compactMap { digit(of: $0) }
    guard digits.count == 2 else { return nil }
    position = bytes.index(position, offsetBy: 2)
    return digits[0] << 4 | digits[1]
  }

  private static func digit(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
