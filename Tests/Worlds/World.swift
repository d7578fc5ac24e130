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
  var loosened: Set<EntryKey> = []
  /// What `grants` sections still name of guests who are not declared.
  var stale: Set<GrantKey> = []
  /// How many commits of the chain a shallow clone has; `nil` where it has them all.
  var depth: Int?
  /// What each commit declared.
  private(set) var declared: [CommitID: DesiredState] = [:]
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
    // What a `grants` section names of a declared guest is a grant of that entry.
    stale = stale.filter { $0.guest != address }
    desired.guests.removeAll { $0.address == address }
    desired.guests.append(entry)
    desired.guests.sort { $0.address < $1.address }
  }

  mutating func undeclare(_ name: String) {
    let address = Names.address(name)
    desired.guests.removeAll { $0.address == address }
  }

  /// Breaks the entry of a guest so that it is skipped, and can be read all the same.
  mutating func skip(_ name: String, _ change: (inout GuestEntry) -> Void = { _ in }) {
    let address = Names.address(name)
    guard var entry = desired.guests.first(where: { $0.address == address }) else { return }
    change(&entry)
    undeclare(name)
    desired.withheld.removeAll { $0.address == address }
    desired.withheld.append(
      WithheldEntry(
        address: address,
        reason: "declared twice",
        places: [entry.place],
        readable: entry
      )
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
    self.declared[Names.commit(step + 1)] = desired
    for guest in desired.guests { noteDates(of: guest, step) }
    let declared = declaredKeys
    for (key, intervals) in history.intervals where intervals.last?.closed == nil {
      if !declared.contains(key) {
        history.intervals.close(key, at: DeclaredInterval.Edge(step: step))
      }
    }
    for key in declared where history.intervals[key]?.last.map({ $0.closed != nil }) ?? true {
      history.intervals.open(key, at: DeclaredInterval.Edge(step: step, place: Names.place))
    }
  }

  private mutating func noteDates(of guest: GuestEntry, _ step: Int) {
    let dates = [(DeclaredDate.Kind.reviewed, guest.reviewed), (.returned, guest.returned)]
    for (kind, date) in dates {
      guard let date else { continue }
      let before = history.dates[guest.address]?.last { $0.kind == kind }
      guard before.map({ $0.date < date }) ?? true else { continue }
      history.dates[guest.address, default: []].append(DeclaredDate(kind, date, step: step))
    }
  }

  /// What the files name, faults and missing authority included: history reads identities alone.
  private var declaredKeys: Set<EntryKey> {
    var keys = Set(stale.map(EntryKey.grant))
    for guest in desired.guests + desired.withheld.compactMap(\.readable) {
      // Where another repository owns the accounts, grants alone name the guests.
      if desired.tenant.ownsAccounts { keys.insert(.guest(guest.address)) }
      let named = guest.grants.map(\.resource) + guest.skippedGrants.compactMap(\.resource)
      for resource in named {
        keys.insert(.grant(GrantKey(guest: guest.address, resource: resource)))
        guard case .appRole(let app, let role) = resource,
          let group = desired.catalog.apps.values.first(where: { $0.id == app })?.via[role]
        else { continue }
        keys.insert(.grant(GrantKey(guest: guest.address, resource: .group(group))))
      }
    }
    return keys
  }

  mutating func changeHistory(_ change: (inout DeclarationHistory) -> Void) { change(&history) }

  mutating func pass(_ span: Moment.Span) { now = now + span }

  /// The account of an address: the one that has it and did not move away, or the one that moved to
  /// it.
  func account(_ address: EmailAddress) -> Account? {
    let isGivenUp = { (id: UserID) in
      journal?.addressChanges[id].map { $0.to != address } ?? false
    }
    let holders = tenant.state.accounts.values.filter {
      $0.addresses.contains(address) && !isGivenUp($0.id)
    }
    if let account = holders.min(by: { $0.id < $1.id }) { return account }
    return journal?.accounts[address].flatMap { isGivenUp($0) ? nil : tenant.state.accounts[$0] }
  }

  var head: CommitID { history.chain.last?.commit ?? Names.commit(0xFFFF) }

  var input: PlanningInput {
    var observed = tenant.state
    observed.lookedUp = Set(desired.guests.map(\.address))
    let history = depth.map { self.history.shallow($0) } ?? self.history
    // Of a commit that the clone does not have nobody can read what it declared.
    let known = Set(history.chain.map(\.commit))
    let declared = declared.filter { known.contains($0.key) }
    var input = PlanningInput(
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
    input.applied = journal?.applied.last.flatMap { declared[$0] }
    input.baseline = journal?.baseline.flatMap { declared[$0] }
    input.lifecycles = declared.mapValues(\.lifecycle)
    input.loosened = loosened
    for commit in Planner.commitsOfFaults(input) { input.past[commit] = declared[commit] }
    return input
  }

  func plan() -> Plan { Planner.plan(input).value }

  /// Plans, carries out what no guard holds back, and writes down what a run would.
  @discardableResult
  mutating func run(_ permitted: (Int) -> Bool = { _ in true }) -> Plan {
    // Anyone who writes has a journal, be it empty.
    if journal == nil { journal = JournalRecord() }
    if journal?.firstSeen[head] == nil { see() }
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
    if journal?.firstSeen[head] == nil { see() }
    answer(plan)
    let held = plan.heldBack
    if !plan.isPartial, !plan.isRefused {
      journal?.applied.removeAll { $0 == head }
      journal?.applied.append(head)
      journal?.notCarriedOut[head] = plan.notCarriedOut
      journal?.ref = desired.tenant.ref
    }
    var done: Set<Int> = []
    for (position, action) in plan.actions.enumerated() {
      guard !held.contains(position), permitted(position),
        action.prerequisites.allSatisfy(done.contains)
      else { continue }
      done.insert(position)
      let made = tenant.perform(action, at: now)
      record(action, made)
    }
    if done.count == plan.actions.count, held.isEmpty, !plan.isPartial, plan.withheld.isEmpty {
      journal?.baseline = head
    }
    if !plan.isPartial {
      let before = journal?.losses ?? [:]
      let pending = plan.actions.indices.filter { !done.contains($0) }
        .compactMap { plan.actions[$0].account }
      journal?.losses = plan.lost.reduce(into: [:]) { $0[$1.key] = before[$1.key] ?? now }
      for account in pending { journal?.losses[account] = before[account] }
    }
    pass(.minutes(1))
  }

  private mutating func answer(_ plan: Plan) {
    for verdict in plan.guards where verdict.name == .ownership {
      if verdict.isAccepted { journal?.ownershipAnswers.accepted.formUnion(verdict.entries) }
      if verdict.isDeclined { journal?.ownershipAnswers.declined.formUnion(verdict.entries) }
    }
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
    case .resend: journal?.invitations[action.guest, default: []].append(now)
    case .resetRedemption:
      journal?.invitations[action.guest, default: []].append(now)
      journal?.addressChanges[id] = .init(to: action.guest, isFinished: true)
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
  /// True where a guard over the whole plan refuses the commit, as the executor judges it.
  var isRefused: Bool {
    let whole: Set<GuardVerdict.Guard> = [
      .tenant, .trust, .ref, .clock, .history, .shrink, .suspend,
    ]
    return guards.contains { whole.contains($0.name) && !$0.isAccepted }
  }

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

extension DeclarationHistory {
  /// What the reader of history would say of a clone with the last commits alone.
  func shallow(_ depth: Int) -> Self {
    let boundary = max(0, chain.count - max(1, depth))
    guard boundary > 0 else { return self }
    var seen = DeclarationHistory(chain: Array(chain.dropFirst(boundary)))
    seen.isShallow = true
    for (key, intervals) in self.intervals {
      let rest = intervals.filter { $0.closed.map { $0.step > boundary } ?? true }
      guard !rest.isEmpty else { continue }
      seen.intervals[key] = rest.map { interval in
        var interval = interval
        interval.startsAtBoundary = interval.opened.step <= boundary
        interval.opened.step = max(0, interval.opened.step - boundary)
        interval.closed?.step -= boundary
        return interval
      }
    }
    for (guest, dates) in self.dates {
      let last = dates.filter { $0.step <= boundary }.suffix(1)
      seen.dates[guest] = (last + dates.filter { $0.step > boundary }).map {
        DeclaredDate($0.kind, $0.date, step: max(0, $0.step - boundary))
      }
    }
    return seen
  }
}
