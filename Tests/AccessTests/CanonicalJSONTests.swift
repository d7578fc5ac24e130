import Access
import Testing

@Suite struct CanonicalJSONTests {
  @Test func `keys are ordered by code point and white space is left out`() {
    let value = CanonicalJSON.object([
      "b": .array([.integer(-1), .bool(true), .null]), "a": .string("é"), "\u{1F600}": .integer(2),
      "\u{FFFD}": .integer(1), "B": .object([:]),
    ])
    #expect(
      String(decoding: value.bytes, as: UTF8.self)
        == #"{"B":{},"a":"é","b":[-1,true,null],"\#u{FFFD}":1,"😀":2}"#
    )
  }

  @Test func `what would end a string or hide in it is escaped`() {
    let value = CanonicalJSON.string("\"\\\n\u{0}/\u{2028}")
    #expect(
      String(decoding: value.bytes, as: UTF8.self) == #""\"\\\u000a\u0000/\#u{2028}""#
    )
  }
}
