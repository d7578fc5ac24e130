import Access
import Testing

@testable import Declarations

/// A change is held to the policy that stood before it.
struct PolicyBaseTests {
  private let reader = DeclarationReader(unbuilt: UnbuiltKeys([]))

  private func read(
    _ organisation: String,
    _ more: String,
    against base: Policy? = nil
  )
    -> DeclarationReading
  {
    reader.read(
      [
        SourceFile(path: "guestlist.yaml", bytes: Array(organisation.utf8)),
        SourceFile(path: "more.yaml", bytes: Array(more.utf8)),
      ],
      against: base.map { .other($0) } ?? .own
    )
  }

  private func base() throws -> Policy {
    try #require(read(RuleCase.organisation, "").policy)
  }

  @Test(
    arguments: [
      // What a change loosens, what its entry does with it, and the rule that still refuses it.
      (
        ("groups: [suppliers]}\n    limits", "groups: [suppliers, auditors]}\n    limits"),
        "{email: ana@fabrikam.example, groups: [auditors]}", DeclarationRule.notAllowed
      ),
      (
        ("stay: 180d", "stay: 900d"),
        "{email: ana@fabrikam.example, starts: 2026-01-01, expires: 2027-12-31, groups: [suppliers]}",
        .stayTooLong
      ),
      (
        ("requires: [sponsor, expires, ticket]", "requires: []"),
        "{email: leo@litware.example, groups: [suppliers]}", .requirementMissing
      ),
      (
        ("separation: [[\"expenses:Submitter\", \"expenses:Approver\"]]", "separation: []"),
        "{email: ana@fabrikam.example, apps: [\"expenses:Submitter\", \"expenses:Approver\"]}",
        .separation
      ),
      (
        ("domains: [litware.example]", "domains: [litware.example, new.example]"),
        "{email: a@new.example, sponsor: lena@contoso.example, expires: 30d, ticket: T, groups: [suppliers]}",
        .noPartner
      ),
      (
        (
          "groups:\n  suppliers",
          "groups:\n  fresh: {id: 7a000000-0000-4000-8000-000000000099}\n  suppliers"
        ),
        "{email: leo@litware.example, sponsor: lena@contoso.example, expires: 30d, ticket: T, groups: [fresh]}",
        .unknownName
      ),
    ] as [((String, String), String, DeclarationRule)]
  )
  func `a change cannot loosen the rule that it breaks`(
    _ loosened: (String, String),
    _ entry: String,
    _ rule: DeclarationRule
  ) throws {
    let organisation = RuleCase.organisation.replacing(loosened.0, with: loosened.1)
    #expect(organisation != RuleCase.organisation)
    let more = "guests:\n  - \(entry)\n"
    let free = read(organisation, more)
    #expect(free.findings.filter { $0.severity == .error } == [])
    let held = read(organisation, more, against: try base())
    let errors = held.findings.filter { $0.severity == .error }
    #expect(!errors.isEmpty)
    #expect(held.findings.contains { $0.code == DeclarationRule.policyChanged.code })
    #expect(errors.allSatisfy { $0.code == rule.code && $0.scope != .repository })
    #expect(held.desired?.withheld.count == 1)
    #expect(held.desired?.guests.map(\.address.normalised) == ["base@fabrikam.example"])
  }

  @Test func `a partner cannot lose its limit by another name`() throws {
    let organisation = RuleCase.organisation.replacing("  fabrikam:\n", with: "  fab:\n")
      .replacing("guests: 5", with: "guests: 500")
    let guests = (0..<5).map { "  - {email: g\($0)@fabrikam.example, groups: [suppliers]}\n" }
    let held = read(organisation, "guests:\n\(guests.joined())", against: try base())
    #expect(held.desired?.guests == [])
    #expect(held.desired?.withheld.count == 6)
  }

  @Test func `an exception cannot be brought by the change that needs it`() throws {
    let more = """
      exceptions: [{entry: ana@fabrikam.example, rule: allows, until: 2027-01-01, reason: x}]
      guests: [{email: ana@fabrikam.example, groups: [auditors]}]
      """
    #expect(read(RuleCase.organisation, more).desired?.withheld == [])
    let held = read(RuleCase.organisation, more, against: try base())
    #expect(held.desired?.withheld.map(\.address.normalised) == ["ana@fabrikam.example"])
  }

  @Test func `the alias of an app may change with its entries`() throws {
    let renamed = RuleCase.organisation.replacing("payments", with: "payroll")
    let held = read(renamed, "", against: try base())
    #expect(held.findings.filter { $0.severity == .error } == [])
  }

  @Test func `a change of policy is listed apart, part by part, and a move is none`() throws {
    let head = RuleCase.organisation
      .replacing("stay: 180d", with: "stay: 900d")
      .replacing("name: Contoso", with: "name: Contoso Ltd")
      .replacing("auditors: ", with: "inspectors: ")
    let changed = try #require(read(head, "").policy)
    #expect(
      PolicyDifference(from: try base(), to: changed).parts == [
        "`tenant`", "the group `auditors` (removed)", "the group `inspectors` (new)",
        "the partner `fabrikam` (changed)",
      ]
    )
    let moved = try #require(read("# moved\n\n" + RuleCase.organisation, "").policy)
    #expect(PolicyDifference(from: try base(), to: moved).findings == [])
  }

  @Test func `an earlier policy withholds entries of a reading that was fine`() throws {
    let organisation = RuleCase.organisation.replacing("stay: 180d", with: "stay: 900d")
    let entry = "{email: ana@fabrikam.example, expires: 300d, groups: [suppliers]}"
    let reading = read(organisation, "guests: [\(entry)]\n")
    let guests = try #require(reading.desired).guests
    var checker = EntryChecker(try base(), now: nil)
    let held = reading.adding(guests.flatMap { checker.check($0) })
    #expect(held.desired?.withheld.map(\.address.normalised) == ["ana@fabrikam.example"])
    #expect(held.desired?.guests.map(\.address.normalised) == ["base@fabrikam.example"])
  }
}
