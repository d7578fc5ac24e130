package import Access

/// Plans, and asks for what the plan turns out to depend on, one question at a time.
///
/// The caller reads: answer each question, and ask for the next until there is none.
package struct PlanInquiry: Sendable {
  private var input: PlanningInput
  private var stage = Stage.observing
  private var completions = 0
  private var compared: CommitID?
  private var blocked: Set<CommitID> = []
  private var checked: Checked<Plan>?

  package enum Question: Hashable, Sendable {
    /// What the tenant holds, as far as this goes.
    case tenant(ObservationScope)
    /// What these commits declared.
    case declarations(Set<CommitID>)
    /// Which commits inside merges changed these entries.
    case attribution(Set<EntryKey>)
  }

  private enum Stage { case observing, recalling, completing, comparing, attributing, done }

  /// Begins with everything but the tenant; what `input` observed is replaced.
  package init(_ input: PlanningInput) { self.input = input }

  /// What has to be read next; `nil` once the plan rests on all that it depends on.
  package mutating func next() -> Question? {
    switch stage {
    case .observing:
      stage = .recalling
      return .tenant(ObservationScope(planning: input.desired, history: input.history))
    case .recalling:
      stage = .completing
      let commits = Planner.commitsOfFaults(input)
      if !commits.isEmpty { return .declarations(commits) }
    case .completing:
      // A plan may ask what depends on an account, and that for its roles; never for more.
      if completions < 3, let scope = ObservationScope(completing: plan().value, input) {
        completions += 1
        return .tenant(scope)
      }
      stage = .comparing
    case .comparing:
      stage = .attributing
      compared = Planner.commitToCompare(plan().value, input)
      blocked = Planner.commitsOfBlocks(plan().value, input)
      let commits = blocked.union(compared.map { [$0] } ?? [])
      if !commits.isEmpty { return .declarations(commits) }
    case .attributing:
      stage = .done
      // Who made a change inside a merge is looked for only where an action rests on it.
      let guests = Set(plan().value.actions.map(\.guest))
      let keys = input.history.intervals.keys.lazy.filter { guests.contains($0.guest) }
      if !guests.isEmpty { return .attribution(Set(keys)) }
    case .done: return nil
    }
    return next()
  }

  /// Takes what was read of the tenant; later answers complete the first.
  package mutating func answer(_ state: TenantState) {
    input.observed = completions == 0 ? state : input.observed.merging(state)
    checked = nil
  }

  /// Takes what a commit declared; `nil` where nobody can tell.
  package mutating func answer(_ declared: DesiredState?, of commit: CommitID) {
    if stage == .completing { input.past[commit] = declared }
    if commit == compared { input.earlier = declared }
    if blocked.contains(commit) { input.lifecycles[commit] = declared?.lifecycle }
    checked = nil
  }

  /// Takes the history with the commits inside merges.
  package mutating func answer(_ history: DeclarationHistory) {
    input.history = history
    checked = nil
  }

  /// The tenant as the plan saw it.
  package var observed: TenantState { input.observed }

  /// The plan that follows from the answers so far.
  package mutating func plan() -> Checked<Plan> {
    let plan = checked ?? Planner.plan(input)
    checked = plan
    return plan
  }
}
