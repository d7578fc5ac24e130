package import Access

/// A plan with everything that a report of it needs to speak people's language.
package struct PlanReport: Hashable, Sendable {
  package var plan: Plan
  package var declared: DesiredState
  package var origin: ReportOrigin
  /// True where faults of the catalog stopped everything; the plan is empty then.
  package var isStopped: Bool

  package init(
    plan: Plan,
    declared: DesiredState,
    origin: ReportOrigin,
    isStopped: Bool = false
  ) {
    self.plan = plan
    self.declared = declared
    self.origin = origin
    self.isStopped = isStopped
  }

  /// Returns the plan in a format; colour means something to `text` alone.
  package func rendered(as format: PlanFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: PlanText(report: self, style: style).text
    case .json: PlanJSON(report: self).document.text
    case .markdown: PlanMarkdown(report: self).text
    }
  }

  /// The line that ends every plan, for `--quiet`.
  package var summaryLine: String { PlanSummary(plan: plan).line }

  var standing: PlanStanding { PlanStanding(plan: plan, isStopped: isStopped) }

  var links: ReportLinks { declared.links }

  var glossary: Glossary { Glossary(declared) }

  /// For each action that is held back, the guards that do it: its own, and those of the actions
  /// that it has to wait for.
  var guardsByAction: [Int: [String]] {
    var guards: [Int: [String]] = [:]
    for verdict in plan.guards where !verdict.isAccepted {
      for index in verdict.heldBack { guards[index, default: []].append(verdict.name.rawValue) }
    }
    guard !guards.isEmpty else { return [:] }
    // What must come first stands before in the plan, so one pass reaches everything.
    for (index, action) in plan.actions.enumerated() {
      for prerequisite in action.prerequisites {
        for name in guards[prerequisite] ?? [] where guards[index]?.contains(name) != true {
          guards[index, default: []].append(name)
        }
      }
    }
    return guards
  }
}
