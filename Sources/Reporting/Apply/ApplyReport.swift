package import Access

/// What a run did of a plan, item by item.
package struct ApplyReport: Hashable, Sendable {
  package var plan: Plan
  /// In the order of the plan's actions, one for each.
  package var outcomes: [ActionOutcome]
  package var declared: DesiredState
  package var origin: ReportOrigin

  package init(
    plan: Plan,
    outcomes: [ActionOutcome],
    declared: DesiredState,
    origin: ReportOrigin
  ) {
    self.plan = plan
    self.outcomes = outcomes
    self.declared = declared
    self.origin = origin
  }

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: ApplyFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: ApplyText(report: self, style: style).text
    case .json: ApplyJSON(report: self).document.text
    }
  }

  /// The line that ends every report of an apply, for `--quiet`.
  package var summaryLine: String {
    let counts = ApplyCounts(self)
    return
      "Apply: \(counts.words); digest \(TerminalText.escape(plan.digest)); commit \(plan.commit.short)"
  }
}
