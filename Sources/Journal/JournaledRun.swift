package import Access

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

/// What is known of a run when it begins.
package struct RunDescription: Hashable, Sendable {
  package var tenant: TenantID
  /// The branch whose commit is applied, without `refs/heads/`.
  package var ref: String
  package var commit: CommitID?
  /// The verb of the command line (`apply`, `reconcile`, `block`).
  package var command: String
  package var toolVersion: String
  /// Who started it, as the environment says; `nil` where it does not.
  package var runner: String?
  /// What `--reason` said: why something was accepted, declined or blocked.
  package var reason: String?

  package init(
    tenant: TenantID,
    ref: String,
    commit: CommitID?,
    command: String,
    toolVersion: String,
    runner: String? = nil,
    reason: String? = nil
  ) {
    self.tenant = tenant
    self.ref = ref
    self.commit = commit
    self.command = command
    self.toolVersion = toolVersion
    self.runner = runner
    self.reason = reason
  }
}

/// How a run ended.
package enum RunResult: String, Hashable, Sendable, CaseIterable {
  /// Everything was done or was so already.
  case completed
  /// Some of it failed, was withheld or was held back.
  case partial
  case interrupted
  /// It stopped before the plan was over: an error, or the tenant or the journal did not answer.
  case stopped
  /// Its process ended before it could say how; a later run found that out.
  case killed
}
