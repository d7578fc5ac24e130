import Access
import Platform
import TestSupport
import Testing

@testable import Declarations

/// What costs much more than its size would, if it were done the simple way.
struct HostileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String

    var testDescription: String { name }
  }

  private static let many = 2000

  private static func lines(_ line: (Int) -> String) -> String {
    (0..<many).map(line).joined()
  }

  static let all: [Case] = [
    Case(
      name: "one guest many times",
      text: "guests:\n" + lines { _ in "  - {email: ana@fabrikam.example}\n" }
    ),
    Case(
      name: "one grant with many ends",
      text: """
        guests: [{email: ana@fabrikam.example}]
        grants:
          suppliers:

        """ + lines { "    - {guest: ana@fabrikam.example, expires: \(1 + $0 % 30_000)d}\n" }
    ),
    Case(
      name: "many grants of one guest",
      text: "guests:\n  - email: ana@fabrikam.example\n    apps:\n"
        + lines { "      - \"expenses:R\($0)\"\n" }
    ),
    Case(
      name: "many guests of no partner beside many partners",
      text: "partners:\n" + lines { "  p\($0): {domains: [d\($0)x.example]}\n" } + "guests:\n"
        + lines { "  - {email: a@d\($0)y.example}\n" }
    ),
    Case(
      name: "many separations and many grants",
      text: "rules:\n  separation:\n" + lines { "    - ['expenses:S\($0)', 'expenses:T']\n" }
        + "guests:\n"
        + lines { "  - {email: g\($0)@litware.example, apps: ['expenses:T', 'wiki:R']}\n" }
    ),
    Case(
      name: "many exceptions of one guest",
      text: "exceptions:\n"
        + lines { _ in
          "  - {entry: ana@fabrikam.example, rule: allows, until: 2027-01-01, reason: x}\n"
        } + "guests:\n  - email: ana@fabrikam.example\n    apps:\n"
        + lines { "      - \"wiki:R\($0)\"\n" }
    ),
    Case(
      name: "many globs",
      text: "authority:\n" + lines { "  \"partners/\($0)/**\": {partners: [fabrikam]}\n" }
    ),
    Case(name: "many unknown keys", text: lines { "key\($0): 1\n" }),
    Case(
      name: "many partners of one domain",
      text: "partners:\n" + lines { "  p\($0): {domains: [same.example], limits: {guests: 0}}\n" }
    ),
  ]

  @Test(arguments: all)
  func `many of anything are read in a time that they deserve`(_ hostile: Case) {
    let files = [
      SourceFile(path: "guestlist.yaml", bytes: Array(RuleCase.organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(hostile.text.utf8)),
    ]
    let started = SystemTime.threadSeconds()
    _ = DeclarationReader().read(FolderContents(files: files))
    _ = IdentityReader().entries(in: files)
    let spent = SystemTime.threadSeconds() - started
    // A debug build; what is quadratic takes much longer.
    #expect(spent < 60, "\(hostile.name) took \(spent) s")
  }
}
