package import Access

/// What reading the declarations of one commit gave.
package struct DeclarationReading: Sendable {
  /// `nil` where a fault of syntax, catalog or tenant stops everything.
  package var desired: DesiredState?
  /// The policy as far as it could be read; `nil` without a tenant.
  package var policy: Policy?
  /// Ordered by place, then by code.
  package var findings: [Finding]

  package init(desired: DesiredState? = nil, policy: Policy? = nil, findings: [Finding] = []) {
    self.desired = desired
    self.policy = policy
    self.findings = findings
  }

  /// The desired state with all findings.
  package var checked: Checked<DesiredState?> { Checked(desired, findings: findings) }
}
