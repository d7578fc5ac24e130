import Access
import Reporting

/// Plans as people meet them, each with what its text is recorded of.
enum Scenario: String, CaseIterable, Sendable {
  case firstPlan = "first-plan"
  case smallChange = "small-change"
  case removal
  case heldBack = "held-back"
  case skipped
  case adoption
  case tenPartners = "ten-partners"
  case nothingToDo = "nothing-to-do"

  func report() throws -> PlanReport {
    var world = ScenarioWorld()
    var plan = try Sample.basicPlan()
    switch self {
    case .firstPlan:
      plan.basis.hasJournal = false
      for (index, partner) in ["fabrikam", "litware", "northwind"].enumerated() {
        for person in 0..<(5 + index) {
          try world.invite("person\(person)", to: partner, extra: person == 4)
        }
      }
      plan.upcoming = try (0..<3).map { index in
        UpcomingStep(
          moment: Sample.moment(["2027-01-04", "2027-01-04", "2027-02-15"][index] + "T00:00:00Z"),
          guest: try Sample.address("later\(index)@fabrikam.example"),
          kind: .start
        )
      }
      plan.findings = try ScenarioWorld.unmanaged()
    case .smallChange:
      try world.invite("ida", to: "fabrikam", extra: true)
      try world.grant("ana", of: "fabrikam", Sample.reader)
      try world.remove("oskar", of: "fabrikam")
      plan.findings = try ScenarioWorld.unmanaged()
    case .removal:
      for person in ["oskar", "ana"] { try world.remove(person, of: "fabrikam") }
      try world.remove("max", of: "litware", because: .expired(at: Sample.now, .guest))
      plan.upcoming = try ["oskar", "ana"].map {
        UpcomingStep(
          moment: Sample.now + .days(30),
          guest: try Sample.address("\($0)@fabrikam.example"),
          kind: .delete
        )
      }
    case .heldBack:
      for person in 0..<30 { try world.remove("person\(person)", of: "fabrikam") }
      try world.invite("noor", to: "litware")
      let held = world.actions.indices.filter { world.actions[$0].verb != .invite }
        .filter { world.actions[$0].verb != .grant }
      plan.guards = [
        GuardVerdict(
          .removals,
          heldBack: held,
          count: 30,
          numbers: "30 guests would lose access; the limit is 10",
          hint: "`--accept removals:0123456789abcdef` accepts exactly these changes",
          digest: "0123456789abcdef"
        )
      ]
    case .skipped:
      try world.invite("ida", to: "fabrikam")
      plan.withheld = try (0..<40).map { index in
        WithheldEntry(
          address: try Sample.address("person\(index)@litware.example"),
          reason: index < 37
            ? "`litware` does not allow `wiki:Editor`" : "declared twice (\(index))",
          places: [Sample.place("partners/litware/litware.yaml", 10 + index)]
        )
      }
    case .adoption:
      try world.adopt("ana", of: "fabrikam")
      try world.adopt("ida", of: "fabrikam")
      try world.grant("ida", of: "fabrikam", Sample.reader)
      try world.invite("oskar", to: "fabrikam")
    case .tenPartners:
      for partner in 0..<10 {
        for person in 0..<8 {
          try world.invite("person\(person)", to: "partner\(partner)", extra: person > 5)
        }
      }
    case .nothingToDo: break
    }
    plan.actions = world.actions
    plan.adoptions = world.adoptions
    return PlanReport(
      plan: plan,
      declared: try world.declared(),
      origin: Sample.origin,
      ref: "main",
      next: .save
    )
  }
}

/// The people of a scenario, and what is done for them.
private struct ScenarioWorld {
  var actions: [Action] = []
  var adoptions: [Adoption] = []
  private var guests: [GuestEntry] = []

  mutating func invite(_ name: String, to partner: String, extra: Bool = false) throws {
    let entry = try declare(name, partner, until: extra ? "2027-06-01" : "2027-04-01")
    let settings = InvitationSettings(language: "sv-SE")
    act(
      entry,
      .invite(address: entry.spelled, name: entry.name, settings, sponsors: [Sample.user])
    )
    let invitation = actions.count - 1
    for resource in [Sample.submitter, .group(Sample.suppliers)] + (extra ? [Sample.reader] : []) {
      act(entry, .grant(resource, .role(Sample.principal, Sample.role)), after: [invitation])
    }
  }

  mutating func grant(_ name: String, of partner: String, _ resource: Resource) throws {
    let entry = try guests.first { $0.spelled.hasPrefix("\(name)@") } ?? declare(name, partner)
    act(entry, .grant(resource, .role(Sample.principal, Sample.role)))
  }

  mutating func adopt(_ name: String, of partner: String) throws {
    let entry = try declare(name, partner)
    adoptions.append(
      Adoption(guest: entry.address, partner: entry.partner, account: Sample.user)
    )
  }

  mutating func remove(
    _ name: String,
    of partner: String,
    because reason: Reason = .undeclared
  )
    throws
  {
    let address = try Sample.address("\(name)@\(partner).example")
    for operation: Action.Operation in [
      .block, .revoke(Sample.submitter, .assignment(Sample.principal, id: "a")),
      .revoke(.group(Sample.suppliers), .membership(Sample.suppliers)),
    ] {
      actions.append(
        Action(
          guest: address,
          partner: PartnerName(partner),
          account: Sample.user,
          operation: operation,
          reason: reason,
          provenance: Sample.provenance
        )
      )
    }
  }

  func declared() throws -> DesiredState {
    var declared = try Sample.declared()
    declared.guests = guests.sorted { $0.address < $1.address }
    for name in Set(guests.map(\.partner)) where declared.partners[name] == nil {
      declared.partners[name] = Partner(
        name: name,
        title: name.text.prefix(1).uppercased() + name.text.dropFirst() + " Facility Services",
        place: Sample.place("\(name).yaml", 2)
      )
    }
    return declared
  }

  static func unmanaged() throws -> [PlanFinding] {
    try (0..<7).map {
      PlanFinding(
        .unmanagedGuest,
        guest: try Sample.address("guest\($0)@x.example"),
        detail: "not declared"
      )
    } + [
      PlanFinding(
        .unmanagedGrant,
        guest: try Sample.address("guest1@x.example"),
        resource: Sample.reader,
        detail: "not declared"
      )
    ]
  }

  private mutating func declare(
    _ name: String,
    _ partner: String,
    until end: String = "2027-04-01"
  ) throws -> GuestEntry {
    var entry = try Sample.guest(
      "\(name)@\(partner).example",
      name.prefix(1).uppercased() + name.dropFirst() + " Example",
      PartnerName(partner)
    )
    entry.grants = []
    entry.ends = [Ending(rule: .at(Sample.moment("\(end)T00:00:00Z")), origin: .guest)]
    guests.append(entry)
    return entry
  }

  private mutating func act(
    _ entry: GuestEntry,
    _ operation: Action.Operation,
    after: [Int] = []
  ) {
    var provenance = Sample.provenance
    provenance?.place = Sample.place("partners/\(entry.partner).yaml", actions.count)
    actions.append(
      Action(
        guest: entry.address,
        partner: entry.partner,
        operation: operation,
        reason: .declared,
        provenance: provenance,
        prerequisites: after
      )
    )
  }
}
