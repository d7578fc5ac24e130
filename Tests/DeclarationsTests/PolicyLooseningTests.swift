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
      "grants removed outside Guestlist are no longer restored"
    ),
    Change(
      "{groups: [suppliers]}}\ntrust",
      "{groups: [\"*\"]}}\ntrust",
      "`authority` of `apps/**` covers more"
    ),
    Change("require: range", "require: none", "commits no longer need a signature"),
    Change("[trust/one]", "[trust/one, trust/two]", "`trust/two` may sign"),
    Change(
      "[[\"expenses:Submitter\", \"expenses:Approver\"]]",
      "[]",
      "a separation of duties is gone"
    ),
    Change(
      "until: 2026-12-31",
      "until: 2027-01-31",
      "`base@fabrikam.example` is excepted from `review` until 2027-01-31"
    ),
    Change("stay: 180d", "stay: 181d", "guests of partner `fabrikam` may stay longer"),
    Change("{stay: 180d, guests: 5}", "{stay: 180d}", "partner `fabrikam` may have more guests"),
    Change("wiki:Reader\", \"pay", "wiki:*\", \"pay", "partner `fabrikam` is allowed more"),
    Change(
      "requires: [sponsor, expires, ticket]",
      "requires: [sponsor]",
      "partner `litware` no longer requires `expires`, `ticket`"
    ),
    Change(
      "[litware.example]",
      "[litware.example, litware.test]",
      "partner `litware` has the domain `litware.test`"
    ),
    Change(
      "domains: [contoso.example]}",
      "domains: [c.example]}",
      "fewer domains are the tenant's own"
    ),
  ]

  private static func reading(
    _ old: String = "",
    _ new: String = "",
    guests: String = ""
  ) throws -> DeclarationReading {
    let text = RuleCase.organisation + more
    let changed = old.isEmpty ? text : text.replacing(old, with: new)
    if !old.isEmpty { #expect(changed != text, "nothing was replaced") }
    return DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(changed.utf8)),
      SourceFile(path: "guests.yaml", bytes: Array(guests.utf8)),
    ])
  }

  private static func policy(_ old: String = "", _ new: String = "") throws -> Policy {
    try #require(try reading(old, new).policy)
  }

  private static func rules(
    _ base: DeclarationReading,
    _ head: DeclarationReading
  ) -> [String] {
    PolicyLoosening(from: base, to: head, now: nil).rules
  }

  @Test(arguments: changes)
  func `what is loosened is named, and tightening it back is not`(_ change: Change) throws {
    let (base, head) = (try Self.reading(), try Self.reading(change.old, change.new))
    #expect(Self.rules(base, head) == change.words)
    // Other domains of the tenant are looser both ways.
    let isBoth = change.words.contains { $0.contains("own") && $0.contains("domains") }
    if !isBoth { #expect(Self.rules(head, base) == []) }
  }

  @Test func `nothing is loosened where nothing changed or everything is new`() throws {
    let base = try Self.reading()
    #expect(Self.rules(base, base) == [])
    let new = "  other:\n    domains: [o.example]\n    limits: {stay: 900d}\n  litware:\n"
    let head = try Self.reading(
      "  litware:\n",
      new,
      guests: "guests: [{email: a@o.example, expires: 800d, groups: [suppliers]}]"
    )
    let loosening = PolicyLoosening(from: base, to: head, now: nil)
    #expect(loosening.rules == [] && loosening.uses == [:])
  }

  @Test(
    arguments: [
      // A rule that is loosened, an entry that needs it, and whether its grant alone does.
      (
        ("groups: [suppliers]}\n    limits", "groups: [suppliers, auditors]}\n    limits"),
        "email: ana@fabrikam.example, groups: [suppliers, auditors]", true
      ),
      (("stay: 180d", "stay: 900d"), "email: ana@fabrikam.example, expires: 300d", false),
      (
        ("requires: [sponsor, expires, ticket]", "requires: []"),
        "email: leo@litware.example, groups: [suppliers]", false
      ),
      (
        ("separation: [[\"expenses:Submitter\", \"expenses:Approver\"]]", "separation: []"),
        "email: ana@fabrikam.example, bundles: [supplier], apps: [\"expenses:Approver\"]", true
      ),
      (
        ("domains: [litware.example]", "domains: [litware.example, new.example]"),
        "email: a@new.example, sponsor: lena@contoso.example, expires: 30d, ticket: T", false
      ),
      (("guests: 5", "guests: 50"), "email: ana@fabrikam.example", false),
      (
        (
          "rule: review",
          "rule: review, until: 2026-12-31, reason: x}, {entry: ana@fabrikam.example, rule: allows"
        ),
        "email: ana@fabrikam.example, groups: [auditors]", true
      ),
    ] as [((String, String), String, Bool)]
  )
  func `a change that only a loosened rule lets pass is named`(
    _ change: (String, String),
    _ entry: String,
    _ isGrant: Bool
  ) throws {
    let crowd = ["b", "c", "d", "e"].map { "  - {email: \($0)@fabrikam.example}\n" }.joined()
    let isLimit = change.0.hasPrefix("guests: 5")
    let before = "guests:\n" + (isLimit ? crowd : "  - {email: b@fabrikam.example}\n")
    let after = before + "  - {\(entry)}\n"
    let base = try Self.reading(guests: before)
    let head = try Self.reading(change.0, change.1, guests: after)
    #expect(head.findings.filter { $0.severity == .error } == [])
    let loosening = PolicyLoosening(from: base, to: head, now: nil)
    let keys = loosening.uses.keys.sorted()
    #expect(!keys.isEmpty)
    let name = entry.split(separator: "@").first?.split(separator: " ").last
    #expect(keys.allSatisfy { $0.guest.localPart == name ?? "" })
    for key in keys {
      if case .grant = key { #expect(isGrant) } else { #expect(!isGrant) }
    }
    #expect(loosening.findings.allSatisfy { $0.severity == .warning })
    #expect(loosening.findings.first?.message.hasPrefix("high risk: ") == true)
    // What stood before and did not change uses nothing.
    let later = try Self.reading(change.0, change.1, guests: after)
    #expect(PolicyLoosening(from: head, to: later, now: nil).uses == [:])
    let same = try Self.reading(guests: after)
    #expect(PolicyLoosening(from: same, to: head, now: nil).uses == [:])
  }

  @Test func `a new path loosens nothing, and a wider one does`() throws {
    func read(_ authority: String, _ text: String) -> DeclarationReading {
      DeclarationReader().read([
        SourceFile(path: "guestlist.yaml", bytes: Array((RuleCase.organisation + authority).utf8)),
        SourceFile(path: "p/a.yaml", bytes: Array(text.utf8)),
        SourceFile(path: "q/a.yaml", bytes: Array(text.replacing("ana@", with: "bo@").utf8)),
      ])
    }
    let base = read(
      "authority: {'p/**': {partners: [fabrikam], groups: [suppliers]}}\n",
      "guests: []\n"
    )
    let all = "{partners: [fabrikam], groups: [suppliers], apps: ['wiki:*']}"
    let head = read(
      "authority: {'p/**': \(all), 'q/**': \(all)}\n",
      "guests: [{email: ana@fabrikam.example, groups: [suppliers], apps: ['wiki:Reader']}]\n"
    )
    #expect(head.findings.filter { $0.severity == .error } == [])
    let uses = PolicyLoosening(from: base, to: head, now: nil).uses
    #expect(uses.keys.map(\.guest.localPart) == ["ana"])
    #expect(uses.values.first?.contains("no `authority` over `wiki:Reader`") == true)
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
