internal import Access

/// The check of one commit's entries against the policies of their steps.
struct StepCheck {
  private let policies: StepPolicies
  private let now: Moment?
  private(set) var findings: [Finding] = []
  /// Withheld without a finding of their own, because one finding speaks for many.
  private(set) var withheld: [WithheldEntry] = []
  /// By the number of the policy.
  private var checkers: [Int: EntryChecker] = [:]

  init(_ policies: StepPolicies, now: Moment?) {
    self.policies = policies
    self.now = now
  }

  mutating func check(_ entry: GuestEntry) {
    let base = policies.base(of: policies.steps.step(of: entry))
    let found = check(entry, by: base)
    findings += found.map { explained($0, base) }
    let isRefused = found.contains { $0.severity == .error }
    guard !isRefused, base.commit != nil else { return }
    let refused = check(entry, by: .today(policies.own)).filter { $0.severity == .error }
    findings += refused.map { finding in
      var finding = finding
      finding.severity = .warning
      finding.message += "; it stays, for the policy before its last change let it"
      return finding
    }
  }

  /// What takes away from others has to be right by both policies.
  mutating func check(_ entry: RemovalEntry) {
    let base = policies.base(of: policies.steps.step(of: entry))
    let found = RemovalChecker(base.policy).check(entry)
    findings += found.map { explained($0, base) }
    if found.isEmpty { findings += RemovalChecker(policies.own).check(entry) }
  }

  /// Guests above their partner's limit: all that the step which went above it changed.
  ///
  /// A guest counts for the limit that stood before its own step, with everybody whose last change
  /// is no later; who came within the limit stays, whatever comes after.
  mutating func checkGuestLimits(_ entries: [GuestEntry]) {
    guard policies.limitGuests else { return }
    var counts = GuestCounts()
    let steps = entries.map { policies.steps.step(of: $0) }
    for (entry, step) in zip(entries, steps) { counts.add(entry.address.domain, at: step) }
    counts.sort()
    var over: [GuestCounts.Excess: [GuestEntry]] = [:]
    for (entry, step) in zip(entries, steps) {
      let base = policies.base(of: step)
      let excess = counts.excess(over: base, at: step, domain: entry.address.domain)
      if let excess { over[excess, default: []].append(entry) }
    }
    for (excess, entries) in over.sorted(by: { $0.key < $1.key }) {
      guard let first = entries.first else { continue }
      let message =
        "`\(excess.partner)` has \(excess.count) guests, and \(excess.limit) are possible"
      let finding = Finding(
        DeclarationRule.tooManyGuests.code,
        .error,
        message,
        place: excess.place,
        scope: .entry(first.address)
      )
      findings.append(explained(finding, policies.base(of: excess.step)))
      withheld += entries.map {
        WithheldEntry(
          address: $0.address,
          reason: message,
          places: [$0.place] + (excess.place.map { [$0] } ?? [])
        )
      }
    }
  }

  private mutating func check(_ entry: GuestEntry, by base: StepPolicies.Base) -> [Finding] {
    checkers[base.number, default: EntryChecker(base.policy, now: now)].check(entry)
  }

  /// Says which policy it is that refuses the entry, where today's own is another.
  private func explained(_ finding: Finding, _ base: StepPolicies.Base) -> Finding {
    guard let commit = base.commit, finding.severity == .error else { return finding }
    return finding.refused(
      by: "the policy of \(commit.short) that stood before the entry's last change"
    )
  }
}
