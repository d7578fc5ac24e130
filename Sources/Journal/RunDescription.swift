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

/// A run that the journal knows, as the journal names it to those who add to it.
package struct JournaledRun: Hashable, Sendable {
  package let id: GUID
  package let tenant: TenantID
  package let ref: String

  init(id: GUID, tenant: TenantID, ref: String) {
    self.id = id
    self.tenant = tenant
    self.ref = ref
  }
}

/// How a run ended.
package enum RunResult: String, Hashable, Sendable, CaseIterable {
  /// Everything was done or was so already.
  case completed
  /// Some of it failed, was withheld or was held back.
  case partial
  case interrupted
  /// It stopped before the plan was over: the tenant or the journal did not answer any more.
  case stopped
}
