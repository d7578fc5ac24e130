internal import Access

/// Decides whether what a guard holds back is released: by `--accept GUARD:DIGEST`, by a trailer of the
/// commit that causes it, or because a run that was killed had it accepted.
struct Release {
  private let plan: Plan
  private let digests: PlanDigests
  private let input: PlanningInput
  private let ownership: Ownership

  init(_ plan: Plan, _ digests: PlanDigests, _ input: PlanningInput, _ ownership: Ownership) {
    self.plan = plan
    self.digests = digests
    self.input = input
    self.ownership = ownership
  }

  /// The verdict of a guard that was tripped and that nothing releases.
  func refusal(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    count: Int,
    _ numbers: String
  ) -> GuardVerdict {
    GuardVerdict(
      name,
      heldBack: positions,
      count: count,
      numbers: numbers,
      hint: Self.hint(name)
    )
  }

  /// The verdict of a guard that was tripped and can be accepted.
  func verdict(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    count: Int,
    _ numbers: String
  ) -> GuardVerdict {
    let digest = digests.part(positions, heldBy: name)
    let isAccepted =
      input.options.accepted.contains { $0.name == name && $0.means(digest) }
      || isAcceptedByTrailer(name, positions) || wasAcceptedBefore(name, positions)
    return GuardVerdict(
      name,
      heldBack: positions,
      count: count,
      numbers: numbers,
      hint: Self.hint(name, digest: digest, count: count),
      digest: digest,
      isAccepted: isAccepted
    )
  }

  private static func hint(_ name: GuardVerdict.Guard, digest: String, count: Int) -> String {
    let digest = digest.prefix(PlanningOptions.Acceptance.length)
    var hint = "`--accept \(name.rawValue):\(digest)` accepts exactly these changes"
    if name == .ownership {
      hint =
        "`--accept ownership:\(digest)` takes them as ours, "
        + "`--decline ownership:\(digest)` leaves them alone"
    }
    if name.takesTrailer {
      hint +=
        ", or the trailer `Guestlist-Accept: \(name.rawValue)=\(count)` in the commit that causes "
        + "just these"
    }
    return hint
  }

  private static func hint(_ name: GuardVerdict.Guard) -> String {
    switch name {
    case .tenant: "sign in to the declared tenant, or correct `tenant.id`"
    case .trust: "have the commits signed by a listed signer"
    case .clock: "set this machine's clock"
    case .suspend: "remove `suspend`, or wait until it ends"
    case .protected: "remove the address from `guards.protected`, or declare the guest again"
    default: ""
    }
  }

  /// True if every action that is held back was caused by commits that no run has applied yet and
  /// that say, each, exactly how many they cause.
  private func isAcceptedByTrailer(_ name: GuardVerdict.Guard, _ positions: [Int]) -> Bool {
    guard name.takesTrailer else { return false }
    let unapplied = ownership.unappliedSteps
    var causes: [CommitID: Set<EmailAddress>] = [:]
    var numbers: [CommitID: Int] = [:]
    for position in positions {
      guard let commit = plan.actions[position].provenance?.commit else { return false }
      causes[commit, default: []].insert(plan.actions[position].guest)
      numbers[commit, default: 0] += 1
    }
    return !causes.isEmpty
      && causes.allSatisfy { commit, guests in
        guard let step = ownership.clock.step(of: commit), unapplied.contains(step) else {
          return false
        }
        let caused = name == .grants ? numbers[commit] ?? 0 : guests.count
        return Self.accepts(input.history.chain[step], name, caused)
      }
  }

  private static func accepts(_ step: HistoryStep, _ name: GuardVerdict.Guard, _ count: Int) -> Bool
  {
    step.trailers.contains {
      $0.key.lowercased() == "guestlist-accept"
        && $0.value.filter { $0 != " " } == "\(name.rawValue)=\(count)"
    }
  }

  /// True if what is held back is what is left of something that a run had accepted and did not
  /// finish.
  private func wasAcceptedBefore(_ name: GuardVerdict.Guard, _ positions: [Int]) -> Bool {
    guard !positions.isEmpty else { return false }
    let before = input.journal?.accepted.filter { $0.name == name } ?? []
    return before.contains { accepted in
      guard let last = ownership.clock.step(of: accepted.commit) else { return false }
      return positions.allSatisfy { position in
        let action = plan.actions[position]
        let cause = action.provenance.flatMap { ownership.clock.step(of: $0.commit) } ?? last
        let acceptedAction = JournalRecord.AcceptedAction(
          guest: action.guest,
          verb: action.verb,
          resource: action.resource
        )
        return cause <= last && accepted.actions.contains(acceptedAction)
      }
    }
  }
}
