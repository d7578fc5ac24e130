import Access
import Journal
import TestSupport
import Testing

struct EventTests {
  private let app = AppID(GUID(high: 3, low: 3))

  @Test func `a guest's writes and losses are in the order of recording`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let ana = address("ana")
    let role = Resource.appRole(app, RoleValue("Reader"))
    try await fixture.write(ana, .invite, .invite, account: user(1), in: run)
    try await fixture.write(address("bo"), .invite, .invite, account: user(2), in: run)
    try await fixture.write(ana, .grant, .assign, account: user(1), resource: role, in: run)
    fixture.clock.advance(by: .hours(1))
    try await fixture.journal.see(lost: [user(1): ana], regained: [], in: run)
    fixture.clock.advance(by: .hours(1))
    try await fixture.journal.see(lost: [:], regained: [user(1)], in: run)
    try await fixture.write(ana, .block, .block, account: user(1), outcome: nil, in: run)
    let refused = Settlement.Outcome.failed(.permission, status: 403, code: "Denied")
    try await fixture.write(ana, .delete, .delete, account: user(1), outcome: refused, in: run)
    let events = try await fixture.journal.events(of: ana, in: fixture.tenant)
    let told = events.map { event in
      switch event.kind {
      case .write(let intent, let outcome): "\(intent.step) \(outcome.map { "\($0)" } ?? "open")"
      case .lost: "lost"
      case .regained: "regained"
      case .decided: "decided"
      }
    }
    #expect(
      told == [
        "invite changed", "assign changed", "lost", "regained", "block open", "delete \(refused)",
      ]
    )
    #expect(events.allSatisfy { $0.account == user(1) && $0.run == run.id && $0.guest == ana })
    #expect(events.map(\.moment) == events.map(\.moment).sorted())
  }

  @Test func `an app's events are those of its roles`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    for (number, resource) in [
      Resource.appRole(app, RoleValue("a")), .appRole(AppID(GUID(high: 4, low: 4)), RoleValue("a")),
      .group(GroupID(app.guid)),
    ].enumerated() {
      try await fixture.write(
        address("g\(number)"),
        .grant,
        .assign,
        account: user(UInt64(number)),
        resource: resource,
        in: run
      )
    }
    let events = try await fixture.journal.events(of: app, in: fixture.tenant)
    #expect(events.map(\.guest) == [address("g0")])
    #expect(try await fixture.journal.events(in: fixture.tenant).count == 3)
  }

  @Test func `an erased guest has no events`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .invite, .invite, account: user(1), in: run)
    try await fixture.journal.erase(address("ana"), in: run)
    #expect(try await fixture.journal.events(of: address("ana"), in: fixture.tenant).isEmpty)
    #expect(try await fixture.journal.events(in: fixture.tenant).isEmpty)
  }
}
