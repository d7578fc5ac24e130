import Access
import Testing

struct CanonicalJSONTests {
  private func kind(_ text: String) -> CanonicalJSON.ReadingError.Kind? {
    do {
      _ = try CanonicalJSON(parsing: Array(text.utf8))
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func `keys are ordered by code point and nothing is spelled twice`() {
    let value = CanonicalJSON.object([
      "\u{FFFD}": .integer(1), "\u{1F600}": .bool(true),
      "a": .array([.null, .string("\"\\\n\u{1}é")]),
    ])
    let text = String(decoding: value.bytes, as: UTF8.self)
    #expect(text == "{\"a\":[null,\"\\\"\\\\\\u000a\\u0001é\"],\"\u{FFFD}\":1,\"\u{1F600}\":true}")
  }

  @Test func `what is written is read again`() throws {
    let value = CanonicalJSON.object([
      "é\"": .array([.integer(Int64.min), .integer(Int64.max), .integer(0), .string("\u{1F600}\t")]
      ),
      "": .object([:]), "x": .array([]), "y": .bool(false),
    ])
    #expect(try CanonicalJSON(parsing: value.bytes) == value)
    let spaced = " {\n\"a\" : [ 1 ,\t2 ] , \"b\":\"\\ud83d\\ude00\\u00e9\\/\" }\r\n"
    #expect(
      try CanonicalJSON(parsing: Array(spaced.utf8))
        == .object(["a": .array([.integer(1), .integer(2)]), "b": .string("\u{1F600}é/")])
    )
  }

  @Test(arguments: [
    ("1.5", CanonicalJSON.ReadingError.Kind.notAnInteger), ("1e3", .notAnInteger),
    ("01", .notAnInteger), ("-0", .notAnInteger), ("9223372036854775808", .notAnInteger),
    ("-", .notAnInteger), ("{\"a\":1,\"a\":2}", .duplicateKey), ("{\"a\":1,}", .syntax),
    ("[1,]", .syntax), ("[1 2]", .syntax), ("{1:2}", .syntax), ("", .syntax), ("tru", .syntax),
    ("\"\\x\"", .syntax), ("\"a\nb\"", .syntax), ("\"a", .syntax), ("\"\\ud83d\"", .notUTF8),
    ("\"\\ude00\"", .notUTF8), ("\"\\u12\"", .syntax), ("1 2", .trailingText),
    ("nullx", .trailingText),
  ])
  func `what is not ours is refused`(text: String, expected: CanonicalJSON.ReadingError.Kind) {
    #expect(kind(text) == expected)
  }

  @Test func `bytes that are not text and endless depth are refused at once`() {
    #expect(throws: CanonicalJSON.ReadingError.self) {
      try CanonicalJSON(parsing: [0x22, 0xFF, 0x22])
    }
    #expect(kind(String(repeating: "[", count: 200_000)) == .tooDeep)
    #expect(kind(String(repeating: "[", count: 63) + String(repeating: "]", count: 63)) == nil)
  }
}
