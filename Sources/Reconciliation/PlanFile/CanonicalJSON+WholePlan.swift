internal import Access

extension CanonicalJSON {
  /// Everything that a plan holds.
  init(_ plan: Plan) {
    self = .object([
      "tenant": .string(plan.tenant.description),
      "commit": .string(plan.commit.hex),
      "moment": .moment(plan.moment),
      "tree": .optional(plan.tree),
      "policyDigest": .optional(plan.policyDigest),
      "toolVersion": .string(plan.toolVersion),
      "actions": .array(plan.actions.map { CanonicalJSON($0, withMoments: true) }),
      "withheld": .array(plan.withheld.map { CanonicalJSON($0) }),
      "findings": .array(plan.findings.map { CanonicalJSON($0) }),
      "guards": .array(plan.guards.map { CanonicalJSON($0) }),
      "unchanged": .integer(Int64(plan.unchanged)),
      "unmanaged": .integer(Int64(plan.unmanaged)),
      "snapshots": .array(plan.snapshots.map { CanonicalJSON($0) }),
      "adoptions": .array(plan.adoptions.map { CanonicalJSON($0) }),
      "upcoming": .array(plan.upcoming.map { CanonicalJSON($0) }),
      "basis": .object([
        "commits": .integer(Int64(plan.basis.commits)),
        "shallow": .bool(plan.basis.isShallow),
        "journal": .bool(plan.basis.hasJournal),
        "leftFirstParents": .bool(plan.basis.leftFirstParents),
      ]),
      "partial": .bool(plan.isPartial),
      "cost": CanonicalJSON(plan.cost),
      "digest": .string(plan.digest),
    ])
  }

  private init(_ entry: WithheldEntry) {
    self = .object([
      "address": .string(entry.address.normalised),
      "reason": .string(entry.reason),
      "places": .array(entry.places.map { CanonicalJSON($0) }),
    ])
  }

  private init(_ finding: PlanFinding) {
    self = .object([
      "kind": .string(finding.kind.rawValue),
      "guest": .optional(finding.guest?.normalised),
      "account": .optional(finding.account?.description),
      "resource": finding.resource.map { CanonicalJSON($0) } ?? .null,
      "detail": .string(finding.detail),
    ])
  }

  private init(_ verdict: GuardVerdict) {
    self = .object([
      "name": .string(verdict.name.rawValue),
      "heldBack": .array(verdict.heldBack.map { .integer(Int64($0)) }),
      "count": .integer(Int64(verdict.count)),
      "numbers": .string(verdict.numbers),
      "hint": .string(verdict.hint),
      "digest": .optional(verdict.digest),
      "accepted": .bool(verdict.isAccepted),
      "declined": .bool(verdict.isDeclined),
    ])
  }

  private init(_ adoption: Adoption) {
    self = .object([
      "guest": .string(adoption.guest.normalised),
      "partner": .optional(adoption.partner?.text),
      "account": .string(adoption.account.description),
    ])
  }

  private init(_ step: UpcomingStep) {
    self = .object([
      "moment": .moment(step.moment),
      "guest": .string(step.guest.normalised),
      "partner": .optional(step.partner?.text),
      "account": .optional(step.account?.description),
      "kind": .string(step.kind.rawValue),
    ])
  }

  private init(_ cost: ReadCost) {
    self = .object([
      "requests": .integer(Int64(cost.requests)),
      "roundTrips": .integer(Int64(cost.roundTrips)),
      "resourceUnits": .integer(Int64(cost.resourceUnits)),
      "extras": .array(
        cost.extras.map {
          .object(["purpose": .string($0.purpose), "requests": .integer(Int64($0.requests))])
        }
      ),
    ])
  }
}
