package import Access

extension DeclarationReading {
  /// Holds every entry to the policy of its step: errors withhold it.
  ///
  /// What today's policy refuses, and the policy of the step did not, is a warning. The reading must
  /// be one whose entries are held `later`; the folder is that which was read, for the excerpts.
  package func held(
    to policies: StepPolicies,
    now: Moment?,
    showing folder: FolderContents
  ) -> DeclarationReading {
    guard let desired else { return self }
    var check = StepCheck(policies, now: now)
    for entry in desired.guests { check.check(entry) }
    for entry in desired.removed { check.check(entry) }
    check.checkGuestLimits(desired.guests)
    var findings = check.findings
    Excerpts(of: folder, for: findings).complete(&findings)
    return adding(findings, withholding: check.withheld)
  }
}
