internal import Access

extension Drafting {
  /// What is worth saying of a declared guest, whether or not anything is done for it.
  mutating func remark(_ entry: GuestEntry, _ subject: Subject, until end: Moment?) {
    let person: Person
    if case .live(let position) = subject.match {
      person = Person(entry.address, partner: entry.partner, account: index.accounts[position])
    } else {
      person = Person(entry.address, partner: entry.partner)
    }
    if let end { remarkEnd(end, person, nil) }
    if entry.sponsors.isEmpty { note(.withoutSponsor, person, "no sponsor is declared") }
    remarkReview(entry, person)
    if let last = person.account?.lastSignIn, let limit = lifecycle.reviewEvery,
      last + limit <= moment
    {
      note(.inactive, person, "last signed in at \(last)")
    }
  }

  /// Says that something ends soon.
  mutating func remarkEnd(_ end: Moment, _ person: Person, _ resource: Resource?) {
    guard end <= moment + lifecycle.warnBefore else { return }
    note(.expiring, person, resource: resource, "ends at \(end)")
    upcoming.append(
      UpcomingStep(moment: end, guest: person.address, partner: person.partner, kind: .end)
    )
  }

  private mutating func remarkReview(_ entry: GuestEntry, _ person: Person) {
    guard let every = lifecycle.reviewEvery else { return }
    guard let last = entry.reviewed ?? ownership.introduced(.guest(entry.address)) else { return }
    guard last + every <= moment else { return }
    note(
      .reviewDue,
      person,
      entry.reviewed == nil ? "never reviewed since \(last)" : "last reviewed at \(last)"
    )
  }
}
