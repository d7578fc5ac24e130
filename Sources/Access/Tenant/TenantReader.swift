/// The seam through which everything that only reads sees a tenant.
///
/// It has no way to write, so that a dry run that writes does not compile (DESIGN section 7).
package protocol TenantReader: Sendable {
  /// The tenant that the credentials belong to, known before anything else is asked.
  func tenant() async throws(TenantError) -> TenantID

  /// Reads everything that the scope names.
  ///
  /// A page that fails is an error for the whole reading: what was not read must never look like
  /// what is not there. An app, group or package that does not exist is missing from the answer.
  func observe(_ scope: ObservationScope) async throws(TenantError) -> TenantState
}
