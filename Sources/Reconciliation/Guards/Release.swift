internal import Access

/// Decides whether what a guard holds back was released: by `--accept GUARD:DIGEST`, or by a
/// trailer of the commit that causes it.
struct Release {
  private let plan: Plan
  private let digests: PlanDigests
  private let input: PlanningInput
  private let ownership: Ownership

  init(
    _ plan: Plan,
    _ digests: PlanDigests,
    _ input: PlanningInput,
    _ ownership: Ownership
  ) {
    self.plan = plan
    self.digests = digests
    self.input = input
    self.ownership = ownership
  }

  /// The verdict of a guard that was tripped.
  func verdict(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    count: Int,
    _ numbers: String
  ) -> GuardVerdict? {
    guard name.canBeAccepted else {
      return GuardVerdict(
        name,
        heldBack: positions,
        count: count,
        numbers: numbers,
        remedy: Self.remedy(name)
      )
    }
    let digest = digests.part(positions, heldBy: name)
    let byTrailer = Self.takesTrailer(name) && isAcceptedByTrailer(name, positions, count)
    return GuardVerdict(
      name,
      heldBack: positions,
      count: count,
      numbers: numbers,
      remedy: Self.remedy(name, digest: digest, count: count),
      digest: digest,
      isAccepted: byTrailer
        || input.options.accepted.contains(PlanningOptions.Acceptance(name, digest: digest))
    )
  }

  private static func takesTrailer(_ name: GuardVerdict.Guard) -> Bool {
    name != .history && name != .baseline
  }

  private static func remedy(
    _ name: GuardVerdict.Guard,
    digest: String,
    count: Int
  ) -> String {
    let flag = "`--accept \(name.rawValue):\(digest)` releases exactly these"
    guard takesTrailer(name) else { return flag }
    return flag + ", or the trailer `Guestlist-Accept: \(name.rawValue)=\(count)` in the commit"
      + " that causes just these"
  }

  private static func remedy(_ name: GuardVerdict.Guard) -> String {
    switch name {
    case .tenant: "sign in to the declared tenant, or correct `tenant.id`"
    case .trust: "have the commits signed by a listed signer"
    case .ref: "apply from the configured ref"
    case .clock: "set this machine's clock"
    case .suspend: "take `suspend` out, or wait until it ends"
    case .protected: "take the address out of `guards.protected`, or declare it again"
    default: ""
    }
  }

  /// True if every action that is held back was caused by commits that no run has applied yet and
  /// that say, each, exactly how many they cause.
  private func isAcceptedByTrailer(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    _ count: Int
  ) -> Bool {
    let unapplied = ownership.unappliedSteps
    if name == .shrink {
      return unapplied.contains { accepts(input.history.chain[$0], name, count) }
    }
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
        return accepts(input.history.chain[step], name, caused)
      }
  }

  private func accepts(_ step: HistoryStep, _ name: GuardVerdict.Guard, _ count: Int) -> Bool {
    step.trailers.contains {
      $0.key.lowercased() == "guestlist-accept"
        && $0.value.filter { $0 != " " } == "\(name.rawValue)=\(count)"
    }
  }
}
