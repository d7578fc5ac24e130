internal import Access
internal import Execution
internal import Reconciliation

/// What the guards and the faults in the declarations make of a plan.
struct RunVerdicts: Sendable {
  /// What the plan comes to, as its apply would.
  let outcomes: Outcomes
  /// True where nothing of the plan may be carried out.
  let stopsEverything: Bool

  /// Judges a plan.
  ///
  /// - Throws: `refused` where `--accept` names something that no guard holds back.
  init(_ planned: Run.Planned, _ inputs: RunInputs) throws(Failure) {
    let guards = planned.plan.guards
    let asked = Set(
      guards.compactMap { verdict in
        verdict.digest.map { PlanningOptions.Acceptance(verdict.name, digest: $0) }
      }
    )
    let unknown = inputs.options.accepted.subtracting(asked)
      .map { "\($0.name.rawValue):\($0.digest)" }
    if let answer = unknown.min() {
      throw .refused(
        .error,
        "`--accept \(answer)` matches nothing that is held back",
        hints: ["nothing was written; `guestlist plan` prints what can be accepted now"]
      )
    }
    var outcomes = Outcomes()
    if planned.checked.isStopped || !inputs.desired.isUsable { outcomes.insert(.invalid) }
    if guards.contains(where: { !$0.isAccepted }) { outcomes.insert(.heldBack) }
    if !planned.plan.withheld.isEmpty { outcomes.insert(.partial) }
    self.outcomes = outcomes
    // A fault of the catalog stops all writes; a commit of which nothing was carried out must not
    // count as applied, or it would own what it never gave.
    stopsEverything = planned.checked.isStopped
  }
}

extension Outcomes {
  /// What carrying out a plan came to, besides what stopped it.
  init(of result: ExecutionResult) {
    self.init()
    if result.stop == .interrupted { insert(.interrupted) }
    if !result.undelivered.isEmpty || result.outcomes.contains(where: \.leavesWork) {
      insert(.partial)
    }
    let isDenied = result.outcomes.contains {
      if case .failed(let error) = $0 { error.kind == .permission } else { false }
    }
    // One write that succeeded shows that the credentials are good for something.
    if isDenied, !result.outcomes.contains(where: { $0 == .done }) { insert(.authentication) }
  }
}

extension ActionOutcome {
  /// Whether something that the run set out to do is not done, for a reason that no other outcome
  /// of the run tells.
  fileprivate var leavesWork: Bool {
    switch self {
    case .done, .alreadySo, .interrupted: false
    case .failed: true
    case .skipped(let reason):
      switch reason {
      case .heldBack, .withheld, .stopped: false
      case .prerequisite, .noAccount, .mailUnresolved, .mailedAlready, .malformed: true
      }
    }
  }
}
