/// The seam through which a tenant is changed; only `Execution` is ever handed one.
package protocol TenantWriter: Sendable {
  /// Carries out writes that may run side by side, at most twenty, and answers each in its place.
  ///
  /// One write's failure stops no other. A write that was sent and whose reply was lost is answered
  /// with `TenantError.Kind.unknownOutcome`, and was perhaps carried out. Cancellation does not
  /// abandon writes in flight.
  func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>]
}
