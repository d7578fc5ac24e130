import Access
import TestSupport
import Platform
import Testing

@testable import Declarations

struct ReferenceTests {
  @Test func `the reference of keys is printed from what the decoder knows`() throws {
    try expectSnapshot(KeyReference.markdown, named: "keys.md")
  }

  @Test func `every message reads as it was reviewed`() throws {
    var lines: [String] = []
    for rule in SyntaxCases.all + PolicyCases.all + EntryCases.all {
      lines.append("## \(rule.name)")
      for finding in rule.reading().0.findings {
        let place = finding.place.map { "\($0): " } ?? ""
        lines.append("\(place)\(finding.severity) \(finding.code): \(finding.message)")
        if let excerpt = finding.excerpt, let place = finding.place {
          let visible = String(
            String.UnicodeScalarView(
              excerpt.unicodeScalars.map {
                $0.value < 0x20 || $0.value >= 0x80 ? "?" : $0
              }
            )
          )
          lines.append("    \(visible)")
          let caret = String(repeating: "^", count: finding.length)
          lines.append("    \(String(repeating: " ", count: place.column - 1))\(caret)")
        }
        if let hint = finding.hint { lines.append("    -> \(hint)") }
      }
      lines.append("")
    }
    try expectSnapshot(lines.joined(separator: "\n"), named: "messages.txt")
  }

  @Test(
    arguments: [
      ("expneses", "expenses"), ("Expenses", "expenses"), ("wik", "wiki"), ("xyz", nil), ("", nil),
    ] as [(String, String?)]
  )
  func `a hint is made for a slip of the hand only`(_ text: String, _ expected: String?) {
    #expect(Suggestion.nearest(to: text, among: ["wiki", "expenses", "payments"]) == expected)
  }

  @Test(
    arguments: [
      ("partners/fabrikam/**", "partners/fabrikam/a.yaml", true),
      ("partners/fabrikam/**", "partners/fabrikam/b/c.yaml", true),
      ("partners/fabrikam/**", "partners/fabrikam", false),
      ("partners/fabrikam/**", "partners/fabrikam2/a.yaml", false),
      ("partners/*/a.yaml", "partners/x/a.yaml", true),
      ("partners/*/a.yaml", "partners/x/y/a.yaml", false),
      ("**/a.yaml", "a.yaml", true), ("**/a.yaml", "x/y/a.yaml", true),
      ("**/a.yaml", "xa.yaml", false), ("x/**/a.yaml", "x/a.yaml", true),
      ("x/**/a.yaml", "x/y/z/a.yaml", true), ("x/**/a.yaml", "x/ya.yaml", false),
      ("*.yaml", "a.yaml", true), ("*.yaml", "x/a.yaml", false), ("**", "x/a.yaml", true),
      ("x?/[a-c].yaml", "x1/b.yaml", true), ("x?/[!a-c].yaml", "x1/b.yaml", false),
      ("a[]b]c", "a]c", true), ("x\\*", "x*", true), ("x\\*", "xy", false), ("x?y", "x/y", false),
    ]
  )
  func `globs fit as git's own do`(_ glob: String, _ path: String, _ fits: Bool) throws {
    #expect(try #require(PathGlob(glob)).matches(path) == fits)
  }

  @Test(arguments: ["", "/a", "../a", "a/../b", "a//b", "./a", "a/", "[a", "a\\"])
  func `what is not a glob below the folder is refused`(_ glob: String) {
    #expect(PathGlob(glob) == nil)
  }

  @Test func `a glob made to be slow is not`() throws {
    let glob = try #require(PathGlob(String(repeating: "*a", count: 200) + "/**"))
    let path = String(repeating: "a", count: 4000) + "b"
    let started = SystemTime.threadSeconds()
    #expect(!glob.matches(path))
    #expect(SystemTime.threadSeconds() - started < 10)
  }
}
