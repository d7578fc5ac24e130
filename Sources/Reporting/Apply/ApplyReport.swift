package import Access

/// The forms in which the result of an apply is written.
package enum ApplyFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

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

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: ApplyFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  private var items: [(action: Action, outcome: ActionOutcome)] {
    zip(plan.actions, outcomes).map { ($0, $1) }
  }

  /// What failed and what to do, what was not started, then one line of numbers.
  ///
  /// The same failure of many actions is told once, with the first three.
  private func text(_ style: TerminalStyle) -> String {
    let glossary = Glossary(declared)
    var page = TerminalPage(style)
    var failures: [(error: TenantError, items: [String])] = []
    var skips: [(words: String, items: [String])] = []
    var positions: [TenantError: Int] = [:]
    var skipPositions: [String: Int] = [:]
    for (action, outcome) in items {
      let name = "\(action.guest): \(action.title(glossary))"
      if case .failed(var error) = outcome {
        // The request of the first is enough.
        let whole = error
        error.requestID = nil
        let position = positions[error] ?? failures.count
        if position == failures.count { failures.append((whole, [])) }
        positions[error] = position
        failures[position].items.append(name)
      } else if let words = outcome.whyNotStarted(plan, glossary) {
        let position = skipPositions[words] ?? skips.count
        if position == skips.count { skips.append((words, [])) }
        skipPositions[words] = position
        skips[position].items.append(name)
      }
    }
    for (error, items) in failures {
      page.add(.init("Failed: ", .error), .init(Self.some(of: items)), hanging: 2)
      let said = [error.status.map { String($0) }, error.code].compactMap { $0 }
      let code = said.isEmpty ? "" : said.joined(separator: " ") + ": "
      page.add("  \(code)\(error.message)", hanging: 4)
      let id = error.requestID.map { "; request id \($0)" } ?? ""
      page.add("  while \(error.operation)\(id)", hanging: 4)
      let again = error.kind.isWorthRepeating ? "" : "; trying again does not help"
      page.add("  hint: \(error.kind.hint)\(again)", hanging: 4)
    }
    for (words, items) in skips {
      page.add(.init("Not started: ", .warning), .init(Self.some(of: items)), hanging: 2)
      page.add("  \(words)", hanging: 4)
    }
    page.add(.init(summary, .bold), hanging: 2)
    return page.text
  }

  private static func some(of items: [String]) -> String {
    let more = items.count > 3 ? " and \(items.count - 3) more" : ""
    return items.prefix(3).joined(separator: "; ") + more
  }

  /// The line that ends every report of an apply.
  ///
  /// For example `Applied: 3 invited, 5 granted; 2 failed.`
  package var summary: String {
    let counts = counts
    let parts = [
      counts.alreadyDone > 0 ? "\(counts.alreadyDone) already done" : nil,
      counts.failed > 0 ? "\(counts.failed) failed" : nil,
      counts.heldBack > 0 ? "\(counts.heldBack) held back" : nil,
      counts.notStarted > 0 ? "\(counts.notStarted) not started" : nil,
    ].compactMap { $0 }
    let changed = counts.changed.isEmpty ? "nothing" : counts.changed.results
    return "Applied: " + ([changed] + parts).joined(separator: "; ") + "."
  }

  /// How many actions ended in which way.
  var counts: Counts {
    var counts = Counts()
    for (action, outcome) in items {
      switch outcome {
      case .done: counts.changed.add(ChangeKind(action.verb))
      case .alreadyDone: counts.alreadyDone += 1
      case .failed: counts.failed += 1
      case .skipped(.heldBack): counts.heldBack += 1
      case .skipped, .interrupted: counts.notStarted += 1
      }
    }
    return counts
  }

  struct Counts {
    var changed = ChangeCounts()
    var alreadyDone = 0
    var failed = 0
    var heldBack = 0
    var notStarted = 0
  }

  /// The result as JSON.
  var document: JSONValue {
    let glossary = Glossary(declared)
    let counts = counts
    var verbs: [Action.Verb: Int] = [:]
    for (action, outcome) in items where outcome == .done { verbs[action.verb, default: 0] += 1 }
    let head = origin.members(
      kind: "apply",
      tenant: plan.tenant,
      named: declared.tenant.name,
      commit: plan.commit
    )
    return .object(
      head + [
        .init("digest", .string(plan.digest)),
        .init(
          "summary",
          [
            "changed": .object(
              Action.Verb.allCases.map { .init($0.rawValue, .integer(verbs[$0] ?? 0)) }
            ),
            "alreadyDone": .integer(counts.alreadyDone),
            "failed": .integer(counts.failed),
            "heldBack": .integer(counts.heldBack),
            "notStarted": .integer(counts.notStarted),
          ]
        ),
        .init(
          "actions",
          .array(
            items.map { action, outcome in
              .object(action.json(glossary, origin: origin) + [.init("outcome", outcome.json)])
            }
          )
        ),
      ]
    )
  }
}

extension Action {
  /// What the action is called in a sentence: `grant expenses:Submitter`, `invite`.
  fileprivate func title(_ glossary: Glossary) -> String {
    let word = ChangeKind(verb).word
    return switch operation {
    case .grant(let resource, _), .revoke(let resource, _):
      "\(word) \(glossary.name(of: resource))"
    case .addSponsor(_, let address): "add sponsor \(glossary.short(address))"
    case .removeSponsor(let sponsor): "remove sponsor \(sponsor)"
    case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete: word
    }
  }
}

extension ActionOutcome {
  /// Why an action was not started; held back ones are told by their guards, in the plan.
  fileprivate func whyNotStarted(_ plan: Plan, _ glossary: Glossary) -> String? {
    switch self {
    case .done, .alreadyDone, .failed, .skipped(.heldBack): nil
    case .interrupted, .skipped(.stopped): "the run stopped before"
    case .skipped(.prerequisite(let index)):
      plan.actions.indices.contains(index)
        ? "needs `\(plan.actions[index].title(glossary))`, which failed"
        : "needs an earlier action, which failed"
    case .skipped(.noAccount): "the reply to its invitation named no account"
    case .skipped(.mailUnresolved(let moment)):
      "an earlier mail has no known outcome; it is looked up again from \(moment)"
    case .skipped(.mailedAlready(let moment)):
      "a mail was or may have been sent at \(moment), too recently to know"
    case .skipped(.malformed): "the plan contradicts itself here"
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .done: ["kind": "done"]
    case .alreadyDone: ["kind": "alreadyDone"]
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
    case .prerequisite(let index): ["kind": "earlierActionFailed", "index": .integer(index)]
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
