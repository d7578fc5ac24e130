internal import Access

/// The result of an apply as a JSON document of our own shape.
struct ApplyJSON {
  let report: ApplyReport

  var document: JSONValue {
    let glossary = Glossary(report.declared)
    let counts = ApplyCounts(report)
    let plan = report.plan
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "apply",
      "tool": ["name": "guestlist", "version": .string(report.origin.version)],
      "runBy": .optional(report.origin.runner),
      "tenant": [
        "id": .string(plan.tenant.description), "name": .string(report.declared.tenant.name),
      ],
      "commit": .string(plan.commit.hex),
      "digest": .string(plan.digest),
      "summary": [
        "changed": .object(
          Action.Verb.allCases.map { .init($0.rawValue, .integer(counts.changed[$0] ?? 0)) }
        ),
        "alreadySo": .integer(counts.alreadySo),
        "failed": .integer(counts.failed),
        "heldBack": .integer(counts.heldBack),
        "notAttempted": .integer(counts.notAttempted),
      ],
      "items": .array(
        zip(plan.actions, report.outcomes).map { action, outcome in
          .object(action.json(glossary, origin: report.origin) + [.init("outcome", outcome.json)])
        }
      ),
    ]
  }
}

extension ActionOutcome {
  fileprivate var json: JSONValue {
    switch self {
    case .done: ["kind": "done"]
    case .alreadySo: ["kind": "alreadySo"]
    case .failed(let error):
      [
        "kind": "failed", "error": .string(error.kind.rawValue),
        "operation": .string(error.operation), "status": .optional(error.status),
        "code": .optional(error.code), "message": .string(error.message),
        "requestId": .optional(error.requestID), "hint": .string(error.kind.hint),
        "worthRepeating": .bool(error.kind.isWorthRepeating),
      ]
    case .skipped(let skip): skip.json
    case .interrupted: ["kind": "interrupted"]
    }
  }
}

extension ActionOutcome.Skip {
  fileprivate var json: JSONValue {
    switch self {
    case .heldBack(let guards):
      ["kind": "heldBack", "guards": .array(guards.map { .string($0.rawValue) })]
    case .prerequisite(let index): ["kind": "prerequisite", "index": .integer(index)]
    case .withheld: ["kind": "withheld"]
    case .noAccount: ["kind": "noAccount"]
    case .mailUnresolved(let moment):
      ["kind": "mailUnresolved", "until": .string(moment.description)]
    case .mailedAlready(let moment):
      ["kind": "mailedAlready", "at": .string(moment.description)]
    case .stopped: ["kind": "stopped"]
    case .malformed: ["kind": "malformed"]
    }
  }
}
