import Access
import Reconciliation

/// A repository, a tenant, a journal and a clock, as one value that a test moves by hand.
struct World {
  var desired = World.empty
  var tenant = Tenant()
  var journal: JournalRecord? = JournalRecord()
  var now = Names.start
  var options = PlanningOptions()
  var circumstances = PlanningInput.Circumstances()
  var earlier: DesiredState?
  private(set) var history = DeclarationHistory()

  static var empty: DesiredState {
    var state = DesiredState(
      tenant: TenantDeclaration(id: Names.tenant, name: "Contoso", domains: ["contoso.example"]),
      partners: [
        Names.partner: Partner(
          name: Names.partner,
          domains: ["fabrikam.example"],
          place: Names.place
        )
      ]
    )
    for number in UInt64(1)...3 {
      state.catalog.apps["app\(number)"] = Catalog.App(id: Names.app(number), place: Names.place)
      state.catalog.groups["group\(number)"] = Catalog.Group(
        id: Names.group(number),
        place: Names.place
      )
    }
    state.catalog.packages["package1"] = Catalog.Package(
      id: Names.package(1),
      policy: Names.policy(1),
      place: Names.place
    )
    return state
  }

  /// Declares a guest with grants in the state that the next commit will hold.
  mutating func declare(
    _ name: String,
    _ resources: [Resource] = [],
    _ change: (inout GuestEntry) -> Void = { _ in }
  ) {
    let address = Names.address(name)
    var entry = GuestEntry(
      address: address,
      spelled: address.normalised,
      partner: Names.partner,
      sponsors: [Names.address("lena@contoso.example")],
      grants: resources.sorted().map {
        GrantEntry(resource: $0, spelled: "\($0)", origin: .guest, place: Names.place)
      },
      place: Names.place
    )
    change(&entry)
    desired.guests.removeAll { $0.address == address }
    desired.guests.append(entry)
    desired.guests.sort { $0.address < $1.address }
  }

  mutating func undeclare(_ name: String) {
    let address = Names.address(name)
    desired.guests.removeAll { $0.address == address }
  }

  /// Withholds an address: the entry is there, and broken.
  mutating func withhold(_ name: String) {
    undeclare(name)
    desired.withheld.append(
      WithheldEntry(address: Names.address(name), reason: "declared twice", places: [Names.place])
    )
  }

  /// Commits what is declared, and follows the history as the reader of history would.
  mutating func commit(
    isMerge: Bool = true,
    dated: Moment? = nil,
    trailers: [HistoryStep.Trailer] = []
  ) {
    let step = history.chain.count
    let person = HistoryStep.Person(name: "Lena", email: "lena@contoso.example")
    history.chain.append(
      HistoryStep(
        commit: Names.commit(step + 1),
        author: person,
        committer: person,
        authored: dated ?? now,
        committed: dated ?? now,
        isMerge: isMerge,
        trailers: trailers
      )
    )
    let declared = declaredKeys
    for (key, intervals) in history.intervals where intervals.last?.closed == nil {
      if !declared.contains(key), !isWithheld(key.guest) {
        history.intervals.close(key, at: DeclaredInterval.Edge(step: step))
      }
    }
    for key in declared where history.intervals[key]?.last.map({ $0.closed != nil }) ?? true {
      history.intervals.open(key, at: DeclaredInterval.Edge(step: step, place: Names.place))
    }
  }

  private func isWithheld(_ address: EmailAddress) -> Bool {
    desired.withheld.contains { $0.address == address }
  }

  private var declaredKeys: Set<EntryKey> {
    var keys: Set<EntryKey> = []
    for guest in desired.guests {
      keys.insert(.guest(guest.address))
      for grant in guest.grants {
        keys.insert(.grant(GrantKey(guest: guest.address, resource: grant.resource)))
      }
    }
    return keys
  }

  mutating func changeHistory(_ change: (inout DeclarationHistory) -> Void) { change(&history) }

  mutating func pass(_ span: Moment.Span) { now = now + span }

  /// The account of an address: the one that has it, or the one that it moved to.
  func account(_ address: EmailAddress) -> Account? {
    if let account = tenant.account(address.normalised) { return account }
    return journal?.accounts[address].flatMap { tenant.state.accounts[$0] }
  }

  var head: CommitID { history.chain.last?.commit ?? Names.commit(0xFFFF) }

  var input: PlanningInput {
    var observed = tenant.state
    observed.lookedUp = Set(desired.guests.map(\.address))
    return PlanningInput(
      desired: desired,
      history: history,
      journal: journal,
      observed: observed,
      commit: head,
      now: now,
      options: options,
      circumstances: circumstances,
      earlier: earlier
    )
  }

  func plan() -> Plan { Planner.plan(input).value }

  /// Plans, carries out what no guard holds back, and writes down what a run would.
  @discardableResult
  mutating func run(_ permitted: (Int) -> Bool = { _ in true }) -> Plan {
    if journal != nil, journal?.firstSeen[head] == nil { see() }
    let plan = self.plan()
    carryOut(plan, permitted)
    return plan
  }

  private mutating func see() {
    let head = self.head
    journal?.firstSeen[head] = now
  }

  /// Carries out what no guard holds back, and writes down what a run would.
  mutating func carryOut(_ plan: Plan, _ permitted: (Int) -> Bool) {
    let head = self.head
    if journal != nil, journal?.firstSeen[head] == nil { see() }
    if journal == nil {
      let held = plan.guards.contains { $0.name == .baseline && !$0.isAccepted }
      journal = JournalRecord(
        firstSeen: [head: now],
        beginning: plan.basis.memory == .lost ? .afterLoss(isAccepted: !held) : .firstRun
      )
    }
    let held = plan.heldBack
    var done: Set<Int> = []
    for (position, action) in plan.actions.enumerated() {
      guard !held.contains(position), permitted(position),
        action.prerequisites.allSatisfy(done.contains)
      else { continue }
      done.insert(position)
      let made = tenant.perform(action, at: now)
      record(action, made)
    }
    if done.count == plan.actions.count { finish(plan) }
    noteLosses(plan)
    pass(.minutes(1))
  }

  private mutating func finish(_ plan: Plan) {
    let (head, last) = (self.head, journal?.applied.last)
    guard !plan.isPartial, last != head else { return }
    journal?.applied.append(head)
  }

  private mutating func noteLosses(_ plan: Plan) {
    var losses: [UserID: Moment] = [:]
    for finding in plan.findings where finding.kind == .left || finding.kind == .blockedElsewhere {
      guard let id = finding.account else { continue }
      losses[id] = journal?.losses[id] ?? now
    }
    journal?.losses = losses
  }

  private mutating func record(_ action: Action, _ made: UserID?) {
    let id = made ?? action.account ?? tenant.account(action.guest.normalised)?.id
    guard let id else { return }
    journal?.accounts[action.guest] = id
    switch action.operation {
    case .invite:
      journal?.made.insert(id)
      for key in journal?.grants.keys ?? [:].keys where key.guest == action.guest {
        journal?.grants[key] = nil
      }
      journal?.invitations[action.guest, default: []].append(now)
    case .resend, .resetRedemption:
      journal?.invitations[action.guest, default: []].append(now)
    case .block:
      journal?.blocks[id] = now
      journal?.blockCauses[id] = action.isIncident ? .declared : .removal
    case .unblock:
      journal?.blocks[id] = nil
      journal?.blockCauses[id] = nil
      journal?.incidents[id] = nil
    case .delete: journal?.deletions[id] = now
    case .restore: journal?.deletions[id] = nil
    case .grant(let resource, _):
      journal?.grants[GrantKey(guest: action.guest, resource: resource), default: 0] += 1
    case .revoke(let resource, _):
      journal?.grants[GrantKey(guest: action.guest, resource: resource)] = nil
    case .addSponsor, .removeSponsor: break
    }
  }
}

extension Plan {
  /// The actions in short, in order.
  var verbs: [String] {
    actions.map { action in
      "\(action.verb.rawValue) \(action.guest.localPart)\(action.resource.map { " \($0.short)" } ?? "")"
    }
  }

  func found(_ kind: PlanFinding.Kind) -> [PlanFinding] { findings.filter { $0.kind == kind } }

  func verdict(_ name: GuardVerdict.Guard) -> GuardVerdict? { guards.first { $0.name == name } }
}

extension Resource {
  /// The resource as `app1:Reader`, `group2` or `package1`.
  var short: String {
    switch self {
    case .appRole(let id, let role): "app\(id.guid.description.suffix(1)):\(role)"
    case .group(let id): "group\(id.description.suffix(1))"
    case .package(let id): "package\(id.description.suffix(1))"
    }
  }
}
