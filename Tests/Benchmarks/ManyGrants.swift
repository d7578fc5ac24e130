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

  init(guests count: Int) {
    var desired = DesiredState(
      tenant: TenantDeclaration(id: TenantID(GUID(high: 1, low: 1)), name: "Contoso", domains: [])
    )
    let partner = PartnerName("fabrikam")
    let place = SourcePlace(file: "partners/fabrikam.yaml", line: 1, column: 1)
    desired.partners[partner] = Partner(
      name: partner,
      domains: ["fabrikam.example"],
      place: place
    )
    var observed = TenantState(tenant: desired.tenant.id)
    var journal = JournalRecord()
    for number in 0..<Self.apps {
      desired.catalog.apps["app\(number)"] = Catalog.App(id: Self.app(number), place: place)
      observed.apps[Self.app(number)] = Self.observedApp(number)
    }
    let chain = Self.chain
    journal.applied = chain.dropLast().map(\.commit)
    var intervals: [EntryKey: [DeclaredInterval]] = [:]
    intervals.reserveCapacity(count * 6)
    var assignments = [[ObservedApp.RoleAssignment]](repeating: [], count: Int(Self.apps))
    var keys: [GrantKey] = []
    keys.reserveCapacity(count * 5)
    for number in 0..<count {
      guard let address = EmailAddress(normalised: "guest\(1_000_000 + number)@fabrikam.example")
      else { continue }
      let account = UserID(GUID(high: 6, low: UInt64(number)))
      // Of a thousand guests five lack a grant, three are new, and two are gone from the commit.
      let (isGone, isNew, lacks) = (number % 500 == 0, number % 333 == 1, number % 200 == 2)
      let edge = DeclaredInterval.Edge(
        step: isNew ? Self.steps - 1 : number % (Self.steps - 1),
        place: place
      )
      let closed = isGone ? DeclaredInterval.Edge(step: Self.steps - 1, place: place) : nil
      let interval = [DeclaredInterval(opened: edge, closed: closed)]
      intervals[.guest(address)] = interval
      var grants: [GrantEntry] = []
      for index in 0..<5 {
        let resource = Self.resource(number, index)
        let key = GrantKey(guest: address, resource: resource)
        intervals[.grant(key)] = interval
        grants.append(GrantEntry(resource: resource, spelled: "app", origin: .guest, place: place))
        keys.append(key)
        if isNew || (lacks && index == 0) { continue }
        assignments[Self.appNumber(number, index)].append(Self.assignment(number, index, account))
      }
      if !isNew {
        observed.accounts[account] = Account(
          id: account,
          addresses: [address],
          redemption: .accepted,
          created: Self.start + .days(120)
        )
        journal.accounts[address] = account
      }
      if isGone { continue }
      if isNew { observed.lookedUp.insert(address) }
      desired.guests.append(
        GuestEntry(
          address: address,
          spelled: address.normalised,
          partner: partner,
          sponsors: [address],
          grants: grants.sorted { $0.resource < $1.resource },
          place: place
        )
      )
    }
    for number in 0..<Self.apps {
      observed.apps[Self.app(number)]?.assignments = assignments[Int(number)]
    }
    self.keys = keys
    input = PlanningInput(
      desired: desired,
      history: DeclarationHistory(chain: chain, intervals: intervals),
      journal: journal,
      observed: observed,
      commit: chain.last?.commit ?? Self.commit(0),
      now: Self.start + .days(160)
    )
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
