package import Access

/// Everything that a plan follows from: the arguments of the one function of DESIGN section 1.
package struct PlanningInput: Sendable {
  package var desired: DesiredState
  /// Ends at `commit`.
  package var history: DeclarationHistory
  /// `nil` where there is no journal.
  package var journal: JournalRecord?
  package var observed: TenantState
  package var commit: CommitID
  /// The present moment.
  package var now: Moment
  package var options: PlanningOptions
  package var circumstances: Circumstances
  /// What the ref declared seven days ago, as `Planner.commitToCompare` names it.
  ///
  /// A date that was not there already counts as fresh; `nil` counts every date as fresh.
  package var earlier: DesiredState?
  /// What the last applied commit declared, which skipped entries keep; `nil` before the first.
  package var applied: DesiredState?
  /// What earlier applied commits declared, as `Planner.commitsOfFaults` names them: for entries that
  /// were skipped at the last one already.
  package var past: [CommitID: DesiredState] = [:]
  /// What the commit of `JournalRecord.baseline` declared; `nil` before the first.
  ///
  /// The stricter of its guards and lifecycle and those of the commit hold.
  package var baseline: DesiredState?
  /// The lifecycles of earlier commits, as `Planner.commitsOfBlocks` names them.
  package var lifecycles: [CommitID: Lifecycle] = [:]
  /// Entries changed since the baseline that only a loosened rule lets pass.
  package var loosened: Set<EntryKey> = []

  package init(
    desired: DesiredState,
    history: DeclarationHistory,
    journal: JournalRecord?,
    observed: TenantState,
    commit: CommitID,
    now: Moment,
    options: PlanningOptions = PlanningOptions(),
    circumstances: Circumstances = Circumstances(),
    earlier: DesiredState? = nil
  ) {
    self.desired = desired
    self.history = history
    self.journal = journal
    self.observed = observed
    self.commit = commit
    self.now = now
    self.options = options
    self.circumstances = circumstances
    self.earlier = earlier
  }

  /// The moment that is planned for.
  package var moment: Moment { options.at ?? now }

  /// What is known beside the declarations, and a plan only passes on or judges.
  package struct Circumstances: Hashable, Sendable {
    package var tree: String?
    package var policyDigest: String?
    package var toolVersion: String
    /// Why the range since the last applied commit is not trusted, in a sentence; `nil` where it
    /// is, or no trust is required.
    package var distrust: String?
    /// Why the commit is not the one that may be written from, in a sentence; `nil` where it is.
    package var otherRef: String?
    /// True where git says that the last applied commit is an ancestor of the commit, though it is not
    /// on the first-parent chain.
    package var hasAppliedAncestor = false
    /// Findings that were made elsewhere (a loosened policy).
    package var noticed: [PlanFinding]

    package init(
      tree: String? = nil,
      policyDigest: String? = nil,
      toolVersion: String = "",
      distrust: String? = nil,
      otherRef: String? = nil,
      noticed: [PlanFinding] = []
    ) {
      self.tree = tree
      self.policyDigest = policyDigest
      self.toolVersion = toolVersion
      self.distrust = distrust
      self.otherRef = otherRef
      self.noticed = noticed
    }
  }
}
