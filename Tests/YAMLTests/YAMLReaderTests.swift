import Platform
import Testing

@testable import YAML

struct YAMLReaderTests {
  private func faults(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [YAMLFault] {
    YAMLReader(limits: limits).read(Array(text.utf8)).faults
  }

  /// The nodes of a document in one line, to compare.
  private func shape(_ text: String) throws -> String {
    let document = try #require(YAMLReader().read(Array(text.utf8)).document)
    guard let root = document.root else { return "" }
    return String(decoding: document.serialised(root), as: UTF8.self)
  }

  @Test func `layout, comments and quotes leave no trace in what a document says`() throws {
    let block = "a:\n  - 'one' # first\n  - two\nb: three\n"
    #expect(try shape(block) == shape("{\"a\": [one, \"two\"], b: three}"))
    #expect(try shape(block) != shape("{a: [one], two: [b, three]}"))
  }

  @Test func `places are bytes of the file, whatever characters are before them`() throws {
    let text = "né: [ü, 'x\u{1F600}', \"a\\tb\", b]\r\nlast: |\n  one\n  two\n"
    let reading = YAMLReader().read(Array(text.utf8))
    let document = try #require(reading.document)
    let root = try #require(document.root)
    var found: [String] = []
    var pending = [root]
    while let node = pending.popLast() {
      if document.kind(of: node) == .scalar {
        let range = document.range(of: node)
        let (line, column) = reading.text.position(of: range.lowerBound)
        let raw = String(decoding: reading.text.bytes[range], as: UTF8.self)
        found.append("\(line):\(column) \(raw) = \(document.string(of: node))")
      }
      pending += document.children(of: node).reversed()
    }
    #expect(
      found == [
        "1:1 né = né", "1:6 ü = ü", "1:9 'x\u{1F600}' = x\u{1F600}", "1:15 \"a\\tb\" = a\tb",
        "1:23 b = b", "2:1 last = last", "2:7 |\n  one\n  two\n = one\ntwo\n",
      ]
    )
  }

  @Test func `a lone carriage return ends a line as it does for libyaml`() throws {
    let reading = YAMLReader().read(Array("a: 1\rb: 2\r\nc: 3\n".utf8))
    let document = try #require(reading.document)
    let lines = document.children(of: try #require(document.root)).map {
      reading.text.position(of: document.range(of: $0).lowerBound).line
    }
    #expect(lines == [1, 1, 2, 2, 3, 3])
    #expect(reading.text.line(2) == "b: 2")
  }

  @Test func `the node after a collection is found without reading what is in it`() throws {
    let reading = YAMLReader().read(Array("[[a, [b]], {c: [d]}, e]".utf8))
    let document = try #require(reading.document)
    let items = Array(document.children(of: try #require(document.root)))
    #expect(items.map { document.kind(of: $0) } == [.sequence, .mapping, .scalar])
    #expect(document.value(of: items[2], is: "e"))
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "\n\n"])
  func `a file without a value is read, and has none or an empty one`(_ text: String) {
    let reading = YAMLReader().read(Array(text.utf8))
    #expect(reading.faults == [])
    #expect(reading.document != nil)
  }

  @Test(
    arguments: [
      ("a: &x 1", YAMLFault.Kind.anchor), ("a: *x", .alias), ("a: !x 1", .tag),
      ("a: !!str 1", .tag), ("a: &x [1]", .anchor), ("a: !x {b: c}", .tag),
      ("{<<: {a: b}}", .mergeKey), ("? [a]\n: b", .compoundKey),
      ("%TAG ! x\n---\na: b", .directive),
    ]
  )
  func `what YAML has and declarations do not is refused by its name`(
    _ text: String,
    _ kind: YAMLFault.Kind
  ) {
    #expect(faults(text).map(\.kind).contains(kind))
  }

  @Test func `a quoted merge key is a key like any other`() {
    #expect(faults("{'<<': a}") == [])
  }

  @Test func `a second document is refused where it begins`() {
    #expect(faults("a: b\n---\nc: d\n") == [YAMLFault(.secondDocument, offset: 5, byteCount: 3)])
  }

  @Test(
    arguments: [
      0x00, 0x01, 0x08, 0x0B, 0x1B, 0x7F, 0x85, 0x9F, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A,
      0x202E, 0x2066, 0x2069, 0xFFFE, 0xFFFF, 0x1FFFF, 0xE0041,
    ] as [UInt32]
  )
  func `a character that is not seen for what it is, is refused raw and as an escape`(
    _ scalar: UInt32
  ) throws {
    let character = try #require(Unicode.Scalar(scalar))
    #expect(faults("a: # \(character)\n").map(\.kind) == [.forbiddenCharacter(scalar)])
    let digits = String(scalar, radix: 16)
    let escape = "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    #expect(faults("a: \"x\(escape)\"").map(\.kind) == [.forbiddenEscape(scalar)])
  }

  @Test func `a byte-order mark is refused wherever it is`() {
    #expect(faults("\u{FEFF}a: b").map(\.kind) == [.byteOrderMark])
    #expect(faults("a: b\u{FEFF}").map(\.kind) == [.byteOrderMark])
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82],
    ] as [[UInt8]]
  )
  func `bytes that are not UTF-8 are refused before they are read`(_ bytes: [UInt8]) {
    let reading = YAMLReader().read(Array("a: ".utf8) + bytes + Array("\n".utf8))
    #expect(reading.document == nil)
    #expect(reading.faults.map(\.kind) == [.invalidUTF8])
    #expect(reading.faults.first?.offset == 3)
  }

  @Test func `other encodings than UTF-8 are refused`() {
    let reading = YAMLReader().read([0xFF, 0xFE, 0x61, 0x00])
    #expect(reading.document == nil)
  }

  @Test func `limits hold, each with its own fault`() {
    let limits = YAMLLimits(bytes: 40, depth: 3, nodes: 6)
    #expect(
      faults(String(repeating: "a", count: 41), limits: limits).map(\.kind) == [
        .tooManyBytes(limit: 40)
      ]
    )
    #expect(faults("[[[a]]]", limits: limits) == [])
    #expect(faults("[[[[a]]]]", limits: limits).map(\.kind) == [.tooDeep(limit: 3)])
    #expect(faults("[a, b, c, d, e]", limits: limits) == [])
    #expect(faults("[a, b, c, d, e, f]", limits: limits).map(\.kind) == [.tooManyNodes(limit: 6)])
  }

  @Test(arguments: HostileTexts.all)
  func `hostile text is answered at once`(_ hostile: HostileText) {
    let started = SystemTime.threadSeconds()
    _ = YAMLReader().read(hostile.bytes)
    let spent = SystemTime.threadSeconds() - started
    // A debug build; what is quadratic takes minutes.
    #expect(spent < 20, "\(hostile.name) took \(spent) s")
  }

  @Test func `the text of a syntax fault is libyaml's, and its place is inside the file`() {
    for text in ["a: [", "a: 'b", "a: b: c", "\ta: b", "a: {b", "- a\nb", "a: \"\\q\"", "@a"] {
      let reading = YAMLReader().read(Array(text.utf8))
      #expect(reading.document == nil)
      #expect(reading.faults.count == 1)
      #expect((0...text.utf8.count).contains(reading.faults[0].offset))
    }
  }
}

/// A text that is made to cost more than its size.
struct HostileText: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]

  var testDescription: String { name }
}

enum HostileTexts {
  private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    Array(String(repeating: text, count: count).utf8)
  }

  static let all: [HostileText] = [
    HostileText(name: "200 kB of [", bytes: repeated("[", 200_000)),
    HostileText(name: "200 kB of {", bytes: repeated("{", 200_000)),
    HostileText(name: "200 kB of [{", bytes: repeated("[{", 100_000)),
    HostileText(name: "200 kB of - ", bytes: repeated("- ", 100_000)),
    HostileText(name: "200 kB of ? ", bytes: repeated("? ", 100_000)),
    HostileText(name: "200 kB of a: ", bytes: repeated("a: ", 66_000)),
    HostileText(name: "200 kB of ]", bytes: repeated("]", 200_000)),
    HostileText(name: "200 kB of quotes", bytes: repeated("\"", 200_001)),
    HostileText(name: "200 kB of &a ", bytes: repeated("&a ", 66_000)),
    HostileText(name: "200 kB of *a ", bytes: Array("[".utf8) + repeated("*a, ", 50_000)),
    HostileText(name: "200 kB of ---", bytes: repeated("---\n", 50_000)),
    HostileText(name: "200 kB of !", bytes: repeated("!", 200_000)),
    HostileText(name: "200 kB of %", bytes: repeated("%a b\n", 40_000)),
    HostileText(name: "200 kB of #", bytes: repeated("#", 200_000)),
    HostileText(name: "200 kB of spaces", bytes: repeated(" ", 200_000)),
    HostileText(name: "200 kB of line ends", bytes: repeated("\r", 200_000)),
    HostileText(name: "200 kB of one text", bytes: Array("a: ".utf8) + repeated("b", 200_000)),
    HostileText(
      name: "200 kB of folded lines",
      bytes: Array("a: >\n".utf8) + repeated("  b\n", 50_000)
    ),
    HostileText(
      name: "200 kB of one list",
      bytes: Array("[".utf8) + repeated("a,", 100_000) + [0x5D]
    ),
    HostileText(
      name: "200 kB of keys",
      bytes: Array("{".utf8) + repeated("a: b,", 40_000) + [0x7D]
    ),
    HostileText(
      name: "200 kB of escapes",
      bytes: Array("\"".utf8) + repeated("\\u202e", 33_000) + [0x22]
    ),
    HostileText(name: "200 kB beyond ASCII", bytes: repeated("- \u{1F600}\n", 28_000)),
    HostileText(name: "200 kB of separators", bytes: repeated("\u{2028}", 66_000)),
    HostileText(name: "200 kB that is not UTF-8", bytes: [UInt8](repeating: 0xFF, count: 200_000)),
  ]
}
