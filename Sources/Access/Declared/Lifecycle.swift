/// How access ends, is reviewed and repaired, for every guest of the tenant.
package struct Lifecycle: Hashable, Sendable {
  /// Whether a removed guest's sign-in is blocked before the account is deleted.
  package var block: Bool = true
  /// How long after our block an account is deleted; `nil` is never.
  package var deleteAfter: Moment.Span? = .days(30)
  /// After how long an invitation that is not redeemed is sent again; `nil` is never.
  package var resendAfter: Moment.Span?
  package var resendLimit: Int = 2
  package var reviewEvery: Moment.Span? = .days(180)
  package var warnBefore: Moment.Span = .days(14)
  package var drift: Drift = .restore

  package init() {}

  /// What happens to a declared grant that somebody else took away.
  package enum Drift: String, Hashable, Sendable, CaseIterable {
    case restore, report
  }
}
