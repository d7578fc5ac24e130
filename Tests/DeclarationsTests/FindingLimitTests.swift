import Access
import Testing

@testable import Declarations

/// However much is wrong, the findings are as many as somebody could read, and none of what they
/// stop gets lost.
struct FindingLimitTests {
  private func read(
    _ more: String,
    limits: DeclarationLimits = DeclarationLimits()
  )
    -> DeclarationReading
  {
    DeclarationReader(limits: limits).read([
      SourceFile(path: "guestlist.yaml", bytes: Array(RuleCase.organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(more.utf8)),
    ])
  }

  private static let most = FindingSink.mostOfAll

  @Test func `guests that are declared twice by the thousand are counted, and all withheld`() throws
  {
    let count = Self.most + 500
    var text = "guests:\n"
    for number in 0..<count * 2 {
      text += "  - {email: g\(number % count)@litware.example, groups: [suppliers]}\n"
    }
    // A partner without demands, so that nothing else is wrong.
    let organisation = RuleCase.organisation.replacing(
      "requires: [sponsor, expires, ticket]",
      with: "requires: []"
    )
    let reading = DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(text.utf8)),
    ])
    #expect(reading.findings.count == Self.most + 1)
    let last = try #require(reading.findings.last)
    #expect(last.code == DeclarationRule.moreFindings.code)
    #expect(last.severity == .error)
    #expect(last.message == "and 500 more errors are not shown")
    #expect(last.scope != .repository)
    let desired = try #require(reading.desired)
    #expect(desired.withheld.count == count)
    #expect(desired.guests.map(\.address.normalised) == ["base@fabrikam.example"])
  }

  @Test func `one guest many times is one guest withheld`() throws {
    let text =
      "guests:\n"
      + String(
        repeating: "  - {email: ana@fabrikam.example, groups: [suppliers]}\n",
        count: Self.most + 100
      )
    let reading = read(text)
    #expect(reading.findings.count == Self.most + 1)
    #expect(reading.findings.last?.message.hasPrefix("and 99 more errors") == true)
    #expect(reading.desired?.withheld.map(\.address.normalised) == ["ana@fabrikam.example"])
  }

  @Test func `warnings crowd no error out`() throws {
    var text = "guests:\n"
    for number in 0..<Self.most + 10 {
      text += "  - {email: a\(number)@fabrikam.example}\n"
    }
    text += "  - {email: zoe@nowhere.example}\n"
    let organisation = RuleCase.organisation.replacing("guests: 5", with: "guests: 90000")
    let reading = DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(text.utf8)),
    ])
    let errors = reading.findings.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [DeclarationRule.noPartner.code])
    #expect(reading.findings.count == Self.most + 2)
    let last = try #require(reading.findings.last)
    #expect(last.severity == .warning)
    #expect(last.message == "and 10 more findings are not shown")
    #expect(reading.desired?.guests.count == Self.most + 11)
  }

  @Test func `what stops everything does so even where it is not shown`() {
    let text = (0..<FindingSink.mostOfFile + 1).map { "k\($0): 1\n" }.joined()
    let reading = read(text)
    #expect(reading.findings.count == FindingSink.mostOfFile + 1)
    #expect(reading.findings.last?.scope == .repository)
    #expect(
      reading.findings.last?.message
        == "and 1 more error is not shown"
    )
    #expect(reading.desired?.isUsable == false)
  }

  @Test func `more entries than are possible are counted and not worked on`() async {
    let text =
      "guests:\n" + (0..<40).map { "  - {email: a\($0)@nowhere.example}\n" }.joined()
      + "grants: {suppliers: [ana@fabrikam.example, bob@fabrikam.example]}\n"
    let limits = DeclarationLimits(entries: 20)
    let reading = read(text, limits: limits)
    #expect(
      reading.findings.map(\.message) == [
        "the folder has 43 entries; the limit is 20"
      ]
    )
    #expect(!reading.isUsable)
  }

  @Test func `the bytes of all files together have a limit`() {
    var contents = FolderContents()
    let limits = DeclarationLimits(bytes: 10)
    var added: [Bool] = []
    for (path, text) in [("a.yaml", "a: 1"), ("b.yaml", "bbbb: 1"), ("c.yaml", "")] {
      let file = SourceFile(path: path, bytes: Array(text.utf8))
      added.append(contents.add(file, limits: limits))
    }
    #expect(added == [true, false, false])
    #expect(contents.files.map(\.path) == ["a.yaml"])
    #expect(
      contents.findings.map(\.message) == [
        "the folder has more than 10 bytes of declarations"
      ]
    )
  }
}
