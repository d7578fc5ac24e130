import Access
import Evidence
import Journal
import Testing

struct AccessRecordTests {
  private let ana = EmailAddress(normalised: "ana@fabrikam.example")
  private let bo = EmailAddress(normalised: "bo@fabrikam.example")
  private let wiki = Resource.appRole(AppID(GUID(high: 2, low: 1)), RoleValue("Reader"))
  private let suppliers = Resource.group(GroupID(GUID(high: 5, low: 1)))
  private let user = UserID(GUID(high: 7, low: 1))

  private func commit(_ number: Int) -> CommitID? {
    CommitID(hex: String(repeating: "0", count: 39) + String(number))
  }

  private func step(_ number: Int) throws -> HistoryStep {
    HistoryStep(
      commit: try #require(commit(number)),
      author: .init(name: "Lena", email: "lena@contoso.example"),
      committer: .init(name: "Forge", email: "forge@contoso.example"),
      authored: Moment(seconds: Int64(number) * 1000),
      committed: Moment(seconds: Int64(number) * 1000),
      subject: "Merge pull request #\(number)",
      pullRequest: number,
      trailers: [
        .init(key: "Reviewed-by", value: "Max"), .init(key: "Change-Id", value: "I1"),
      ]
    )
  }

  private func write(
    _ guest: EmailAddress,
    _ step: Intent.Step,
    _ resource: Resource?,
    _ outcome: Settlement.Outcome?,
    at seconds: Int64
  ) throws -> JournalEvent {
    let intent = Intent(
      requestID: GUID(high: 1, low: UInt64(seconds)),
      guest: guest,
      verb: resource == nil ? .invite : .grant,
      step: step,
      account: user,
      resource: resource
    )
    return JournalEvent(
      moment: Moment(seconds: seconds),
      run: GUID(high: 4, low: 4),
      guest: guest,
      account: user,
      kind: .write(intent, outcome)
    )
  }

  /// Ana is declared by step 1 with the wiki, which step 3 removes and step 4 gives back.
  private func history() throws -> DeclarationHistory {
    let ana = try #require(ana)
    let place = SourcePlace(file: "partners/fabrikam.yaml", line: 3, column: 5)
    return DeclarationHistory(
      chain: try (0..<6).map(step),
      intervals: [
        .guest(ana): [DeclaredInterval(opened: .init(step: 1, place: place))],
        .grant(GrantKey(guest: ana, resource: wiki)): [
          DeclaredInterval(opened: .init(step: 1), closed: .init(step: 3)),
          DeclaredInterval(opened: .init(step: 4, inner: commit(9))),
        ],
        .grant(GrantKey(guest: ana, resource: suppliers)): [
          DeclaredInterval(opened: .init(step: 2), closed: .init(step: 3))
        ],
      ]
    )
  }

  private func record(
    applied: [Int]? = [1, 5],
    _ events: [JournalEvent] = []
  ) throws -> AccessRecord {
    let journal = try applied.map { try JournalRecord(applied: $0.map { try step($0).commit }) }
    return AccessRecord(
      history: try history(),
      journal: journal,
      events: events,
      now: Moment(seconds: 100_000)
    )
  }

  @Test func `a grant leads back to the commit that introduced it in its present form`() throws {
    let ana = try #require(ana)
    let given = try write(ana, .assign, wiki, .changed, at: 4500)
    let record = try record([given])
    let attribution = record.attribution(of: .grant(GrantKey(guest: ana, resource: wiki)))
    #expect(attribution.status == .declared)
    #expect(attribution.introduced?.step.pullRequest == 4)
    #expect(attribution.introduced?.inner == commit(9))
    #expect(attribution.introduced?.claims.map(\.value) == ["Max"])
    #expect(attribution.removed == nil)
    #expect(attribution.wasApplied == true)
    #expect(attribution.given == given)
  }

  @Test func `a removal leads back to the commit that removed it`() throws {
    let key = EntryKey.grant(GrantKey(guest: try #require(ana), resource: suppliers))
    let attribution = try record().attribution(of: key)
    #expect(attribution.status == .undeclared)
    #expect(attribution.removed?.step.pullRequest == 3)
    #expect(attribution.wasApplied == false)
    #expect(try record(applied: nil).attribution(of: key).wasApplied == nil)
  }

  @Test func `what no commit declared leads nowhere`() throws {
    let attribution = try record().attribution(of: .guest(try #require(bo)))
    #expect(attribution.status == .neverDeclared)
    #expect(attribution.introduced == nil)
  }

  @Test func `a write that failed, or that we took back, gave nothing`() throws {
    let ana = try #require(ana)
    let key = EntryKey.grant(GrantKey(guest: ana, resource: wiki))
    let refused = Settlement.Outcome.failed(.refused, status: 400, code: nil)
    let failed = try record([try write(ana, .assign, wiki, refused, at: 1)])
    #expect(failed.attribution(of: key).given == nil)
    let taken = try record([
      try write(ana, .assign, wiki, .changed, at: 1),
      try write(ana, .unassign, wiki, .alreadyGone, at: 2),
    ])
    #expect(taken.attribution(of: key).given == nil)
  }

  @Test func `a guest's history is in order, from git and from the journal`() throws {
    let ana = try #require(ana)
    let events = [
      try write(ana, .invite, nil, .changed, at: 1000),
      try write(ana, .assign, wiki, nil, at: 1500),
      try write(try #require(bo), .invite, nil, .changed, at: 1600),
    ]
    let told = try record(events).life(of: ana, events).map { event in
      let what = event.resource == nil ? "guest" : event.resource == wiki ? "wiki" : "group"
      let how =
        switch event.kind {
        case .declared(_, let isAgain): isAgain ? "declared again" : "declared"
        case .undeclared: "undeclared"
        case .journaled: "written"
        }
      return "\(event.moment.seconds) \(what) \(how)"
    }
    #expect(
      told == [
        "1000 guest declared", "1000 wiki declared", "1000 guest written", "1500 wiki written",
        "2000 group declared", "3000 wiki undeclared", "3000 group undeclared",
        "4000 wiki declared again",
      ]
    )
  }

  @Test func `an app's life holds its grants alone`() throws {
    let ana = try #require(ana)
    let events = [
      try write(ana, .invite, nil, .changed, at: 1000),
      try write(ana, .assign, wiki, .changed, at: 1500),
      try write(ana, .join, suppliers, .changed, at: 1600),
    ]
    let life = try record(events).life(of: AppID(GUID(high: 2, low: 1)), events)
    #expect(life.map(\.moment.seconds) == [1000, 1500, 3000, 4000])
    #expect(life.allSatisfy { $0.resource == wiki })
  }

  @Test func `rows say what is held, what is missing, and what was never declared`() throws {
    let ana = try #require(ana)
    let bo = try #require(bo)
    let tenant = TenantID(GUID(high: 1, low: 1))
    let place = SourcePlace(file: "a.yaml", line: 1, column: 1)
    var observed = TenantState(tenant: tenant)
    let other = UserID(GUID(high: 7, low: 2))
    observed.accounts = [
      Account(id: user, addresses: [ana]), Account(id: other, addresses: [bo]),
    ]
    observed.groups = [
      GroupID(GUID(high: 5, low: 1)): ObservedGroup(
        id: GroupID(GUID(high: 5, low: 1)),
        displayName: "suppliers",
        members: [user, other]
      )
    ]
    let desired = DesiredState(
      tenant: TenantDeclaration(id: tenant, name: "Contoso", domains: []),
      guests: [
        GuestEntry(
          address: ana,
          spelled: ana.normalised,
          partner: PartnerName("fabrikam"),
          grants: [
            GrantEntry(resource: wiki, spelled: "wiki:Reader", origin: .guest, place: place)
          ],
          place: place
        )
      ]
    )
    let rows = try record().rows(desired: desired, observed: observed)
    let told = rows.map { row in
      let what = row.resource == nil ? "guest" : row.resource == wiki ? "wiki" : "group"
      let status = row.attribution?.status.rawValue ?? "unknown"
      return "\(row.guest == ana ? "ana" : "bo") \(what) \(row.isHeld) \(status)"
    }
    #expect(
      told == [
        "ana guest true declared", "ana wiki false declared", "ana group true undeclared",
        "bo guest true neverDeclared", "bo group true neverDeclared",
      ]
    )
  }
}
