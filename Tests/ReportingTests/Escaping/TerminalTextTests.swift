import Testing

@testable import Reporting

struct TerminalTextTests {
  @Test(arguments: [
    ("Ana Horvat", "Ana Horvat"),
    ("佐藤 遥 · Çiğdem Yıldız", "佐藤 遥 · Çiğdem Yıldız"),
    ("red\u{1B}[31mtext", "red\\u{1B}[31mtext"),
    ("title\u{1B}]0;x\u{07}", "title\\u{1B}]0;x\\u{7}"),
    ("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"),
    ("c1\u{9B}31m", "c1\\u{9B}31m"),
    ("gpj.\u{202E}exe", "gpj.\\u{202E}exe"),
    ("iso\u{2066}late\u{2069}", "iso\\u{2066}late\\u{2069}"),
    ("zero\u{200B}width\u{FEFF}", "zero\\u{200B}width\\u{FEFF}"),
    ("line\u{2028}paragraph\u{2029}next\u{85}", "line\\u{2028}paragraph\\u{2029}next\\u{85}"),
    ("soft\u{AD}hyphen", "soft\\u{AD}hyphen"),
    ("filler\u{3164}", "filler\\u{3164}"),
    ("tag\u{E0041}", "tag\\u{E0041}"),
    ("annotation\u{FFF9}", "annotation\\u{FFF9}"),
    ("private\u{F8FF}", "private\\u{F8FF}"),
    ("nul\0", "nul\\u{0}"),
    ("del\u{7F}", "del\\u{7F}"),
    ("", ""),
  ])
  func `what a terminal would obey or hide is made visible`(raw: String, expected: String) {
    #expect(TerminalText.escape(raw) == expected)
  }

  @Test(arguments: [
    ("##vso[task.setvariable variable=x]y", "#\\u{23}vso[task.setvariable variable=x]y"),
    ("name ##[error]no", "name #\\u{23}[error]no"),
    ("###[x]", "#\\u{23}\\u{23}[x]"),
    ("::add-mask::x", "\\u{3A}:add-mask::x"),
    ("  ::stop-commands::x", "  \\u{3A}:stop-commands::x"),
    ("::\u{301}x", "\\u{3A}:\u{301}x"),
    (": alone", ": alone"),
    ("!a##vso[x]", "!a#\\u{23}vso[x]"),
    ("a::b #1", "a::b #1"),
  ])
  func `the log of a build finds no command in a report`(raw: String, expected: String) {
    #expect(TerminalText.escape(raw) == expected)
  }

  @Test func `a pile of combining marks is cut, and none sits on the text before`() {
    let pile = "a" + String(repeating: "\u{301}", count: 50)
    let escaped = TerminalText.escape(pile)
    #expect(escaped.unicodeScalars.count { $0 == "\u{301}" } == 6)
    #expect(escaped.contains("\\u{301}"))
    #expect(TerminalText.escape("\u{301}x").unicodeScalars.first == "\\")
    // Vietnamese in its decomposed form keeps its marks.
    #expect(TerminalText.escape("Pha\u{323}m") == "Pha\u{323}m")
  }

  @Test func `a line is escaped as a whole, then cut at its spaces`() {
    var page = TerminalPage(TerminalStyle(isColoured: true, columns: 40))
    page.add(.init("one#", .bold), "#vso[x] and words that are too long for ::error::x", hanging: 2)
    let lines = page.text.split(separator: "\n")
    #expect(lines.first == "\u{1B}[1mone#\u{1B}[0m\\u{23}vso[x] and words that are too")
    #expect(lines.last == "  long for ::error::x")
    var plain = TerminalPage(.plain)
    plain.add(.init(String(repeating: "x", count: 79) + " ::error::y"))
    #expect(plain.text.hasSuffix("\n\\u{3A}:error::y\n"))
    #expect(page.lineCount == 2 && plain.lineCount == 2)
  }

  @Test func `what is to the right has its own column`() {
    var page = TerminalPage(.plain)
    page.add(["Fabrikam"], trailing: ["7 grants"])
    page.add([.init(String(repeating: "x", count: 60))], trailing: ["7 grants"])
    page.add([.init(String(repeating: "x", count: 79))], trailing: ["7 grants"])
    let lines = page.text.split(separator: "\n")
    #expect(lines[0] == "Fabrikam" + String(repeating: " ", count: 43) + "7 grants")
    #expect(lines[1].hasSuffix("x  7 grants"))
    #expect(lines[3] == String(repeating: " ", count: 51) + "7 grants")
  }

  @Test(arguments: [("abc", 3), ("佐藤", 4), ("e\u{301}", 1), ("한글", 4), ("😀", 2), ("ß", 1)])
  func `width counts the columns of a terminal`(text: String, width: Int) {
    #expect(TerminalWidth.of(text) == width)
  }
}
