import JSON
import Testing

struct CanonicalJSONTests {
  struct Note: Codable, Hashable {
    var title: String
    var lines: [Line] = []
    var count: Int64?
    var ratio: Double?
    var labels: [String: Int64] = [:]

    struct Line: Codable, Hashable {
      var text: String
      var isLast = false
    }
  }

  /// A value that nests itself.
  indirect enum Nest: Codable {
    case leaf
    case inner([Nest])

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      var inner: [Nest] = []
      while !container.isAtEnd { inner.append(try container.decode(Nest.self)) }
      self = .inner(inner)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      if case .inner(let inner) = self { for nest in inner { try container.encode(nest) } }
    }
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSONEncoder().encode(value), as: UTF8.self)
  }

  private func read(_ text: String) throws -> Note {
    try StrictJSONDecoder().decode(Note.self, from: Array(text.utf8))
  }

  private func error(_ body: () throws -> Void) -> JSONError? {
    #expect(throws: JSONError.self, performing: body)
  }

  @Test func `keys are sorted by their bytes and nothing is spelled in two ways`() throws {
    let note = Note(
      title: "a/b \u{7F}\u{1}\u{8}\u{C}\n\r\t\"\\ ü \u{2028} 😀",
      lines: [.init(text: "x"), .init(text: "", isLast: true)],
      labels: ["b": 1, "B": 2, "é": 3, "z": 4, "\u{FFFD}": 5, "😀": 6, "a10": 7, "a9": 8]
    )
    #expect(
      try text(note)
        == #"{"labels":{"B":2,"a10":7,"a9":8,"b":1,"z":4,"é":3,"\#u{FFFD}":5,"😀":6},"#
        + #""lines":[{"isLast":false,"text":"x"},{"isLast":true,"text":""}],"#
        + "\"title\":\"a/b \u{7F}\\u0001\\b\\f\\n\\r\\t\\\"\\\\ ü \u{2028} 😀\"}"
    )
    #expect(try read(try text(note)) == note)
  }

  @Test func `a number with a fraction cannot be written or read`() throws {
    #expect(error { _ = try text(Note(title: "", ratio: 0.5)) }?.kind == .notAnInteger)
    let path = error { _ = try read(#"{"count":1.0,"labels":{},"lines":[],"title":""}"#) }?.path
    #expect(path == [.key("count")])
    #expect(error { _ = try text(Note(title: "", ratio: .nan)) }?.kind == .invalidValue)
  }

  @Test(
    arguments: [
      (#"{"labels":{},"lines":[],"title":"","x":1}"#, "unknown key `x`"),
      (
        #"{"labels":{},"lines":[{"isLast":true,"text":"","y":2}],"title":""}"#,
        "unknown key `lines[0].y`"
      ),
      (#"{"labels":{"a":1,"a":1},"lines":[],"title":""}"#, "duplicate key `labels.a`"),
      (
        #"{"labels":{"\u0061":1,"a":1},"lines":[],"title":""}"#,
        "the document is not canonical JSON"
      ),
      (#"{"labels":{},"lines":[]}"#, "missing key `title`"),
      (#"{"labels":{},"lines":[],"title":7}"#, "`title` has the wrong type"),
      (#"{"labels":{},"lines":[],"title":null}"#, "`title` has the wrong type"),
      (
        #"{"labels":{},"title":"","lines":[]}"#,
        "`lines` is not canonical JSON (its keys are not sorted)"
      ),
      (#"{"labels":{},"lines":[],"title":"\u0061"}"#, "the document is not canonical JSON"),
      (#"{"count":null,"labels":{},"lines":[],"title":""}"#, "unknown key `count`"),
      (#"{"count":-0,"labels":{},"lines":[],"title":""}"#, "the document is not canonical JSON"),
      (#"{"labels":{},"lines":[],"title":"",}"#, "the document is not canonical JSON"),
      (#"{"labels":{},"lines":[],"title":""}x"#, "not valid JSON"),
      (#"{"labels":{},"lines":[],"title":""#, "not valid JSON"),
      ("]", "not valid JSON"), (",", "not valid JSON"), ("", "not valid JSON"),
      (#"""#, "not valid JSON"),
    ]
  )
  func `what says more or less than the model is refused by name`(text: String, reason: String) {
    let error = error { _ = try read(text) }
    #expect(error?.description.hasPrefix(reason) == true, "\(error?.description ?? "")")
  }

  @Test func `bytes that are not UTF-8 are refused wherever they are`() {
    let start = Array(#"{"labels":{},"lines":[],"title":""#.utf8)
    for bytes in [
      start + [0xFF] + Array(#""}"#.utf8), [0xEF, 0xBB, 0xBF] + start + Array(#""}"#.utf8),
    ] {
      #expect(error { _ = try StrictJSONDecoder().decode(Note.self, from: bytes) } != nil)
    }
  }

  @Test func `white space between values is allowed`() throws {
    let note = try read("\n{ \"labels\" : {\"a b\": 1},\r\n\t\"lines\":[ ],\"title\":\" \"}\n")
    #expect(note == Note(title: " ", labels: ["a b": 1]))
  }

  @Test func `size and depth have limits that the error names`() throws {
    let small = StrictJSONDecoder(maximumSize: 10, maximumDepth: 3)
    let long = error { _ = try small.decode(Nest.self, from: Array("[[],[],[],[]]".utf8)) }
    #expect(long?.description == "the JSON document is too large (13 bytes; the limit is 10)")
    let deep = error { _ = try small.decode(Nest.self, from: Array("[[],[[[]]]".utf8)) }
    #expect(deep?.description == "`[1][0][0]` is nested too deeply (the limit is 3 levels)")
    _ = try small.decode(Nest.self, from: Array("[[],[[]]]".utf8))
    let bottomless = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(
      error { _ = try StrictJSONDecoder().decode(Nest.self, from: bottomless) }?.kind == .tooDeep
    )
  }
}
