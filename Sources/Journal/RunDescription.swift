package import Access

/// What is known of a run when it begins.
package struct RunDescription: Hashable, Sendable {
  package var tenant: TenantID
  /// The branch whose commit is applied, without `refs/heads/`.
  package var ref: String
  package var commit: CommitID?
  /// The verb of the command line (`apply`, `reconcile`, `block`).
  package var command: String
  package var toolVersion: String

  package init(
    tenant: TenantID,
    ref: String,
    commit: CommitID?,
    command: String,
    toolVersion: String
  ) {
    self.tenant = tenant
    self.ref = ref
    self.commit = commit
    self.command = command
    self.toolVersion = toolVersion
  }
}
