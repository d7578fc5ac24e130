package import Access

/// What reading the declarations of one commit gave.
package struct DeclarationReading: Sendable {
  /// `nil` where no tenant could be read.
  package private(set) var desired: DesiredState?
  /// The policy as far as it could be read; `nil` without a tenant.
  package let policy: Policy?
  /// Ordered by place, then by code.
  package private(set) var findings: [Finding]
  /// Before the rules that several entries break together.
  private let draft: DesiredState?
  private let draftFindings: FindingSink
  private let excerpts: Excerpts
  private let now: Moment?
  /// True where several entries break a limit or a separation together, so that their order decides
  /// which of them are skipped.
  package private(set) var dependsOnOrder = false

  init(
    desired: DesiredState? = nil,
    policy: Policy? = nil,
    findings: FindingSink,
    excerpts: Excerpts,
    now: Moment? = nil
  ) {
    self.desired = desired
    self.policy = policy
    self.now = now
    draft = desired
    draftFindings = findings
    self.excerpts = excerpts
    self.findings = []
    apply { _ in nil }
  }

  /// True where something is declared and nothing of it stops the commit.
  package var isUsable: Bool { desired?.isUsable ?? false }

  /// The reading with the entries in the order in which they came: where several break a limit or a
  /// separation together, only the last are skipped.
  ///
  /// The function gives the step that introduced an entry, `nil` for one that is newer than all; who
  /// has no history may give an entry of the last applied commit any number. A reading that was not
  /// ordered skips all of them.
  package func ordered(by introduced: (EntryKey) -> Int?) -> Self {
    var reading = self
    reading.apply(introduced)
    return reading
  }

  /// The desired state with all findings.
  package var checked: Checked<DesiredState?> { Checked(desired, findings: findings) }

  private mutating func apply(_ introduced: (EntryKey) -> Int?) {
    var sink = draftFindings
    if var desired = draft, let policy {
      let found = SharedRules(policy, now: now).apply(to: &desired, introduced)
      dependsOnOrder = !found.isEmpty
      for finding in found { sink.add(finding) }
      desired.withheld.sort { ($0.address, $0.reason) < ($1.address, $1.reason) }
      self.desired = desired
    }
    var findings = sink.findings
    excerpts.complete(&findings)
    self.findings = findings.sorted { Finding.precedes($0, $1) }
  }
}
