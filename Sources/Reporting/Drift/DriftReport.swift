package import Access

/// The forms in which drift is written.
package enum DriftFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

/// The differences between a commit and a tenant, in both directions, with nothing done about them.
package struct DriftReport: Hashable, Sendable {
  package var plan: Plan
  package var declared: DesiredState
  package var origin: ReportOrigin
  /// The ref that was compared, where it has a name.
  package var ref: String?

  package init(
    plan: Plan,
    declared: DesiredState,
    origin: ReportOrigin,
    ref: String? = nil
  ) {
    self.plan = plan
    self.declared = declared
    self.origin = origin
    self.ref = ref
  }

  /// In which direction tenant and commit differ.
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Declared, and not in the tenant.
    case missing
    /// In the tenant, and no longer declared.
    case surplus
    /// In both, and not the same.
    case different

    fileprivate init(_ direction: ChangeKind.Direction) {
      self =
        switch direction {
        case .gives: .missing
        case .takes: .surplus
        case .changes: .different
        }
    }
  }

  /// Whether anything that is or was declared differs.
  package var hasDifferences: Bool { !plan.tenantMatches }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: DriftFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  func actions(_ direction: Direction) -> [Action] {
    plan.actions.filter { Direction(ChangeKind($0.verb).direction) == direction }
  }

  /// What somebody has to decide before the tenant matches the commit.
  var outstanding: [PlanFinding] { plan.findings.filter(\.kind.isOutstanding) }

  private func text(_ style: TerminalStyle) -> String {
    let glossary = Glossary(declared)
    var page = TerminalPage(style)
    page.add(
      .init(declared.tenant.name, .bold),
      " · \(ref.map { "\($0) @ " } ?? "")\(plan.commit.short)"
    )
    // What a guard would hold back differs all the same.
    var judged = plan
    judged.guards = []
    let outline = PlanOutline(judged, glossary)
    let changes = ChangeText(glossary: glossary, isComplete: true)
    if !outline.removals.isEmpty {
      page.separate()
      page.add(.init("In the tenant, and no longer declared", .bold))
      changes.add(outline.removals, to: &page)
    }
    if !outline.partners.isEmpty {
      page.separate()
      page.add(.init("Declared, and missing or different in the tenant", .bold))
    }
    for partner in outline.partners {
      page.separate()
      changes.add(partner, to: &page)
    }
    let groups = Dictionary(grouping: plan.findings, by: \.kind)
    for kind in PlanFinding.Kind.allCases {
      guard let findings = groups[kind] else { continue }
      page.separate()
      page.add(
        [.init(kind.title, kind.isWarning ? .warning : .note)],
        trailing: [.init("\(findings.count)")]
      )
      page.add(findings, limit: .max, glossary)
    }
    if !plan.withheld.isEmpty {
      page.separate()
      page.add(.init("Skipped (nothing new is given)", .warning))
      for entry in plan.withheld { page.add("  \(entry.address): \(entry.reason)", hanging: 4) }
    }
    page.separate()
    page.add(.init(summary, .bold), hanging: 2)
    return page.text
  }

  /// The line that ends every report of drift.
  package var summary: String {
    if !hasDifferences { return "No drift: the tenant matches \(plan.commit.short)." }
    let counts =
      Direction.allCases.map { ("\($0.rawValue)", actions($0).count) }
      + [
        ("not adopted", plan.adoptions.count), ("to be settled by hand", outstanding.count),
        ("skipped", plan.withheld.count), ("held back", plan.heldBack.count),
      ]
    let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return words.isEmpty
      ? "Drift: a guard was tripped." : "Drift: \(words.joined(separator: ", "))."
  }

  /// Drift as JSON.
  var document: JSONValue {
    let glossary = Glossary(declared)
    let head = origin.members(
      kind: "drift",
      tenant: plan.tenant,
      named: declared.tenant.name,
      commit: plan.commit
    )
    var summary = Direction.allCases.map {
      JSONValue.Member($0.rawValue, .integer(actions($0).count))
    }
    summary.append(.init("adopt", .integer(plan.adoptions.count)))
    summary.append(.init("toSettle", .integer(outstanding.count)))
    summary.append(.init("unchanged", .integer(plan.unchanged)))
    summary.append(.init("notManaged", .integer(plan.unmanaged)))
    return .object(
      head + [
        .init("ref", .optional(ref)),
        .init("plannedAt", .string(plan.moment.description)),
        .init("hasDifferences", .bool(hasDifferences)),
        .init("summary", .object(summary)),
        .init(
          "differences",
          .array(
            Direction.allCases.flatMap { direction in
              actions(direction).map { action in
                .object(
                  [.init("direction", .string(direction.rawValue))]
                    + action.json(glossary, origin: origin)
                )
              }
            }
          )
        ),
        .init("findings", .array(plan.findings.map { $0.json(glossary) })),
        .init("skipped", .array(plan.withheld.map { $0.json(origin) })),
        .init("cost", plan.cost.json),
      ]
    )
  }
}
