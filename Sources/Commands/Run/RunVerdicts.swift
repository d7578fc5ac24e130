internal import Access
internal import Execution
internal import Reconciliation

/// What the guards and the faults in the declarations make of a plan.
struct RunVerdicts: Sendable {
  /// What the run ends with, as an apply would.
  let outcomes: Outcomes

  /// Judges a plan.
  ///
  /// - Throws: `refused` where `--accept` or `--decline` names something that no guard holds back.
  init(_ planned: Run.Planned, _ inputs: RunInputs) throws(Failure) {
    let guards = planned.plan.guards
    let answers =
      inputs.options.accepted.map { ("accept", $0) }
      + inputs.options.declined.map { ("decline", $0) }
    let unknown = answers.filter { _, answer in
      !guards.contains { $0.name == answer.name && $0.digest.map(answer.means) ?? false }
    }
    if let (option, answer) = unknown.min(by: { $0.1.digest < $1.1.digest }) {
      throw .refused(
        .error,
        "`--\(option) \(answer.name.rawValue):\(answer.digest)` matches nothing that is held back",
        hints: ["nothing was written; `guestlist plan` prints what can be accepted now"]
      )
    }
    var outcomes = Outcomes()
    if !inputs.desired.isUsable { outcomes.insert(.invalid) }
    if guards.contains(where: { !$0.isAccepted && !$0.isDeclined }) { outcomes.insert(.heldBack) }
    let isUnwritable = planned.plan.findings.contains {
      $0.kind == .unwritable || $0.kind == .conflict
    }
    // A fault of the catalog stops only what it concerns.
    if planned.checked.isStopped || !planned.plan.withheld.isEmpty
      || planned.plan.hasSkippedGrants || isUnwritable
    {
      outcomes.insert(.partial)
    }
    self.outcomes = outcomes
  }
}

extension Outcomes {
  /// What carrying out a plan ends with, besides what stopped it.
  init(of result: ExecutionResult) {
    self.init()
    if result.stop == .interrupted { insert(.interrupted) }
    if !result.undelivered.isEmpty || result.outcomes.contains(where: \.leavesWork) {
      insert(.partial)
    }
    let isDenied = result.outcomes.contains {
      if case .failed(let error) = $0 { error.kind == .permission } else { false }
    }
    // One write that succeeded shows that the credentials can write.
    if isDenied, !result.outcomes.contains(where: { $0 == .done }) { insert(.authentication) }
  }
}

extension ActionOutcome {
  /// Whether something that the run set out to do is not done, for a reason that no other outcome
  /// of the run tells.
  fileprivate var leavesWork: Bool {
    switch self {
    case .done, .alreadyDone, .interrupted: false
    case .failed: true
    case .skipped(let reason):
      switch reason {
      case .heldBack, .stopped: false
      case .prerequisite, .noAccount, .mailUnresolved, .mailedAlready, .malformed: true
      }
    }
  }
}
