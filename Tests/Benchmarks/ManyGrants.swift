internal import Access
internal import Reconciliation

/// A large organisation in memory: five grants for each guest, and a tenant that differs from the
/// declarations in one guest of a hundred.
struct ManyGrants {
  let input: PlanningInput
  /// Every grant that is declared.
  let keys: [GrantKey]

  private static let apps: UInt64 = 60
  private static let roles = ["Reader", "Editor", "Owner"]
  private static let start = Moment(seconds: 1_780_000_000)
  private static let steps = 200
  private static let partner = PartnerName("fabrikam")
  private static let place = SourcePlace(file: "partners/fabrikam.yaml", line: 1, column: 1)

  /// Builds what a plan reads one after the other, as the program reads it, so that it lies in memory
  /// as it does there and shares no text.
  init(guests count: Int) {
    var desired = DesiredState(
      tenant: TenantDeclaration(id: TenantID(GUID(high: 1, low: 1)), name: "Contoso", domains: [])
    )
    desired.partners[Self.partner] = Partner(
      name: Self.partner,
      domains: ["fabrikam.example"],
      place: Self.place
    )
    for number in 0..<Self.apps {
      desired.catalog.apps["app\(number)"] = Catalog.App(id: Self.app(number), place: Self.place)
    }
    let numbers = 0..<count
    desired.guests = numbers.lazy.filter { !Self.isGone($0) }.map(Self.declaration)
    let history = DeclarationHistory(chain: Self.chain, intervals: Self.intervals(numbers))
    var journal = JournalRecord()
    journal.applied = history.chain.dropLast().map(\.commit)
    for number in numbers where !Self.isNew(number) {
      journal.accounts[Self.address(number)] = Self.account(number)
    }
    keys = numbers.flatMap { number in
      (0..<5).map { GrantKey(guest: Self.address(number), resource: Self.resource(number, $0)) }
    }
    input = PlanningInput(
      desired: desired,
      history: history,
      journal: journal,
      observed: Self.observed(numbers, in: desired.tenant.id),
      commit: history.chain.last?.commit ?? Self.commit(0),
      now: Self.start + .days(160)
    )
  }

  // Of a thousand guests five lack a grant, three are new, and two are gone from the commit.
  private static func isGone(_ number: Int) -> Bool { number % 500 == 0 }
  private static func isNew(_ number: Int) -> Bool { number % 333 == 1 }
  private static func lacks(_ number: Int) -> Bool { number % 200 == 2 }

  private static func address(_ number: Int) -> EmailAddress {
    guard let address = EmailAddress(normalised: "guest\(1_000_000 + number)@fabrikam.example")
    else {
      preconditionFailure("it is an address")
    }
    return address
  }

  private static func account(_ number: Int) -> UserID {
    UserID(GUID(high: 6, low: UInt64(number)))
  }

  private static func declaration(_ number: Int) -> GuestEntry {
    let address = address(number)
    return GuestEntry(
      address: address,
      spelled: address.normalised,
      partner: partner,
      sponsors: [address],
      grants: (0..<5).map { index in
        GrantEntry(
          resource: resource(number, index),
          spelled: "app",
          origin: .guest,
          place: place
        )
      }.sorted { $0.resource < $1.resource },
      place: place
    )
  }

  private static func intervals(_ numbers: Range<Int>) -> EntryIntervals {
    var intervals: EntryIntervals = [:]
    for number in numbers {
      let edge = DeclaredInterval.Edge(
        step: isNew(number) ? steps - 1 : number % (steps - 1),
        place: place
      )
      let closed = isGone(number) ? DeclaredInterval.Edge(step: steps - 1, place: place) : nil
      let guest = address(number)
      intervals[.guest(guest)] = [DeclaredInterval(opened: edge, closed: closed)]
      for index in 0..<5 {
        let key = EntryKey.grant(GrantKey(guest: guest, resource: resource(number, index)))
        intervals[key] = [DeclaredInterval(opened: edge, closed: closed)]
      }
    }
    return intervals
  }

  private static func observed(_ numbers: Range<Int>, in tenant: TenantID) -> TenantState {
    var observed = TenantState(tenant: tenant)
    for number in 0..<apps { observed.apps[app(number)] = observedApp(number) }
    var assignments = [[ObservedApp.RoleAssignment]](repeating: [], count: Int(apps))
    // A tenant lists its users in an order of its own.
    for number in numbers.lazy.map({ $0 * 7919 % numbers.count }) {
      if isNew(number) {
        observed.lookedUp.insert(address(number))
        continue
      }
      observed.accounts.insert(
        Account(
          id: account(number),
          addresses: [address(number)],
          redemption: .accepted,
          created: start + .days(120)
        )
      )
      for index in 0..<5 where !(lacks(number) && index == 0) {
        assignments[appNumber(number, index)].append(assignment(number, index, account(number)))
      }
    }
    for number in 0..<apps {
      observed.apps[app(number)]?.assignments = assignments[Int(number)]
    }
    return observed
  }

  private static func app(_ number: UInt64) -> AppID { AppID(GUID(high: 2, low: number)) }

  private static func appNumber(_ guest: Int, _ index: Int) -> Int {
    (guest * 7 + index * 11) % Int(apps)
  }

  private static func resource(_ guest: Int, _ index: Int) -> Resource {
    .appRole(app(UInt64(appNumber(guest, index))), RoleValue(roles[guest % roles.count]))
  }

  private static func role(_ app: UInt64, _ index: Int) -> AppRoleID {
    AppRoleID(GUID(high: app + 1, low: UInt64(index) + 1))
  }

  private static func observedApp(_ number: UInt64) -> ObservedApp {
    ObservedApp(
      id: app(number),
      servicePrincipal: ServicePrincipalID(GUID(high: 3, low: number)),
      displayName: "App \(number)",
      roles: roles.enumerated().map {
        ObservedApp.AppRole(id: role(number, $0.offset), value: RoleValue($0.element))
      }
    )
  }

  private static func assignment(
    _ guest: Int,
    _ index: Int,
    _ account: UserID
  ) -> ObservedApp.RoleAssignment {
    ObservedApp.RoleAssignment(
      id: "ySFyLmhzx0iLcGvzJmNj-\(guest)-\(index)",
      role: role(UInt64(appNumber(guest, index)), guest % roles.count),
      principal: .user(account)
    )
  }

  private static func commit(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    guard let commit = CommitID(hex: String(repeating: "a", count: 40 - digits.count) + digits)
    else { preconditionFailure("forty digits are a commit") }
    return commit
  }

  private static var chain: [HistoryStep] {
    let person = HistoryStep.Person(name: "Lena", email: "lena@contoso.example")
    return (0..<steps).map { number in
      let moment = start + .days(Int64(number / 2))
      return HistoryStep(
        commit: commit(number),
        author: person,
        committer: person,
        authored: moment,
        committed: moment,
        isMerge: true
      )
    }
  }
}
