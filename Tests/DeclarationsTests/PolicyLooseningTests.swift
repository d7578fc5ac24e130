import Access
import Testing

@testable import Declarations

/// What a policy lets that an earlier one did not, and the digest that tells policies apart.
@Suite struct PolicyLooseningTests {
  /// A change of the organisation's rules, and what it lets.
  struct Change: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let words: [String]
    let testDescription: String

    init(_ old: String, _ new: String, _ words: String...) {
      (self.old, self.new, self.words) = (old, new, words)
      testDescription = "\(old) → \(new)"
    }
  }

  private static let more = """
    guards: {removals: {guests: 10, percent: 25}, protected: [ceo@fabrikam.example]}
    lifecycle: {block: true, drift: restore}
    authority: {"apps/**": {groups: [suppliers]}}
    trust: {require: range, signers: [trust/one]}
    exceptions: [{entry: base@fabrikam.example, rule: review, until: 2026-12-31, reason: leave}]

    """

  private static let changes = [
    Change("guests: 10,", "guests: 11,", "`guards.removals.guests` rose from 10 to 11"),
    Change("[ceo@fabrikam.example]", "[]", "`ceo@fabrikam.example` is no longer protected"),
    Change("block: true", "block: false", "removed guests are no longer blocked"),
    Change(
      "drift: restore",
      "drift: report",
      "grants that another hand takes are no longer given back"
    ),
    Change(
      "{groups: [suppliers]}}\ntrust",
      "{groups: [\"*\"]}}\ntrust",
      "`authority` of folders changed"
    ),
    Change("require: range", "require: none", "commits need no signature any longer"),
    Change("[trust/one]", "[trust/one, trust/two]", "`trust/two` may sign"),
    Change(
      "[[\"expenses:Submitter\", \"expenses:Approver\"]]",
      "[]",
      "a separation of duties is gone"
    ),
    Change(
      "until: 2026-12-31",
      "until: 2027-01-31",
      "`base@fabrikam.example` is excepted from `review` until 2027-02-01T00:00:00Z"
    ),
    Change("stay: 180d", "stay: 181d", "guests of `fabrikam` may stay longer"),
    Change("{stay: 180d, guests: 5}", "{stay: 180d}", "`fabrikam` may have more guests"),
    Change("wiki:Reader\", \"pay", "wiki:*\", \"pay", "`fabrikam` is allowed more"),
    Change(
      "requires: [sponsor, expires, ticket]",
      "requires: [sponsor]",
      "`litware` no longer requires `expires`, `ticket`"
    ),
    Change(
      "[litware.example]",
      "[litware.example, litware.test]",
      "`litware` has the domain `litware.test`"
    ),
    Change(
      "  litware:\n",
      "  other:\n    domains: [o.example]\n  litware:\n",
      "`other` is a partner"
    ),
    Change(
      "domains: [contoso.example]}",
      "domains: [c.example]}",
      "fewer domains are the tenant's own"
    ),
  ]

  private static func policy(_ old: String = "", _ new: String = "") throws -> Policy {
    let text = RuleCase.organisation + more
    let changed = old.isEmpty ? text : text.replacing(old, with: new)
    if !old.isEmpty { #expect(changed != text, "nothing was replaced") }
    let file = SourceFile(path: "guestlist.yaml", bytes: Array(changed.utf8))
    return try #require(DeclarationReader().read([file]).policy)
  }

  @Test(arguments: changes)
  func `what is loosened is named, and tightening it back is not`(_ change: Change) throws {
    let (base, head) = (try Self.policy(), try Self.policy(change.old, change.new))
    #expect(PolicyLoosening(from: base, to: head).parts == change.words)
    // Only what cannot be ordered counts both ways.
    let isOrdered = !change.words.contains { $0.contains("authority") }
    let isBoth = change.words.contains { $0.contains("own") && $0.contains("domains") }
    if isOrdered, !isBoth { #expect(PolicyLoosening(from: head, to: base).parts == []) }
  }

  @Test func `nothing is loosened where nothing changed`() throws {
    #expect(PolicyLoosening(from: try Self.policy(), to: try Self.policy()).parts == [])
  }

  @Test(arguments: changes)
  func `a policy that says something else has another digest`(_ change: Change) throws {
    let (base, head) = (try Self.policy(), try Self.policy(change.old, change.new))
    #expect(base.canonical.bytes != head.canonical.bytes)
  }

  @Test func `comments, places and order do not change a policy's digest`() throws {
    let moved = try Self.policy("version: 1\n", "\n# moved\nversion: 1\n")
    let turned = try Self.policy(
      "domains: [fabrikam.example, \"*.fabrikam.example\"]",
      "domains: [\"*.fabrikam.example\", fabrikam.example]"
    )
    let base = try Self.policy().canonical.bytes
    #expect(moved.canonical.bytes == base)
    #expect(turned.canonical.bytes == base)
  }
}
