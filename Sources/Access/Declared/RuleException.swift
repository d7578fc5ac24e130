/// A declared, dated and reasoned exception of one guest from one rule.
package struct RuleException: Hashable, Sendable {
  package var guest: EmailAddress
  package var rule: ExceptedRule
  /// The first instant at which the exception is over.
  package var until: Moment
  package var reason: String
  package var place: SourcePlace

  package init(
    guest: EmailAddress,
    rule: ExceptedRule,
    until: Moment,
    reason: String,
    place: SourcePlace
  ) {
    self.guest = guest
    self.rule = rule
    self.until = until
    self.reason = reason
    self.place = place
  }
}

/// The rules from which a guest can be excepted, by the names that declarations use.
///
/// Authority, protection and whatever keeps two declarations apart are not among them.
package enum ExceptedRule: String, Hashable, Sendable, CaseIterable {
  /// That a review is due (a finding of the plan).
  case review
  case allows, stay, requires, separation, sponsor
}
