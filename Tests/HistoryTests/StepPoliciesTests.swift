import Access
import Declarations
import Git
import History
import TestSupport
import Testing

/// Each entry is held to the policy that stood before the step that last changed it.
@Suite struct StepPoliciesTests {
  /// The organisation's rules, with what a test says of its partner.
  private static func policy(
    allows: String = "[suppliers]",
    limits: String = "{}",
    more: String = ""
  ) -> String {
    """
    groups:
      suppliers: {id: \(World.suppliers)}
      auditors: {id: 7a000000-0000-4000-8000-000000000021}
    bundles:
      supplier: {groups: [suppliers]}
    partners:
      fabrikam:
        domains: [f.example]
        allows: {groups: \(allows)}
        limits: \(limits)
    \(more)
    """
  }

  /// Guests, one an item, with what each is given.
  private static func guests(_ items: (String, String)...) -> String {
    "guests:\n"
      + items.map { "  - {email: \($0.0)@f.example, \($0.1)}\n" }.joined()
  }

  private static let base = guests(("base", "groups: [suppliers]"))

  @Test func `a rule that a step loosens does not let the entries of the same step`() async throws {
    let world = try await World()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    let auditor = Self.guests(("base", "groups: [suppliers]"), ("ana", "groups: [auditors]"))
    try await world.commit(
      "loosened and used",
      ["catalog.yaml": Self.policy(allows: "[suppliers, auditors]"), "p.yaml": auditor]
    )
    #expect(try await world.held() == ["error notAllowed ana"])
    try await world.commit("something else", ["x.yaml": "guests: []\n"])
    try await world.commit(
      "more of the policy",
      ["catalog.yaml": Self.policy(allows: "[\"*\"]")]
    )
    #expect(try await world.held() == ["error notAllowed ana"])
    try await world.commit(
      "the entry again",
      ["p.yaml": auditor.replacing("ana@f.example", with: "ana@f.example, ticket: T")]
    )
    #expect(try await world.held() == [])
  }

  @Test func `a rule that is loosened before its use lets it`() async throws {
    let world = try await World()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    try await world.commit("loosened", ["catalog.yaml": Self.policy(allows: "[auditors]")])
    try await world.commit("used", ["q.yaml": Self.guests(("ana", "groups: [auditors]"))])
    // The older entry stays, and whoever reads the plan hears of it.
    #expect(try await world.held() == ["warning notAllowed base"])
  }

  @Test func `the first commit that names the tenant is held to its own policy`() async throws {
    let world = try await World()
    try await world.git.commit("before", files: ["README": "nothing yet"])
    try await world.begin([
      "catalog.yaml": Self.policy(),
      "p.yaml": Self.guests(("ana", "groups: [auditors]"), ("bo", "groups: [suppliers]")),
    ])
    #expect(try await world.held() == ["error notAllowed ana"])
  }

  @Test func `a merge is one step, whatever came in its commits`() async throws {
    let world = try await World()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    try await world.commit("loosen", ["catalog.yaml": Self.policy(allows: "[auditors]")])
    try await world.commit("use", ["q.yaml": Self.guests(("ana", "groups: [auditors]"))])
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("topic", subject: "Merge branch 'topic'")
    #expect(try await world.held() == ["error notAllowed ana", "warning notAllowed base"])
  }

  @Test func `what a bundle gives is held to the policy before the bundle changed`() async throws {
    let world = try await World()
    let guest = Self.guests(("ana", "bundles: [supplier]"))
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": guest])
    let loosened = Self.policy(allows: "[suppliers, auditors]")
    let grown = "supplier: {groups: [suppliers, auditors]}"
    try await world.commit(
      "both",
      ["catalog.yaml": loosened.replacing("supplier: {groups: [suppliers]}", with: grown)]
    )
    #expect(try await world.held() == ["error notAllowed ana"])
    try await world.commit("back", ["catalog.yaml": Self.policy()])
    try await world.commit("first the rule", ["catalog.yaml": loosened])
    try await world.commit(
      "then the bundle",
      ["catalog.yaml": loosened.replacing("supplier: {groups: [suppliers]}", with: grown)]
    )
    #expect(try await world.held() == [])
  }

  @Test func `a grant from the resource's side changes its guest's entry`() async throws {
    let world = try await World()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    let grants = "grants:\n  auditors: [base@f.example]\n"
    try await world.commit(
      "both",
      ["catalog.yaml": Self.policy(allows: "[suppliers, auditors]"), "g.yaml": grants]
    )
    #expect(try await world.held() == ["error notAllowed base"])
  }

  @Test(
    arguments: [
      ("a commit that does not parse", "catalog.yaml", "partners: ["),
      ("a time under another tenant", "guestlist.yaml", World.root(World.otherTenant)),
      ("a policy of which a part is wrong", "catalog.yaml", "partners: {fabrikam: {allow: {}}}\n"),
    ]
  )
  func `a policy is not got rid of by`(_ what: String, _ file: String, _ text: String) async throws
  {
    let world = try await World()
    let root = World.root()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    try await world.commit(what, [file: text])
    try await world.commit(
      "back, with more",
      [
        "guestlist.yaml": root, "catalog.yaml": Self.policy(allows: "[suppliers, auditors]"),
        "p.yaml": Self.guests(("ana", "groups: [auditors]")),
      ]
    )
    #expect(try await world.held() == ["error notAllowed ana"])
  }

  @Test func `an exception counts if it stood before, and as long as it says now`() async throws {
    let world = try await World()
    func policy(until: String?) -> String {
      Self.policy(
        more: until.map {
          "exceptions: [{entry: ana@f.example, rule: allows, until: \($0), reason: CHG-1}]"
        } ?? ""
      )
    }
    let ana = Self.guests(("ana", "groups: [auditors]"))
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    try await world.commit("brought", ["catalog.yaml": policy(until: "2026-02-01"), "q.yaml": ana])
    #expect(try await world.held(now: "2026-01-10") == ["error notAllowed ana"])
    let again = ana.replacing("groups", with: "ticket: T, groups")
    try await world.commit("again", ["q.yaml": again])
    #expect(try await world.held(now: "2026-01-10") == ["note exceptionApplied ana"])
    #expect(
      try await world.held(now: "2026-02-10")
        == ["error notAllowed ana", "warning exceptionOver"]
    )
    try await world.commit("prolonged", ["catalog.yaml": policy(until: "2026-03-01")])
    #expect(try await world.held(now: "2026-02-10") == ["note exceptionApplied ana"])
    try await world.commit("ended", ["catalog.yaml": policy(until: nil)])
    #expect(try await world.held(now: "2026-01-10") == ["error notAllowed ana"])
  }

  @Test func `a limit that is raised with its guests lets the old ones alone`() async throws {
    let world = try await World()
    let two = Self.policy(limits: "{guests: 2}")
    let four = Self.policy(limits: "{guests: 4}")
    let old = Self.guests(("a", "groups: [suppliers]"), ("b", "groups: [suppliers]"))
    let new = Self.guests(("c", "groups: [suppliers]"), ("d", "groups: [suppliers]"))
    try await world.begin(["catalog.yaml": two, "p.yaml": old])
    try await world.commit("both", ["catalog.yaml": four, "q.yaml": new])
    #expect(try await world.held() == ["error tooManyGuests c"])
    #expect(try await world.withheld() == ["c", "d"])
    try await world.commit("again", ["q.yaml": new.replacing("groups", with: "ticket: T, groups")])
    #expect(try await world.held() == [])
    try await world.commit("lowered", ["catalog.yaml": two])
    #expect(try await world.withheld() == [])
  }

  @Test func `a removal is held to the authority and protection before it`() async throws {
    let world = try await World()
    let authority = "authority: {\"apps/**\": {groups: [suppliers]}}\n"
    let removal = "removed: [{email: old@f.example, reason: left, removes: account}]\n"
    try await world.begin(["catalog.yaml": Self.policy(more: authority), "p.yaml": Self.base])
    try await world.commit(
      "both",
      [
        "catalog.yaml": Self.policy(
          more: authority.replacing("groups:", with: "partners: [fabrikam], groups:")
        ),
        "apps/r.yaml": removal,
      ]
    )
    try await world.commit("something else", ["x.yaml": "guests: []\n"])
    #expect(try await world.held() == ["error authority old"])
    try await world.commit(
      "again",
      ["apps/r.yaml": removal.replacing("left", with: "left in 2024")]
    )
    #expect(try await world.held() == [])
  }

  @Test func `a folder that moved keeps the policy of where it stood`() async throws {
    let world = try await World()
    let files = [
      "guestlist.yaml": World.root(), "catalog.yaml": Self.policy(), "p.yaml": Self.base,
    ]
    try await world.git.commit(
      "in the old folder",
      files: Dictionary(uniqueKeysWithValues: files.map { ("access/\($0.key)", $0.value) })
    )
    try await world.git.git("rm", "-r", "--quiet", "access")
    let root = World.root() + "formerly: [access]\n"
    try await world.begin([
      "guestlist.yaml": root, "catalog.yaml": Self.policy(allows: "[suppliers, auditors]"),
      "p.yaml": Self.base, "q.yaml": Self.guests(("ana", "groups: [auditors]")),
    ])
    #expect(try await world.held(formerly: ["access"]) == ["error notAllowed ana"])
  }

  @Test func `in a shallow clone the oldest commit is held to its own policy`() async throws {
    let world = try await World()
    try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    let auditor = Self.guests(("ana", "groups: [auditors]"))
    let loosened = Self.policy(allows: "[suppliers, auditors]")
    try await world.commit("both", ["catalog.yaml": loosened, "q.yaml": auditor])
    try await world.commit("tightened", ["catalog.yaml": Self.policy()])
    try await world.commit("more", ["r.yaml": Self.guests(("bo", "groups: [auditors]"))])
    let source = "file://\(world.folder.path("work"))"
    try await world.git.git("clone", "--quiet", "--depth=3", source, world.folder.path("shallow"))
    let held = try await world.held(at: "shallow")
    #expect(held == ["error notAllowed bo", "warning notAllowed ana"])
  }

  @Test func `the policy of the step that is refused is named, and the way out`() async throws {
    let world = try await World()
    let first = try await world.begin(["catalog.yaml": Self.policy(), "p.yaml": Self.base])
    try await world.commit(
      "both",
      [
        "catalog.yaml": Self.policy(allows: "[suppliers, auditors]"),
        "q.yaml": Self.guests(("ana", "groups: [auditors]")),
      ]
    )
    let finding = try #require(try await world.findings().first { $0.severity == .error })
    #expect(finding.message.contains("by the policy of \(first.prefix(7))"))
    #expect(finding.excerpt == "  - {email: ana@f.example, groups: [auditors]}")
    #expect(finding.place?.line == 2)
    #expect(finding.suggestion?.contains("change the entry again") == true)
  }
}

extension World {
  /// What is found in the tip's declarations, entries held to the policies of their steps.
  fileprivate func reading(
    now: String? = nil,
    formerly: [String] = [],
    at name: String = "work"
  ) async throws -> DeclarationReading {
    let history = try read(formerly: formerly, at: name)
    let repository = try Repository(at: folder.path(name))
    guard let path = GitPath("desired-state"), let id = TenantID(World.tenant) else {
      throw Unusable()
    }
    let contents = try repository.declarations(
      at: try repository.resolve("main").commit,
      under: path
    )
    let now = now.flatMap { Moment("\($0)T00:00:00Z") }
    let reading = await DeclarationReader().read(inParallel: contents, now: now, against: .later)
    guard let desired = reading.desired, let policy = reading.policy else { throw Unusable() }
    let policies = try StepPolicies(
      of: desired,
      own: policy,
      history: history,
      reader: PolicyReader(folders: [path] + formerly.compactMap { GitPath($0) }, tenant: id),
      in: repository
    )
    return reading.held(to: policies, now: now, showing: contents)
  }

  fileprivate func findings() async throws -> [Finding] { try await reading().findings }

  /// Every finding about the rules of policy: severity, rule and guest, ordered.
  fileprivate func held(
    now: String? = nil,
    formerly: [String] = [],
    at name: String = "work"
  ) async throws -> [String] {
    let unspoken: [DeclarationRule] = [.unusedBundle, .unusedResource, .withoutAccess]
    let reading = try await reading(now: now, formerly: formerly, at: name)
    return reading.findings.compactMap { finding in
      guard let rule = DeclarationRule.allCases.first(where: { $0.code == finding.code }),
        !unspoken.contains(rule)
      else { return nil }
      var words = "\(finding.severity) \(rule)"
      if case .entry(let guest) = finding.scope { words += " \(guest.localPart)" }
      return words
    }.sorted()
  }

  fileprivate func withheld() async throws -> [String] {
    try await reading().desired?.withheld.map { String($0.address.localPart) } ?? []
  }
}
