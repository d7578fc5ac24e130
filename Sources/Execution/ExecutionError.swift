package import Access
package import Journal

/// Why a plan was not even begun; nothing of it was written.
package enum ExecutionError: Error, Hashable, Sendable {
  /// The credentials, the plan and the run are not all of one tenant.
  case otherTenant(planned: TenantID, found: TenantID)
  /// The journal could not be read or written at the start.
  case journal(JournalError)
  /// What an earlier run left open could not be looked up.
  case tenant(TenantError)
}
