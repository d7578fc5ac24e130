internal import Access

/// A plan as a JSON document of our own shape.
struct PlanJSON {
  let report: PlanReport
  private let glossary: Glossary

  init(report: PlanReport) {
    self.report = report
    glossary = report.glossary
  }

  private var plan: Plan { report.plan }

  var document: JSONValue {
    let guards = report.guardsByAction
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "plan",
      "tool": ["name": "guestlist", "version": .string(report.origin.version)],
      "runBy": .optional(report.origin.runner),
      "tenant": [
        "id": .string(plan.tenant.description), "name": .string(report.declared.tenant.name),
      ],
      "commit": .string(plan.commit.hex),
      "tree": .optional(plan.tree),
      "policyDigest": .optional(plan.policyDigest),
      "moment": .string(plan.moment.description),
      "digest": .string(plan.digest),
      "isPartial": .bool(plan.isPartial),
      "basis": [
        "commits": .integer(plan.basis.commits),
        "isShallow": .bool(plan.basis.isShallow),
        "hasJournal": .bool(plan.basis.hasJournal),
      ],
      "summary": summary,
      "actions": .array(
        plan.actions.enumerated().map { value(of: $1, at: $0, heldBackBy: guards[$0] ?? []) }
      ),
      "withheld": .array(plan.withheld.map(value)),
      "findings": .array(plan.findings.map { $0.json(glossary) }),
      "guards": .array(plan.guards.map(value)),
      "upcoming": .array(plan.upcoming.map(value)),
      "cost": plan.cost.json,
    ]
  }

  private var summary: JSONValue {
    var members = Action.Verb.allCases.map { verb in
      JSONValue.Member(verb.rawValue, .integer(plan.actions.count { $0.verb == verb }))
    }
    members.append(.init("unchanged", .integer(plan.unchanged)))
    members.append(.init("unmanaged", .integer(plan.unmanaged)))
    members.append(.init("withheld", .integer(plan.withheld.count)))
    members.append(.init("heldBack", .integer(plan.heldBack.count)))
    return .object(members)
  }

  private func value(of action: Action, at index: Int, heldBackBy guards: [String]) -> JSONValue {
    var members = action.json(glossary, origin: report.origin)
    members.insert(.init("index", .integer(index)), at: 0)
    members.append(.init("prerequisites", .array(action.prerequisites.map { .integer($0) })))
    members.append(.init("heldBackBy", .array(guards.map { .string($0) })))
    return .object(members)
  }

  private func value(of entry: WithheldEntry) -> JSONValue {
    [
      "address": .string(entry.address.normalised),
      "reason": .string(entry.reason),
      "places": .array(entry.places.map { .place($0, origin: report.origin) }),
    ]
  }

  private func value(of verdict: GuardVerdict) -> JSONValue {
    [
      "guard": .string(verdict.name.rawValue),
      "heldBack": .array(verdict.heldBack.map { .integer($0) }),
      "count": .integer(verdict.count),
      "numbers": .string(verdict.numbers),
      "digest": .optional(verdict.digest),
      "canBeAccepted": .bool(verdict.name.canBeAccepted),
      "isAccepted": .bool(verdict.isAccepted),
      "remedy": .string(verdict.remedy),
    ]
  }

  private func value(of step: UpcomingStep) -> JSONValue {
    [
      "moment": .string(step.moment.description),
      "guest": .string(step.guest.normalised),
      "partner": .described(step.partner),
      "kind": .string(step.kind.rawValue),
    ]
  }
}
