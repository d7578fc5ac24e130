internal import Access

/// How many actions came to which end.
struct ApplyCounts {
  private(set) var changed: [Action.Verb: Int] = [:]
  private(set) var alreadySo = 0
  private(set) var failed = 0
  private(set) var heldBack = 0
  private(set) var notAttempted = 0

  init(_ report: ApplyReport) {
    for (action, outcome) in zip(report.plan.actions, report.outcomes) {
      switch outcome {
      case .done: changed[action.verb, default: 0] += 1
      case .alreadySo: alreadySo += 1
      case .failed: failed += 1
      case .skipped(.heldBack): heldBack += 1
      case .skipped, .interrupted: notAttempted += 1
      }
    }
  }

  /// `3 invite, 5 grant, 0 revoke, 0 block, 0 delete; 1 already so; 2 failed; …`.
  var words: String {
    let always: [Action.Verb] = [.invite, .grant, .revoke, .block, .delete]
    let others = Action.Verb.allCases.filter { !always.contains($0) && changed[$0] != nil }
    let done = (always + others).map { "\(changed[$0] ?? 0) \($0.word)" }
    return done.joined(separator: ", ")
      + "; \(alreadySo) already so; \(failed) failed; \(heldBack) held back; "
      + "\(notAttempted) not attempted"
  }
}
