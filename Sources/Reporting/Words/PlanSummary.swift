internal import Access

/// How many of what a plan holds.
struct PlanSummary {
  let plan: Plan

  /// The five kinds that are always counted, and every other one that occurs.
  var counts: [(verb: Action.Verb, count: Int)] {
    let always: [Action.Verb] = [.invite, .grant, .revoke, .block, .delete]
    var numbers: [Action.Verb: Int] = [:]
    for action in plan.actions { numbers[action.verb, default: 0] += 1 }
    let others = Action.Verb.allCases.filter { !always.contains($0) && numbers[$0] != nil }
    return (always + others).map { ($0, numbers[$0] ?? 0) }
  }

  /// `3 invite, 5 grant, 1 revoke, 1 block, 0 delete; 12 unchanged; 41 unmanaged`.
  var words: String {
    counts.map { "\($0.count) \($0.verb.word)" }.joined(separator: ", ")
      + "; \(plan.unchanged) unchanged; \(plan.unmanaged) unmanaged"
  }

  /// The last line of a plan, which programs search for.
  var line: String {
    "Plan: \(words); digest \(TerminalText.escape(plan.digest)); commit \(plan.commit.short); "
      + Wording.count(plan.cost.requests, "request")
  }
}
