package import Access
package import Git

/// The policies that the entries of a commit are held to: to each entry that of the parent of the
/// first-parent step that last changed it (DESIGN section 4).
///
/// So a change can neither loosen the rule that it breaks nor bring its own exception, and a rule
/// that is tightened later takes nothing from entries that it let pass.
package struct StepPolicies: Sendable {
  /// Today's, by which entries are expanded.
  let own: Policy
  let steps: EntrySteps
  /// The policy that decides, by the step that changed an entry.
  private let bases: [Int: Base]

  /// A policy, and where it stood.
  struct Base: Sendable {
    /// Equal for equal policies.
    let number: Int
    let policy: Policy
    /// `nil` for a policy that means the same as today's.
    let commit: CommitID?

    static func today(_ policy: Policy) -> Self { Self(number: -1, policy: policy, commit: nil) }
  }

  /// Reads the policies of every step that last changed one of the entries.
  ///
  /// Where no step before one declares anything for this tenant, its own policy counts; in a
  /// shallow clone that is so for everything as old as the oldest commit.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`.
  package init(
    of desired: DesiredState,
    own: Policy,
    history: DeclarationHistory,
    reader: PolicyReader,
    in repository: Repository
  ) throws(GitError) {
    let steps = EntrySteps(history)
    var walk = Walk(history: history, steps: steps, reader: reader, own: own)
    var bases: [Int: Base] = [:]
    let changing =
      Set(desired.guests.map { steps.step(of: $0) })
      .union(desired.removed.map { steps.step(of: $0) })
    for step in changing { bases[step] = try walk.base(of: step, in: repository) }
    self.own = own
    self.steps = steps
    self.bases = bases
  }

  /// Whether any of the policies limits how many guests a partner has.
  var limitGuests: Bool {
    ([own] + bases.values.map(\.policy)).contains { policy in
      policy.partners.partners.values.contains { $0.guestLimit != nil }
    }
  }

  /// What the entries of a step are held to.
  func base(of step: Int) -> Base { bases[step] ?? .today(own) }

  private struct Walk {
    let history: DeclarationHistory
    let steps: EntrySteps
    var reader: PolicyReader
    let own: Policy
    /// By epoch; `nil` where the policy cannot be taken.
    var known: [Int: Base?] = [:]

    mutating func base(of step: Int, in repository: Repository) throws(GitError) -> Base? {
      var next = steps.step(before: step)
      while let candidate = next {
        if let base = try base(at: candidate, in: repository) { return base }
        next = steps.step(before: candidate)
      }
      return try base(at: step, in: repository)
    }

    private mutating func base(
      at step: Int,
      in repository: Repository
    ) throws(GitError) -> Base? {
      guard history.chain.indices.contains(step) else { return nil }
      let epoch = history.policyEpochs[step]
      // Today's is read already, and it is that of most entries.
      if epoch == history.policyEpochs.last { return .today(own) }
      if let base = known[epoch] { return base }
      let commit = history.chain[step].commit
      guard let id = ObjectID(hex: commit.hex) else { return nil }
      let base = try reader.policy(at: id, in: repository).map { policy in
        PolicyDifference(from: policy, to: own).parts.isEmpty
          ? Base.today(own)
          : Base(number: epoch, policy: policy.facing(own), commit: commit)
      }
      known.updateValue(base, forKey: epoch)
      return base
    }
  }
}

extension Policy {
  /// The policy of an earlier step as it counts today.
  ///
  /// An exception counts if it stood then and stands now, and as long as it says now: to prolong or
  /// to end one is a change of its own, which was merged by itself. Places are those of today,
  /// where there is one to show.
  fileprivate func facing(_ today: Policy) -> Policy {
    var policy = self
    policy.exceptions = today.exceptions.filter { exception in
      exceptions.contains { $0.guest == exception.guest && $0.rule == exception.rule }
    }
    policy.partners.takePlaces(from: today.partners)
    return policy
  }
}
