package import Access

/// A partner organisation with everything that it asks of its guests and gives them.
package struct PartnerPolicy: Hashable, Sendable {
  package var partner: Partner
  package var invitation: InvitationOverrides
  /// What every guest of the partner gets.
  package var included: [GrantEntry]
  /// What would be given if it had no fault.
  var skipped: [SkippedGrant]
  /// `nil` is anything in the catalog.
  package var allows: Allowance?
  package var stay: Moment.Span?
  package var guestLimit: Int?
  /// Where the limit on the number of guests stands.
  package var guestLimitPlace: SourcePlace?
  package var requires: Set<Requirement>
}
