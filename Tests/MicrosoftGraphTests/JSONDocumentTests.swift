@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// The reading of JSON, which everything that Graph says passes through.
struct JSONDocumentTests {
  @Test func `values are found where they are`() throws {
    let text = #" {"a":[1,-2,{"b":"x"}],"c":null,"d":true,"e":false,"f":1.5,"a":9} "#
    let root = try JSONDocument(Array(text.utf8)).root
    #expect(root["a"]?.elements?.count == 3)
    #expect(root["a"]?.elements?[1].integer == -2)
    #expect(root["a"]?.elements?[2]["b"]?.string == "x")
    #expect(root["c"] == nil)
    #expect(root["d"]?.bool == true)
    #expect(root["e"]?.bool == false)
    #expect(root["f"]?.integer == nil)
    #expect(root["missing"] == nil)
    #expect(root["a"]?["b"] == nil)
    #expect(root.members?.map(\.name) == ["a", "c", "d", "e", "f", "a"])
  }

  @Test(arguments: [
    (#""plain äöü 😀""#, "plain äöü 😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u00e4\ud83d\ude00x""#, "ä😀x"), (#""\ud83d""#, "\u{FFFD}"), (#""a\u0000b""#, "a\0b"),
    (#""\ude00\ud83dz""#, "\u{FFFD}\u{FFFD}z"), ("\"\"", ""),
  ])
  func `strings are what they mean`(text: String, meaning: String) throws {
    #expect(try JSONDocument(Array(text.utf8)).root.string == meaning)
  }

  @Test(arguments: [
    "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "{a:1}", "{'a':1}", "01", "-", "1.", ".5", "1e", "+1", "tru", "True", "nul", "\"", "\"\\x\"",
    "\"\\u12g4\"", "\"\\u12\"", "\"a\nb\"", "\"a\tb\"", "1 2", "{}{}", "[1]]", "NaN", "[1 2]",
    "{\"a\":1 \"b\":2}", "<html>", "\u{FEFF}{}",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSONDocument(Array(text.utf8)) }
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect(throws: JSONError.self) { try JSONDocument([0x22, 0xC3, 0x28, 0x22]) }
  }

  @Test func `depth is limited and costs no stack`() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    _ = try JSONDocument(Array(deep.utf8))
    let deeper = Array(String(repeating: "[", count: 1_000_000).utf8)
    #expect(throws: JSONError.self) { try JSONDocument(deeper) }
  }

  @Test func `no text of random pieces does harm`() {
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00e", "1", "-", ".", "e", "true", "null", "a",
      " ", "\n", "é",
    ]
    let random = SeededRandomness(seed: 7)
    var read = 0
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<(random.word() % 12) { text += pieces[Int(random.word() % 19)] }
      guard let document = try? JSONDocument(Array(text.utf8)) else { continue }
      read += 1
      #expect(
        document.nodes.allSatisfy { Int($0.end) <= document.bytes.count && $0.start <= $0.end }
      )
      _ = document.root.string
      _ = document.root.members
      _ = document.root.elements
    }
    #expect(read > 100)
  }
}
