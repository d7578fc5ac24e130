import Access

@testable import Reporting

extension Sample {
  /// Findings of every shape: with and without place, excerpt, hint and related places.
  static func findings() throws -> [Finding] {
    [
      Finding(FindingCode(1), .warning, "nothing in the folder declares a group"),
      Finding(
        FindingCode(12),
        .error,
        "unknown app `expences`",
        place: place("partners/fabrikam/fabrikam.yaml", 31, 14),
        excerpt: "    apps: [\"expences:Submitter\"]",
        length: 8,
        hint: "did you mean `expenses`?",
        related: [place("catalog.yaml", 5, 3)],
        scope: .entry(try address("ana@fabrikam.example"))
      ),
      Finding(
        FindingCode(40),
        .error,
        "`ana@fabrikam.example` is declared twice",
        place: place("partners/fabrikam/göteborg süd.yaml", 4, 12),
        excerpt: "  - email: ana@fabrikam.example",
        length: 20,
        related: [
          place("partners/fabrikam/fabrikam.yaml", 28, 12),
          place("partners/fabrikam/trollhattan.yaml", 3, 12),
        ],
        scope: .entry(try address("ana@fabrikam.example"))
      ),
      Finding(
        FindingCode(1003),
        .note,
        "bundle `audit` is unused",
        place: place("catalog.yaml", 60, 3),
        excerpt: "  佐藤: audit",
        length: 2
      ),
    ]
  }

  /// Findings in which everything that somebody may have written is hostile.
  static func hostileFindings() throws -> [Finding] {
    let evil = hostileTexts.joined(separator: " ")
    return [
      Finding(
        FindingCode(12),
        .error,
        "unknown app `\(evil)`",
        place: place("partners/::stop-commands::x\u{1B}[2J,;]%\n.yaml", 3, 9),
        excerpt: "  ::add-mask::\(evil)",
        length: 40,
        hint: "did you mean `\(evil)`?",
        related: [place("##vso[task.complete].yaml", 1, 1)]
      ),
      Finding(FindingCode(13), .warning, evil, place: place("a.yaml", 1, 900), excerpt: evil),
    ]
  }

  /// What guests choose as names, and worse.
  static let hostileTexts = [
    "\u{1B}[31mred\u{1B}]0;title\u{07}", "gpj.\u{202E}exe", "a\u{2028}b\u{85}c\r\n::error::d",
    "##vso[task.setvariable variable=a]b", "##[error]e", "@octocat #1 GH-1 !1",
    "| cell | cell |", "</td></details><script>alert(1)</script>", "<!-- guestlist:plan -->",
    "[x](https://evil.example)", "``` ~~~", "=HYPERLINK(\"https://evil.example\")", "]]>",
    "%0A%25", "\u{0}\u{8}\u{FFFE}", "\u{200B}\u{FEFF}\u{E0041}",
    "Z\u{351}\u{351}\u{351}\u{351}\u{351}\u{351}\u{351}\u{351}\u{351}",
  ]

  /// What a text of ours holds that no screen shows, line ends aside.
  static func invisible(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0 != "\n" && InvisibleScalars.isInvisible($0) }
  }
}
