import FoundationEssentials
import TestSupport
import Testing

/// Whose a guest is, when a journal was lost, when somebody interfered, and beside another repository.
@Suite struct OwnershipTests {
  private static let ana = #"email: ana@fabrikam.example, apps: ["expenses:Submitter"]"#
  private static let bob = "email: bob@fabrikam.example, groups: [suppliers]"

  private func settled() async throws -> Workplace {
    let place = try await Workplace.small(guests: nil)
    try await place.commit(guests: [Self.ana, Self.bob])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    return place
  }

  private func ownershipDigest(_ run: Workplace.Run) throws -> String {
    let found = run.output.firstMatch(of: #/--accept (ownership:[0-9a-f]{16})/#)
    return String(try #require(found, "\(run.output)").output.1)
  }

  @Test(arguments: [true, false])
  func `after a lost journal a removal is asked about, and the answer holds`(
    _ accepts: Bool
  ) async throws {
    let place = try await settled()
    try await place.commit("Ana leaves", guests: [Self.bob])
    try FileManager.default.removeItem(atPath: place.folder.path("state"))
    let asked = try await place.guestlist("apply", "--confirm")
    #expect(asked.exitCode == 4, "\(asked.output)\(asked.errors)")
    #expect(try await place.guest("ana") == .init(["Submitter"]))
    let answer = [accepts ? "--accept" : "--decline", try ownershipDigest(asked)]
    let told = try await place.guestlist(["apply", "--confirm", "--reason", "CHG-7"] + answer)
    #expect(told.exitCode == 0, "\(told.output)\(told.errors)")
    let left = Workplace.Guest(isEnabled: !accepts, accepts ? [] : ["Submitter"])
    #expect(try await place.guest("ana") == left)
    let later = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(later.exitCode == 0, "\(later.output)\(later.errors)")
    #expect(later.output.contains("Not managed here   2 guests") == !accepts, "\(later.output)")
  }

  @Test func `a lost journal that makes no difference stops nothing`() async throws {
    let place = try await settled()
    try FileManager.default.removeItem(atPath: place.folder.path("state"))
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("No changes"), "\(run.output)")
    #expect(try await place.outbox().count == 2)
  }

  @Test func `a return gives back once, from its merge`() async throws {
    let place = try await settled()
    try await place.interfere("block", "ana")
    let seen = try await place.guestlist("apply", "--confirm")
    #expect(seen.output.contains("blocked outside Guestlist"), "\(seen.output)")
    try await place.advance(days: 1)
    place.repository.now = Int64(Date().timeIntervalSince1970) + 3600
    try await place.commit(guests: [Self.ana + ", return: 2026-11-18", Self.bob])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.guest("ana")?.isEnabled == true)
    try await place.advance(days: 1)
    try await place.interfere("block", "ana")
    try await place.advance(days: 1)
    let again = try await place.guestlist("apply", "--confirm")
    #expect(again.output.contains("blocked outside Guestlist"), "\(again.output)")
    #expect(try await place.guest("ana")?.isEnabled == false)
  }

  @Test func `a review renews a stay, and its end takes the guest`() async throws {
    let policy = SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example], limits: {stay: 30d}}"
    )
    let place = try await Workplace.small(policy: policy, guests: nil)
    let now = Int64(Date().timeIntervalSince1970)
    place.repository.now = now - 40 * 86_400
    try await place.commit(guests: [Self.ana])
    let over = try await place.guestlist("plan")
    #expect(!over.output.contains("to invite"), "\(over.output)")
    place.repository.now = now - 5 * 86_400
    try await place.commit(guests: [Self.ana + ", reviewed: 2026-01-31"])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.guest("ana") == .init(["Submitter"]))
    try await place.advance(days: 26)
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try await place.guest("ana") == .init(isEnabled: false))
  }

  @Test func `two repositories for one tenant leave each other alone`() async throws {
    let place = try await settled()
    let path = place.folder.path("second")
    let second = try await GitFixture(at: path, home: place.folder.path("home"))
    let policy = SmallTenant.policy().replacing("ref: main", with: "ref: main, accounts: elsewhere")
    func grant(_ line: String) async throws -> Workplace.Run {
      try await second.commit(
        "Grants",
        files: [
          "desired-state/guestlist.yaml": policy,
          "desired-state/grants.yaml": "grants:\n  expenses: {\(line)}\n",
        ]
      )
      let journal = ["GUESTLIST_JOURNAL": place.folder.path("state/second.sqlite")]
      return try await place.guestlist(["apply", "--confirm"], changing: journal, in: path)
    }
    let granted = try await grant("Approver: [ana@fabrikam.example]")
    #expect(granted.exitCode == 0, "\(granted.output)\(granted.errors)")
    #expect(!granted.output.contains("adopt existing"), "\(granted.output)")
    #expect(try await place.guest("ana") == .init(["Approver", "Submitter"]))
    let first = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(first.exitCode == 0, "\(first.output)\(first.errors)")
    let moved = try await grant("Approver: [bob@fabrikam.example]")
    #expect(moved.exitCode == 0, "\(moved.output)\(moved.errors)")
    #expect(try await place.guest("ana") == .init(["Submitter"]))
    #expect(try await place.guest("bob") == .init(["Approver", "Suppliers"]))
  }
}
