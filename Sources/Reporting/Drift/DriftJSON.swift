internal import Access

/// Drift as a JSON document of our own shape.
struct DriftJSON {
  let report: DriftReport

  var document: JSONValue {
    let glossary = Glossary(report.declared)
    let plan = report.plan
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "drift",
      "tool": ["name": "guestlist", "version": .string(report.origin.version)],
      "runBy": .optional(report.origin.runner),
      "tenant": [
        "id": .string(plan.tenant.description), "name": .string(report.declared.tenant.name),
      ],
      "commit": .string(plan.commit.hex),
      "moment": .string(plan.moment.description),
      "hasDifferences": .bool(report.hasDifferences),
      "summary": summary,
      "differences": .array(
        DriftReport.Direction.allCases.flatMap { direction in
          report.actions(direction).map { action in
            .object(
              [.init("direction", .string(direction.rawValue))]
                + action.json(glossary, origin: report.origin)
            )
          }
        }
      ),
      "findings": .array(plan.findings.map { $0.json(glossary) }),
      "withheld": .array(
        plan.withheld.map {
          ["address": .string($0.address.normalised), "reason": .string($0.reason)]
        }
      ),
      "cost": plan.cost.json,
    ]
  }

  private var summary: JSONValue {
    var members = DriftReport.Direction.allCases.map {
      JSONValue.Member($0.rawValue, .integer(report.actions($0).count))
    }
    members.append(.init("takenElsewhere", .integer(report.losses.count)))
    members.append(.init("unchanged", .integer(report.plan.unchanged)))
    members.append(.init("unmanaged", .integer(report.plan.unmanaged)))
    return .object(members)
  }
}
