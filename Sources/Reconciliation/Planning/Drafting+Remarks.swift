internal import Access

extension Drafting {
  /// What is worth saying of a declared guest, whether or not anything is done for it.
  mutating func remark(
    _ entry: GuestEntry,
    _ subject: Subject,
    _ intervals: [DeclaredInterval],
    until end: Moment?
  ) {
    var position: Int?
    if case .live(let live) = subject.match { position = live }
    // A copy of the account for everybody of whom there is nothing to say would cost too much.
    func person() -> Person {
      Person(
        entry.address,
        partner: entry.partner,
        account: position.map { index.id(at: $0) },
        position: position
      )
    }
    if let end, isNear(end) { remarkEnd(end, person(), nil) }
    if entry.sponsors.isEmpty { note(.withoutSponsor, person(), "no sponsor is declared") }
    if let words = reviewDue(entry, intervals) { note(.reviewDue, person(), words) }
    if let limit = lifecycle.reviewEvery,
      let last = position.flatMap({ index.traits[$0].lastSignIn }), last + limit <= moment
    {
      note(.inactive, person(), "last signed in at \(last)")
    }
  }

  private func isNear(_ end: Moment) -> Bool { end <= moment + lifecycle.warnBefore }

  /// Says that something ends soon.
  mutating func remarkEnd(_ end: Moment, _ person: Person, _ resource: Resource?) {
    guard isNear(end) else { return }
    note(.expiring, person, resource: resource, "ends at \(end)")
    upcoming.append(
      UpcomingStep(moment: end, guest: person.address, partner: person.partner, kind: .end)
    )
  }

  private func reviewDue(_ entry: GuestEntry, _ intervals: [DeclaredInterval]) -> String? {
    guard let every = lifecycle.reviewEvery,
      let last = entry.reviewed ?? ownership.introduced(intervals),
      last + every <= moment
    else { return nil }
    return entry.reviewed == nil ? "never reviewed since \(last)" : "last reviewed at \(last)"
  }
}
