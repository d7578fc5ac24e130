internal import Access

extension PlanningContext {
  /// Adds findings about a declared guest, whether or not anything is done for it.
  func remark(_ matched: MatchedGuest, until end: Moment?, _ decision: inout GuestDecision) {
    let entry = matched.guest.entry
    if let end { remarkEnd(end, nil, &decision) }
    if entry.sponsors.isEmpty { decision.note(.withoutSponsor, "no sponsor is declared") }
    if let words = reviewDue(entry) { decision.note(.reviewDue, words) }
    if let limit = lifecycle.reviewEvery, case .live(let id) = matched.lead.match,
      let last = index.account(id)?.lastSignIn, last + limit <= moment
    {
      decision.note(.inactive, "last signed in at \(last)")
    }
  }

  /// Adds the finding that something ends soon.
  func remarkEnd(_ end: Moment, _ resource: Resource?, _ decision: inout GuestDecision) {
    guard end <= moment + lifecycle.warnBefore else { return }
    decision.note(.expiring, resource: resource, "ends at \(end)")
    decision.expect(.end, at: end)
  }

  private func reviewDue(_ entry: GuestEntry) -> String? {
    guard let every = lifecycle.reviewEvery,
      let last = entry.reviewed ?? ownership.introduced(.guest(entry.address)),
      last + every <= moment
    else { return nil }
    let isExcepted = input.desired.exceptions.contains {
      $0.guest == entry.address && $0.rule == .review && moment < $0.until
    }
    if isExcepted { return nil }
    return entry.reviewed == nil ? "never reviewed since \(last)" : "last reviewed at \(last)"
  }
}
