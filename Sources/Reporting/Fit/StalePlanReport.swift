package import Access
package import Reconciliation

/// How a plan that was saved differs from the one that would be made now, in words.
package struct StalePlanReport: Hashable, Sendable {
  package var saved: PlanPromise
  /// The plan that was made now, with the options of the saved one.
  package var plan: Plan
  package var declared: DesiredState
  package var origin: ReportOrigin

  package init(saved: PlanPromise, plan: Plan, declared: DesiredState, origin: ReportOrigin) {
    self.saved = saved
    self.plan = plan
    self.declared = declared
    self.origin = origin
  }

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: StalePlanFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  private var differences: [PlanFreshness.Difference] {
    PlanFreshness(saved, now: plan).differences
  }

  private func text(_ style: TerminalStyle) -> String {
    let title = "The saved plan is not the one that would be made now. Nothing was written."
    var output = style.apply(.error, title) + "\n"
    if saved.commit != plan.commit {
      output +=
        "  It was made for commit \(saved.commit.short); the ref is at \(plan.commit.short).\n"
    }
    let glossary = Glossary(declared)
    for difference in differences {
      let resource = difference.resource.map { " " + glossary.name(of: $0) } ?? ""
      let action = "\(difference.verb.word) \(difference.guest)\(resource)"
      output += "  \(TerminalText.escape(action)): \(difference.kind.words)\n"
    }
    if saved.commit == plan.commit, differences.isEmpty {
      output += "  The same actions would come in another order.\n"
    }
    return output + "Make a new plan, and have it read again.\n"
  }

  private var document: JSONValue {
    let glossary = Glossary(declared)
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "stalePlan",
      "tool": ["name": "guestlist", "version": .string(origin.version)],
      "runBy": .optional(origin.runner),
      "tenant": [
        "id": .string(plan.tenant.description), "name": .string(declared.tenant.name),
      ],
      "savedCommit": .string(saved.commit.hex),
      "savedDigest": .string(saved.digest),
      "commit": .string(plan.commit.hex),
      "digest": .string(plan.digest),
      "differences": .array(
        differences.map {
          [
            "guest": .string($0.guest.normalised),
            "action": .string($0.verb.rawValue),
            "resource": .optional($0.resource.map { glossary.name(of: $0) }),
            "difference": .string($0.kind.rawValue),
          ]
        }
      ),
    ]
  }
}

extension PlanFreshness.Kind {
  fileprivate var words: String {
    switch self {
    case .dropped: "would not be done any more"
    case .added: "would be done now"
    case .changed: "what it rests on has changed"
    }
  }
}
