package import Access
package import Reconciliation

/// The forms in which the differences of two plans are written.
package enum StalePlanFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

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
    var page = TerminalPage(style)
    let title = "The saved plan is not the one that would be made now. Nothing was written."
    page.add(.init(title, .error))
    if saved.commit != plan.commit {
      page.add(
        "  It was made for commit \(saved.commit.short); the ref is at \(plan.commit.short)."
      )
    }
    let glossary = Glossary(declared)
    for difference in differences {
      let resource = difference.resource.map { " " + glossary.name(of: $0) } ?? ""
      let word = ChangeKind(difference.verb).word
      page.add("  \(word) \(difference.guest)\(resource): \(difference.kind.words)", hanging: 4)
    }
    if saved.commit == plan.commit, differences.isEmpty {
      page.add("  The same actions would run in another order.")
    }
    page.add("Make a new plan and have it reviewed again.")
    return page.text
  }

  private var document: JSONValue {
    let glossary = Glossary(declared)
    let head = origin.members(
      kind: "stalePlan",
      tenant: plan.tenant,
      named: declared.tenant.name,
      commit: plan.commit
    )
    let differences = differences.map { difference -> JSONValue in
      [
        "mail": .string(difference.guest.normalised),
        "action": .string(difference.verb.rawValue),
        "resource": .optional(difference.resource.map { glossary.name(of: $0) }),
        "difference": .string(difference.kind.rawValue),
      ]
    }
    return .object(
      head + [
        .init("digest", .string(plan.digest)),
        .init("savedCommit", .string(saved.commit.hex)),
        .init("savedDigest", .string(saved.digest)),
        .init("differences", .array(differences)),
      ]
    )
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
