import Testing

@testable import Reporting

struct MarkdownTextTests {
  /// What a forge shows: references resolved.
  private func shown(_ markdown: String) -> String {
    var output = String.UnicodeScalarView()
    var rest = markdown[...]
    while !rest.isEmpty {
      if rest.hasPrefix("&#"), let end = rest.firstIndex(of: ";"),
        let value = UInt32(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]),
        let scalar = Unicode.Scalar(value)
      {
        output.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
        rest = rest[rest.index(after: end)...]
      } else if let scalar = rest.unicodeScalars.popFirst() {
        output.append(scalar)
      }
    }
    return String(output)
  }

  @Test(arguments: [
    "**bold** _it_ ~~gone~~ `code`", "| a | b |", "<img src=x onerror=alert(1)>",
    "[click](https://evil.example)", "![x](y)", "\\*escaped", "&lt;already&gt;", "---", "1. one",
    "# heading", "> quote", "+ item", "www.evil.example", "https://evil.example", "a]b", "=== x",
    "10) ten", "- item", "</details>", "<!-- guestlist:plan -->", "x\ny", "ana@fabrikam.example",
  ])
  func `running text stays text`(raw: String) {
    let markdown = MarkdownText.escape(raw)
    let active = Set("\\`*_{}[]|<>~\"'".unicodeScalars)
    // The one tag that may be there is our own around a dollar sign.
    #expect(markdown.unicodeScalars.allSatisfy { !active.contains($0) })
    #expect(!markdown.contains("://"))
    #expect(!markdown.lowercased().contains("www."))
    #expect(!["-", "+", "=", "#", ">"].contains(String(markdown.prefix(1))))
    let plain = shown(markdown).unicodeScalars.filter { $0 != "\u{200B}" }
    let expected = raw.replacing("\n", with: "\\n")
    #expect(String(String.UnicodeScalarView(plain)) == expected)
  }

  @Test(arguments: ["@octocat", "#123", "GH-123", "gh-7", "org/repo#9", "@team/x", "!12", "~bug"])
  func `nobody is mentioned and nothing is referred to`(raw: String) {
    let page = shown(MarkdownText.escape(raw))
    #expect(page.unicodeScalars.contains("\u{200B}") || raw == "!12")
    #expect(!page.contains("@octocat") && !page.contains("#123") && !page.contains("@team"))
  }

  @Test func `backquotes of our own sentences become code, and none opens anything else`() {
    #expect(MarkdownText.sentence("use `--x` now") == "use <code>--x</code> now")
    #expect(MarkdownText.sentence("odd ` one") == "odd &#96; one")
    #expect(MarkdownText.sentence("a ``<b>`` c") == "a <code></code>&#60;b&#62;<code></code> c")
  }

  @Test func `a dollar sign does not begin mathematics`() {
    #expect(MarkdownText.escape("5$ or 6$") == "5<span>&#36;</span> or 6<span>&#36;</span>")
  }

  @Test(arguments: [
    "ana@fabrikam.example", "`", "``x", "</code><script>", "a|b", "@octocat #1", "*x*",
    "expenses:Submitter",
  ])
  func `a datum is code and cannot end it`(raw: String) {
    let markdown = MarkdownText.code(raw)
    #expect(markdown.hasPrefix("<code>") && markdown.hasSuffix("</code>"))
    let inner = markdown.dropFirst(6).dropLast(7)
    let forbidden = Set("<>|`*_@[]\\".unicodeScalars)
    #expect(inner.unicodeScalars.allSatisfy { !forbidden.contains($0) })
    #expect(shown(String(inner)) == raw)
  }

  @Test func `a link leads to the web or nowhere`() {
    #expect(
      MarkdownText.link("x", to: "https://git.example/a b)(c")
        == "[x](https://git.example/a%20b%29%28c)"
    )
    #expect(MarkdownText.link("x", to: "javascript:alert(1)") == "x")
    #expect(MarkdownText.link("x", to: "https://h/\u{202E}") == "[x](https://h/%E2%80%AE)")
  }
}
