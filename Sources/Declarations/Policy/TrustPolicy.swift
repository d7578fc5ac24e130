/// Whose signatures commits need.
package struct TrustPolicy: Hashable, Sendable {
  package var requirement: Requirement
  /// Files relative to the folder; `*.asc` holds OpenPGP keys, any other is in the form of SSH.
  package var signers: [String]

  package init(requirement: Requirement = .none, signers: [String] = []) {
    self.requirement = requirement
    self.signers = signers
  }

  package enum Requirement: String, Hashable, Sendable, CaseIterable {
    case none, range
  }
}
