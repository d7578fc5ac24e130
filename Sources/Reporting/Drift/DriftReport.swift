package import Access

/// The differences between a commit and a tenant, in both directions, with nothing done about them.
package struct DriftReport: Hashable, Sendable {
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

  /// In which direction tenant and commit differ.
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Declared, and not so in the tenant.
    case missing
    /// In the tenant because it was declared once, and declared no longer.
    case surplus
    /// In both, and not the same.
    case different
  }

  /// Whether anything differs of what is or was declared, or nothing could be compared; what nobody
  /// ever declared does not count, or a tenant with other owners too would never be clean.
  package var hasDifferences: Bool { !standing.isMet }

  var standing: PlanStanding { PlanStanding(plan: plan, isStopped: isStopped) }

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: DriftFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: DriftText(report: self, style: style).text
    case .json: DriftJSON(report: self).document.text
    }
  }

  /// The line that ends every report of drift, for `--quiet`.
  package var summaryLine: String {
    let counts = Direction.allCases.map { "\(actions($0).count) \($0.rawValue)" }
    return "Drift: \(counts.joined(separator: ", ")); \(losses.count) taken elsewhere; "
      + "\(plan.unchanged) unchanged; \(plan.unmanaged) unmanaged; commit \(plan.commit.short); "
      + Wording.count(plan.cost.requests, "request")
  }

  func actions(_ direction: Direction) -> [Action] {
    plan.actions.filter { $0.verb.drift == direction }
  }

  /// What another hand took or gave back, and what therefore waits for a commit.
  var losses: [PlanFinding] { plan.findings.filter(\.kind.isLoss) }
}

extension Action.Verb {
  /// The direction of the difference that the action would even out.
  fileprivate var drift: DriftReport.Direction {
    switch direction {
    case .gives: .missing
    case .takes: .surplus
    case .changes: .different
    }
  }
}
