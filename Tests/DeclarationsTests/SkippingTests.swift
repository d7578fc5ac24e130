import Access
import Testing

@testable import Declarations

/// A fault stops giving, and only what it concerns (DESIGN section 4).
@Suite struct SkippingTests {
  private func read(
    _ more: String,
    _ files: [String: String] = [:],
    organisation: String = RuleCase.organisation
  ) -> DeclarationReading {
    let all = files.merging(["guestlist.yaml": organisation, "more.yaml": more]) { first, _ in first
    }
    return DeclarationReader().read(
      all.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) },
      now: Moment("2026-12-01T00:00:00Z")
    )
  }

  private func skipped(_ reading: DeclarationReading, _ name: String = "ana") -> WithheldEntry? {
    reading.desired?.withheld.first { $0.address.localPart == name }
  }

  private func guest(_ reading: DeclarationReading, _ name: String = "ana") -> GuestEntry? {
    reading.desired?.guests.first { $0.address.localPart == name }
  }

  @Test(
    arguments: [
      "guests: [{email: ana@fabrikam.example, blocked: INC-7, expires: 2027-01-31}]\nguards: {protectd: []}",
      "guests: [{email: ana@fabrikam.example, blocked: INC-7, expires: 2027-01-31}]\nguards: {removals: {percent: 101}}",
      "guests: [{email: ana@fabrikam.example, blocked: INC-7, expires: 2027-01-31}]\nguest: []",
    ]
  )
  func `a commit that cannot be used still yields blocks and ends`(_ text: String) throws {
    let reading = read(text)
    #expect(!reading.isUsable)
    let ana = try #require(guest(reading))
    #expect(ana.blocked == "INC-7")
    let end = try #require(Moment("2027-02-01T00:00:00Z"))
    #expect(ana.ends.contains { $0.rule == .at(end) })
  }

  @Test func `a file that does not parse leaves the rest to be read`() throws {
    let reading = read(
      "guests: [",
      ["b.yaml": "guests: [{email: ana@fabrikam.example, blocked: INC-7, groups: [suppliers]}]"]
    )
    #expect(reading.desired?.isUsable == false)
    #expect(guest(reading)?.blocked == "INC-7")
    #expect(reading.findings.map(\.code) == [DeclarationRule.syntax.code])
  }

  @Test func `without a tenant nothing is desired, and only that is reported`() {
    let reading = DeclarationReader().read([
      SourceFile(path: "a.yaml", bytes: Array("guests: [{email: ana@x.example}]".utf8))
    ])
    #expect(reading.desired == nil)
    #expect(reading.findings.map(\.message) == ["no file has a `tenant:` section"])
  }

  @Test(
    arguments: [
      ("starts: 2026-13-01", DeclarationRule.wrongValue), ("nmae: Ana", .unknownKey),
      ("ticket: [a]", .wrongKind), ("sponsor: x@else.example", .sponsorOutside),
      ("starts: 2027-06-01", .startsAfterEnd),
    ]
  )
  func `a fault of an entry skips it, with its block, its ends and its grants`(
    _ fault: String,
    _ rule: DeclarationRule
  ) throws {
    let entry =
      "email: ana@fabrikam.example, blocked: INC-7, expires: 2027-01-31, bundles: [supplier]"
    let reading = read("guests: [{\(entry), \(fault)}]")
    #expect(reading.isUsable)
    #expect(reading.findings.filter { $0.severity == .error }.map(\.code) == [rule.code])
    let readable = try #require(skipped(reading)?.readable)
    #expect(readable.blocked == "INC-7")
    #expect(readable.ends.contains { $0.origin == .guest })
    #expect(readable.grants.map(\.spelled) == ["expenses:Submitter", "wiki:Reader", "suppliers"])
    #expect(guest(reading) == nil && guest(reading, "base") != nil)
  }

  @Test func `a mistyped list of grants keeps what its origin gave`() throws {
    let reading = read("guests: [{email: ana@fabrikam.example, bundels: [supplier]}]")
    let kept = try #require(skipped(reading)?.readable).skippedGrants
    #expect(kept.map(\.origin) == [.guest, .bundle("")])
    #expect(kept.allSatisfy { $0.resource == nil && $0.spelled.isEmpty })
  }

  @Test func `names that do not resolve skip a grant and not the guest`() throws {
    let reading = read(
      """
      guests:
        - email: ana@fabrikam.example
          bundles: [supplier, nothing]
          apps: ["wikki:Reader", {app: "wiki:Editor", expires: soon}, "payments:Owner"]
      grants: {payments: {Viewer: [{guest: ana@fabrikam.example, untl: x}]}}
      """
    )
    let ana = try #require(guest(reading))
    #expect(ana.grants.map(\.spelled) == ["expenses:Submitter", "wiki:Reader", "suppliers"])
    let skipped = ana.skippedGrants.map { "\($0.spelled) \($0.resource == nil ? "?" : "")" }
      .sorted()
    #expect(
      skipped == [" ?", "payments:Owner ", "payments:Viewer ", "wiki:Editor ", "wikki:Reader ?"]
    )
    #expect(ana.skippedGrants.first { $0.spelled.isEmpty }?.origin == .bundle("nothing"))
    #expect(skipped.count == reading.findings.count { $0.severity == .error })
  }

  @Test func `a fault of the catalog skips what uses it, with one error where it is`() throws {
    let broken = RuleCase.organisation
      .replacing("wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}", with: "wiki: {appId: 0f3c}")
    let reading = read(
      "guests: [{email: ana@fabrikam.example, apps: [\"wiki:Reader\", \"payments:Viewer\"]}]",
      organisation: broken
    )
    #expect(reading.findings.map(\.code) == [DeclarationRule.wrongValue.code])
    let ana = try #require(guest(reading))
    #expect(ana.grants.map(\.spelled) == ["payments:Viewer"])
    #expect(ana.skippedGrants.map(\.spelled) == ["wiki:Reader"])
    #expect(guest(reading, "base")?.skippedGrants.map(\.origin) == [.bundle("supplier")])
  }

  @Test func `a fault of a partner skips its guests and nobody else`() {
    let reading = read(
      """
      partners: {tailspin: {domains: [tailspin.example], limits: {stay: long}}}
      guests: [{email: ana@tailspin.example, groups: [suppliers]}]
      """
    )
    #expect(reading.findings.map(\.code) == [DeclarationRule.wrongValue.code])
    #expect(reading.isUsable && skipped(reading)?.readable?.grants.count == 1)
    #expect(guest(reading, "base") != nil)
  }

  @Test func `of two declarations a block, the earliest end and every grant count`() throws {
    let reading = read(
      """
      guests:
        - {email: ana@fabrikam.example, expires: 2027-01-31, groups: [suppliers]}
        - {email: ana@fabrikam.example, blocked: INC-7, expires: 2026-12-31, apps: ["wiki:Reader"]}
      """
    )
    let readable = try #require(skipped(reading)?.readable)
    #expect(readable.blocked == "INC-7")
    #expect(readable.ends.filter { $0.origin == .guest }.count == 2)
    #expect(readable.grants.map(\.spelled) == ["wiki:Reader", "suppliers"])
    #expect(reading.desired?.withheld.count == 1)
  }

  private static let crowd =
    "guests:\n"
    + ["a", "b", "c", "d", "e"].map { "  - {email: \($0)@fabrikam.example}\n" }.joined()

  @Test func `above a limit what was added last is skipped, and all of it without an order`() throws
  {
    let reading = read(Self.crowd)
    #expect(reading.dependsOnOrder)
    #expect(reading.desired?.withheld.count == 6)
    let steps = ["a": 5, "b": 1, "c": 2, "d": 3, "e": 4, "base": 0]
    let ordered = reading.ordered { steps[String($0.guest.localPart)] }
    #expect(ordered.desired?.withheld.map(\.address.localPart) == ["a"])
    #expect(ordered.desired?.withheld.first?.readable != nil)
    #expect(ordered.findings.count { $0.code == DeclarationRule.tooManyGuests.code } == 1)
    let together = reading.ordered { ["d", "e"].contains($0.guest.localPart) ? 9 : 1 }
    #expect(together.desired?.withheld.map(\.address.localPart) == ["d", "e"])
    let applied = reading.ordered { $0.guest.localPart == "e" ? nil : 0 }
    #expect(applied.desired?.withheld.map(\.address.localPart) == ["e"])
  }

  @Test func `who has expired does not count for a limit`() {
    let past = Self.crowd.replacing(
      "a@fabrikam.example",
      with: "a@fabrikam.example, expires: 2026-10-31"
    )
    #expect(!read(past).dependsOnOrder)
  }

  @Test func `of a separation the last that was added is skipped`() throws {
    let reading = read(
      "guests: [{email: ana@fabrikam.example, apps: [\"expenses:Approver\", \"expenses:Submitter\"]}]"
    )
    #expect(guest(reading)?.grants == [])
    #expect(reading.findings.count { $0.severity == .error } == 1)
    let ordered = reading.ordered { key in
      guard case .grant(let grant) = key, case .appRole(_, let role) = grant.resource else {
        return 0
      }
      return role.text == "Approver" ? 2 : 1
    }
    let ana = try #require(guest(ordered))
    #expect(ana.grants.map(\.spelled) == ["expenses:Submitter"])
    #expect(ana.skippedGrants.map(\.spelled) == ["expenses:Approver"])
  }

  @Test func `a grant for somebody who is not under guests is a warning`() {
    let reading = read("grants: {wiki: {Reader: [gone@fabrikam.example]}}")
    #expect(reading.findings.map(\.severity) == [.warning])
    #expect(guest(reading, "gone") == nil && skipped(reading, "gone") == nil)
  }

  @Test func `where accounts are elsewhere, grants alone make a guest`() throws {
    let organisation = """
      tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: C, domains: [contoso.example], accounts: elsewhere}
      apps: {wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}}
      partners: {litware: {domains: [litware.example], requires: [ticket], allows: {apps: []}}}
      """
    let reading = read(
      """
      grants:
        wiki:
          Reader:
            - {guest: ana@fabrikam.example, expires: 2027-01-31}
            - leo@litware.example
      """,
      organisation: organisation
    )
    #expect(reading.findings.map(\.code) == [DeclarationRule.notAllowed.code])
    #expect(guest(reading, "leo")?.skippedGrants.count == 1)
    let ana = try #require(guest(reading))
    #expect(ana.grants.map(\.spelled) == ["wiki:Reader"])
    #expect(ana.grants[0].ends.count == 1)
  }

  private static let authority = """
    authority:
      "partners/**": {partners: [fabrikam], groups: [suppliers]}
    """

  @Test func `a declaration without authority gives nothing and vetoes nothing`() throws {
    let reading = read(
      Self.authority,
      [
        "partners/a.yaml": "guests: [{email: ana@fabrikam.example, groups: [suppliers]}]",
        "other/b.yaml": """
        guards: {removals: {guests: 0}}
        guests: [{email: ana@fabrikam.example, blocked: x}]
        grants: {wiki: {Reader: [ana@fabrikam.example]}}
        """,
      ]
    )
    #expect(reading.isUsable)
    let ana = try #require(guest(reading))
    #expect(ana.blocked == nil)
    #expect(ana.grants.map(\.spelled) == ["suppliers"])
    #expect(ana.skippedGrants.map(\.isOutsideAuthority) == [true])
    #expect(reading.desired?.withheld.map(\.isOutsideAuthority) == [true])
    #expect(reading.desired?.limits.removedGuests == 10)
    #expect(!reading.findings.contains { $0.code == DeclarationRule.guestTwice.code })
  }

  @Test func `one cause in many entries is one error with its count and three places`() throws {
    let guests = (0..<10).map { "  - {email: g\($0)@litware.example, apps: [\"wiki:Reader\"]}\n" }
    let organisation = RuleCase.organisation.replacing(
      "requires: [sponsor, expires, ticket]",
      with: "includes: [supplier]\n    allows: {apps: [\"wiki:*\"], groups: [suppliers]}"
    )
    let reading = read("guests:\n\(guests.joined())", organisation: organisation)
    let error = try #require(reading.findings.first { $0.severity == .error })
    #expect(
      error.message == "partner `litware` does not allow `expenses:Submitter`, which bundle "
        + "`supplier` gives to 10 guests"
    )
    #expect(reading.findings.count { $0.severity == .error } == 1)
    #expect(guest(reading, "g3")?.grants.map(\.spelled) == ["wiki:Reader", "suppliers"])
  }

  @Test(
    arguments: [
      (
        "guests: [{email: ana@fabrikam.example, apps: [wiki: Reader]}]",
        "remove the space: `wiki:Reader`"
      ),
      (
        "guests: [{email: ana@x.litware.example, groups: [suppliers]}]",
        "partner `litware` has `litware.example`; add `\"*.litware.example\"` for its subdomains"
      ),
      (
        "defaults: {sponsor: lena@contoso.example}\nguests: [{email: a@litware.example, expires: 30d, ticket: T}]",
        "the sponsor of `defaults` does not count; name one in the guest or the partner"
      ),
      (
        "partners: {mail: {domains: gmail.com}}", "if that is intended, add `public: true`"
      ),
      ("grants: {wiki: {Reader: ana@fabrikam.example}}", "declare the guest, or remove the line"),
    ]
  )
  func `hints say what to change`(_ text: String, _ hint: String) {
    let reading = read(text)
    #expect(reading.findings.contains { $0.hint == hint }, "\(reading.findings)")
  }

  @Test func `a tab is named as such`() {
    let reading = read("guests:\n\t- {email: ana@fabrikam.example}\n")
    #expect(reading.findings.map(\.message) == ["a tab cannot indent YAML; use spaces"])
  }

  @Test func `a role that the catalog does not list is found offline`() throws {
    let organisation = RuleCase.organisation.replacing(
      "payments: {appId: 0f3c0000-0000-4000-8000-000000000012}",
      with: "payments: {appId: 0f3c0000-0000-4000-8000-000000000012, roles: [Viewer, Owner]}"
    )
    let reading = read(
      "guests: [{email: ana@fabrikam.example, apps: [\"payments:Viewr\"]}]",
      organisation: organisation
    )
    let error = try #require(reading.findings.first)
    #expect(error.message == "app `payments` has no role `Viewr` (it has `Owner`, `Viewer`)")
    #expect(error.hint == "did you mean `payments:Viewer`?")
    #expect(guest(reading)?.skippedGrants.count == 1)
  }

  @Test func `an order of removed may pin an account`() {
    let reading = read(
      "removed: [{email: old@x.example, id: 7a000000-0000-4000-8000-000000000099, reason: left, removes: account}]"
    )
    #expect(reading.desired?.removed.first?.pinned != nil)
    #expect(reading.findings == [])
  }
}
