internal import Access

/// A plan in the making: what the decisions read, and what they have decided so far.
///
/// Each extension decides one thing: accounts, access, removals, what nobody declared.
struct Drafting {
  let input: PlanningInput
  let moment: Moment
  let ownership: Ownership
  let index: AccountIndex
  var table: ResourceTable
  let holdings: Holdings
  let exclusive: Exclusivity
  /// Whose guest somebody is whom no entry speaks of any longer.
  let partnerDomains: PartnerDomains
  let withheldAddresses: Set<EmailAddress>

  var drafts: [Draft] = []
  var adoptions: [Plan.Adoption] = []
  var findings: [PlanFinding] = []
  var withheld: [WithheldEntry] = []
  var upcoming: [UpcomingStep] = []
  /// Taken with the losses.
  var census: Census?
  /// How many owned guests are declared, or withheld.
  var ownedGuests = 0
  var unchanged = 0
  var unmanaged = 0
  /// Owned grants that are no longer declared, by guest.
  var losses: [EmailAddress: [Loss]] = [:]
  /// The keys of the losses.
  var losing = AddressSet()
  /// Owned guests that are no longer declared.
  var lostGuests: Set<EmailAddress> = []
  /// Accounts that some entry speaks of, so that nothing else may decide over them.
  var claimed: [Bool]

  init(_ input: PlanningInput) {
    self.input = input
    moment = input.moment
    ownership = Ownership(
      history: input.history,
      journal: input.journal,
      observed: input.observed,
      now: input.moment
    )
    index = AccountIndex(input.observed, declared: input.desired.guests)
    var table = ResourceTable(catalog: input.desired.catalog, observed: input.observed)
    holdings = Holdings(index, observed: input.observed, table: &table)
    self.table = table
    exclusive = Exclusivity(input.desired.catalog, at: input.moment)
    partnerDomains = PartnerDomains(input.desired.partners)
    withheldAddresses = Set(input.desired.withheld.map(\.address))
    withheld = input.desired.withheld
    claimed = [Bool](repeating: false, count: index.live.count)
  }

  var journal: JournalRecord? { input.journal }
  var lifecycle: Lifecycle { input.desired.lifecycle }

  /// Adds an action for a guest and returns its position among the drafts.
  @discardableResult
  mutating func act(
    _ operation: Action.Operation,
    for person: Person,
    because reason: Reason,
    _ provenance: Provenance?,
    after prerequisites: [Int] = [],
    wave: Wave? = nil,
    isSettled: Bool = false
  ) -> Int {
    let action = Action(
      guest: person.address,
      partner: person.partner,
      account: person.account,
      operation: operation,
      reason: reason,
      provenance: provenance,
      wave: wave,
      isSettled: isSettled
    )
    drafts.append(Draft(action: action, prerequisites: prerequisites))
    return drafts.count - 1
  }

  /// Says something about a guest that nothing acts on.
  mutating func note(
    _ kind: PlanFinding.Kind,
    _ person: Person,
    resource: Resource? = nil,
    _ detail: String
  ) {
    findings.append(
      PlanFinding(
        kind,
        guest: person.address,
        account: person.account,
        resource: resource,
        detail: detail
      )
    )
  }

  /// Leaves an entry exactly as it is.
  mutating func withhold(_ entry: GuestEntry, _ reason: String) {
    withheld.append(WithheldEntry(address: entry.address, reason: reason, places: [entry.place]))
  }
}
