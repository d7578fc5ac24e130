/// One reason for which an entry ends by itself.
package struct Ending: Hashable, Sendable {
  package var rule: Rule
  package var origin: Origin

  package init(rule: Rule, origin: Origin) {
    self.rule = rule
    self.origin = origin
  }

  package enum Rule: Hashable, Sendable {
    /// The first instant at which the entry is over.
    case at(Moment)
    /// Counted from the merge that introduced the entry, or from that of a newer `reviewed`.
    case afterIntroduction(Moment.Span)
  }

  /// Which declaration set the end.
  package enum Origin: Hashable, Sendable {
    case guest, grant
    case bundle(String)
    case partnerLimit(PartnerName)
  }
}
