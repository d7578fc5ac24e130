internal import Access

/// A plan as JSON; names are Graph's where Graph has one.
struct PlanJSON {
  let report: PlanReport
  private let glossary: Glossary

  init(report: PlanReport) {
    self.report = report
    glossary = Glossary(report.declared)
  }

  private var plan: Plan { report.plan }

  var document: JSONValue {
    let guards = plan.guardsByAction
    let head = report.origin.members(
      kind: "plan",
      tenant: plan.tenant,
      named: report.declared.tenant.name,
      commit: plan.commit
    )
    return .object(
      head + [
        .init("ref", .optional(report.ref)),
        .init("tree", .optional(plan.tree)),
        .init("policyDigest", .optional(plan.policyDigest)),
        .init("plannedAt", .string(plan.moment.description)),
        .init("digest", .string(plan.digest)),
        .init("matches", .bool(report.plan.tenantMatches)),
        .init("isPartial", .bool(plan.isPartial)),
        .init(
          "history",
          [
            "commits": .integer(plan.basis.commits),
            "isShallow": .bool(plan.basis.isShallow),
            "hasJournal": .bool(plan.basis.hasJournal),
          ]
        ),
        .init("summary", summary),
        .init(
          "actions",
          .array(
            plan.actions.enumerated().map { value(of: $1, at: $0, heldBackBy: guards[$0] ?? []) }
          )
        ),
        .init("adoptions", .array(plan.adoptions.map(value))),
        .init("skipped", .array(plan.withheld.map { $0.json(report.origin) })),
        .init("findings", .array(plan.findings.map { $0.json(glossary) })),
        .init("guards", .array(plan.guards.map(value))),
        .init("upcoming", .array(plan.upcoming.map(value))),
        .init("cost", plan.cost.json),
      ]
    )
  }

  private var summary: JSONValue {
    var members = Action.Verb.allCases.map { verb in
      JSONValue.Member(verb.rawValue, .integer(plan.actions.count { $0.verb == verb }))
    }
    members.append(.init("adopt", .integer(plan.adoptions.count)))
    members.append(.init("unchanged", .integer(plan.unchanged)))
    members.append(.init("notManaged", .integer(plan.unmanaged)))
    members.append(.init("skipped", .integer(plan.withheld.count)))
    members.append(.init("heldBack", .integer(plan.heldBack.count)))
    return .object(members)
  }

  private func value(
    of action: Action,
    at index: Int,
    heldBackBy guards: [GuardVerdict.Guard]
  ) -> JSONValue {
    .object(
      [.init("index", .integer(index))] + action.json(glossary, origin: report.origin) + [
        .init("after", .array(action.prerequisites.map { .integer($0) })),
        .init("heldBackBy", .array(guards.map { .string($0.rawValue) })),
      ]
    )
  }

  private func value(of adoption: Adoption) -> JSONValue {
    [
      "mail": .string(adoption.guest.normalised),
      "displayName": .optional(glossary.guest(adoption.guest)?.name),
      "partner": .described(adoption.partner),
      "userId": .string(adoption.account.description),
      "place": glossary.guest(adoption.guest)
        .map { .place($0.place, origin: report.origin) } ?? .null,
    ]
  }

  private func value(of verdict: GuardVerdict) -> JSONValue {
    [
      "guard": .string(verdict.name.rawValue),
      "actions": .array(verdict.heldBack.map { .integer($0) }),
      "count": .integer(verdict.count),
      "message": .string(verdict.numbers),
      "digest": .optional(verdict.digest),
      "canBeAccepted": .bool(verdict.name.canBeAccepted),
      "isAccepted": .bool(verdict.isAccepted),
      "isDeclined": .bool(verdict.isDeclined),
      "hint": .string(verdict.hint),
    ]
  }

  private func value(of step: UpcomingStep) -> JSONValue {
    [
      "at": .string(step.moment.description),
      "mail": .string(step.guest.normalised),
      "partner": .described(step.partner),
      "kind": .string(step.kind.rawValue),
    ]
  }
}

extension WithheldEntry {
  /// Whose entry is skipped, why, and where it is.
  func json(_ origin: ReportOrigin) -> JSONValue {
    [
      "mail": .string(address.normalised),
      "reason": .string(reason),
      "places": .array(places.map { .place($0, origin: origin) }),
    ]
  }
}

extension ReadCost {
  /// What the reading cost.
  var json: JSONValue {
    [
      "requests": .integer(requests),
      "roundTrips": .integer(roundTrips),
      "resourceUnits": .integer(resourceUnits),
      "extras": .array(
        extras.map { ["purpose": .string($0.purpose), "requests": .integer($0.requests)] }
      ),
    ]
  }
}
