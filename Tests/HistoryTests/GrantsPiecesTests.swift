import Access
import Declarations
import Testing

@testable import History

/// The lists inside a section of grants, cut into their items.
@Suite struct GrantsPiecesTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The number of pieces; `nil` where the file is left whole.
    var pieces: Int?
    /// Whether each piece can be read by itself.
    var isReadable = true
    var text: String
  }

  static let forms = [
    Form(
      testDescription: "roles and lists",
      pieces: 6,
      text: """
        # Who may what
        grants: # from the apps
          payments: # the old ones, too
            Viewer:

              - ana@f.example
              # An end
              - {guest: bo@f.example, expires: 2027-01-31}
            Admin:
              - guest: cy@f.example
                expires: 2027-01-31
          suppliers:
            - ana@f.example
            - di@f.example
        removed:
          - {email: x@f.example, reason: x}
        """
    ),
    Form(
      testDescription: "items as far left as their key",
      pieces: 5,
      text: """
        grants:
          payments:
            Viewer:
            - ana@f.example
            - bo@f.example
            Admin: [cy@f.example]
          suppliers:
          - ana@f.example
          - di@f.example

        """
    ),
    Form(
      testDescription: "one column a step",
      pieces: 3,
      text:
        "grants:\n payments:\n  Viewer:\n   - ana@f.example\n   - bo@f.example\n g:\n  - a@f.example"
    ),
    Form(
      testDescription: "lists on one line and over several",
      pieces: 5,
      text: """
        grants:
          payments: {Viewer: [ana@f.example], Admin: [bo@f.example]}
          suppliers: [ana@f.example,
            bo@f.example]
          expenses:
            Viewer: [
              ana@f.example,
            ]
            Admin: []
          others:
            [ana@f.example]
        """
    ),
    Form(
      testDescription: "empty lists",
      pieces: 5,
      text: """
        grants:
          payments:
            Viewer:
            Admin:
              - ana@f.example
            Owner:
          suppliers:
          others: []
        """
    ),
    Form(
      testDescription: "a quoted key among plain ones",
      pieces: 1,
      text: """
        grants:
          payments:
            Viewer:
              - ana@f.example
              - bo@f.example
          "suppliers":
            - di@f.example
        """
    ),
    Form(
      testDescription: "quoted keys alone",
      pieces: 2,
      text: """
        grants:
          payments:
            "Viewer":
              - ana@f.example
            Admin:
              - bo@f.example
          suppliers:
            - bo@f.example
        """
    ),
    Form(
      testDescription: "the same name twice",
      pieces: 1,
      text: """
        grants:
          payments:
            Viewer:
              - ana@f.example
          payments:
            Admin:
              - bo@f.example
        """
    ),
    Form(
      testDescription: "the same role twice",
      pieces: 1,
      text: """
        grants:
          payments:
            Viewer:
              - ana@f.example
            Viewer: [bo@f.example]
        """
    ),
    Form(
      testDescription: "the same section twice",
      pieces: nil,
      text: "grants:\n  g:\n    - ana@f.example\ngrants:\n  h:\n    - bo@f.example\n"
    ),
    Form(
      testDescription: "the same role of two apps, and the same holder twice",
      pieces: 4,
      text: """
        grants:
          payments:
            Viewer:
              - ana@f.example
              - ana@f.example
          expenses:
            Viewer:
              - ana@f.example
              - ana@f.example
        """
    ),
    Form(
      testDescription: "carriage returns",
      pieces: 3,
      text:
        "grants:\r\n  wiki:\r\n    Reader:\r\n      - ana@f.example\r\n\r\n      - bo@f.example\r\n"
        + "    Admin:\r\n      - ana@f.example\r\n"
    ),
    Form(
      testDescription: "texts that look like a boundary",
      pieces: 2,
      text: """
        grants:
          payments:
            Viewer:
              - guest: ana@f.example
                reason: |
                  Admin:
                    - bo@f.example
                  - cy@f.example
              - guest: bo@f.example
                reason: long
                  - and longer
        """
    ),
    Form(
      testDescription: "a quoted text that hides a boundary",
      pieces: 2,
      isReadable: false,
      text: """
        grants:
          payments:
            Viewer:
              - guest: ana@f.example
                reason: "open
              - bo@f.example
                closed"
        """
    ),
    Form(
      testDescription: "a list on lines that hide a boundary",
      pieces: 2,
      isReadable: false,
      text: """
        grants:
          payments:
            Viewer: [ana@f.example,
            Admin: bo@f.example]
        """
    ),
    Form(
      testDescription: "mappings too deep to mean anything",
      pieces: 3,
      text: """
        grants:
          payments:
            Viewer:
              Deep:
                - ana@f.example
                - bo@f.example
            Admin:
              - ana@f.example
          suppliers:
            - bo@f.example
        """
    ),
    Form(
      testDescription: "other sections of mappings",
      pieces: 2,
      text: """
        partners:
          f:
            domains:
              - f.example
              - g.example
            includes:
              - basic
        apps:
          wiki:
            appId: 0f3c0000-0000-4000-8000-000000000011
        """
    ),
    Form(
      testDescription: "an odd margin",
      pieces: 1,
      isReadable: false,
      text: """
        grants:
          payments:
            Viewer:
              - ana@f.example
           Admin:
              - bo@f.example
        """
    ),
    Form(
      testDescription: "a list and a mapping in one",
      pieces: 1,
      isReadable: false,
      text: "grants:\n  g:\n    - ana@f.example\n    Viewer: [bo@f.example]\n"
    ),
  ]

  @Test(arguments: forms)
  func `pieces of grants are together what the file is`(_ form: Form) throws {
    let bytes = Array(form.text.utf8)
    let file = CutFile(bytes)
    #expect((file.isWhole ? nil : file.pieces.count) == form.pieces)
    let whole = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: bytes))
    guard let together = file.readTogether else {
      #expect(!form.isReadable)
      return
    }
    #expect(form.isReadable)
    #expect(whole.fault == nil)
    #expect(together.withoutPolicy == whole.withoutPolicy)
  }

  @Test(arguments: ["guests", "grants"])
  func `a long line stands above no item`(_ section: String) {
    let comment = String(repeating: "x", count: 300)
    let items = (0..<100).map { "  - g\($0)@f.example\n" }.joined()
    #expect(CutFile(Array("\(section): # \(comment)\n\(items)".utf8)).pieces.count == 1)
    #expect(CutFile(Array("\(section): # short\n\(items)".utf8)).pieces.count == 100)
  }

  @Test func `a holder who comes, goes or moves leaves the others their pieces`() {
    func text(_ viewers: [Int], _ admins: [Int]) -> [UInt8] {
      func list(_ numbers: [Int]) -> String {
        numbers.map { "      - g\($0)@f.example\n" }.joined()
      }
      let roles = "    Viewer:\n\(list(viewers))    Admin:\n\(list(admins))"
      return Array("grants:\n  wiki:\n\(roles)  g: [a@f.example]\n".utf8)
    }
    let file = CutFile(text(Array(0..<50), Array(50..<100)))
    #expect(file.pieces.count == 101)
    let (without, kept) = file.next(text(Array(0..<20) + Array(21..<50), Array(50..<100)))
    #expect(without.pieces.count == 100)
    #expect(kept.first + kept.last >= 98)
    let (moved, rest) = without.next(text(Array(0..<20) + Array(22..<50), Array(50..<100) + [21]))
    #expect(moved.pieces.count == 100)
    #expect(rest.first + rest.last >= 20)
    // An end behind the name of the list is another line above each of its items.
    let (empty, _) = moved.next(text([], Array(50..<100) + [21]))
    #expect(empty.pieces.count == 53)
  }
}
