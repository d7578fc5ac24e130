/// What became of one action of a plan that was carried out.
package enum ActionOutcome: Hashable, Sendable {
  /// The tenant is as the action wanted it; `alreadyThere` and `alreadyGone` are success too.
  case done(WriteReceipt.Effect)
  /// A write of the action was refused, or its reply was lost; with the identifier that joins the
  /// write to the journal and to the tenant's audit log.
  case failed(TenantError, requestID: GUID?)
  /// It was not attempted.
  case skipped(Skip)

  /// Why an action was not attempted.
  package enum Skip: Hashable, Sendable {
    case heldBack([GuardVerdict.Guard])
    /// The action at this position of the plan, which must have succeeded first, did not.
    case prerequisite(Int)
    /// The run was interrupted, or its deadline came.
    case interrupted
    /// An earlier run's write of this kind has no outcome yet, and it is too early to repeat it.
    case unresolved
  }
}
