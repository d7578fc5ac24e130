/// Something that time will bring into a later plan.
package struct UpcomingStep: Hashable, Sendable {
  package var moment: Moment
  package var guest: EmailAddress
  package var partner: PartnerName?
  package var account: UserID?
  package var kind: Kind

  package init(
    moment: Moment,
    guest: EmailAddress,
    partner: PartnerName? = nil,
    account: UserID? = nil,
    kind: Kind
  ) {
    self.moment = moment
    self.guest = guest
    self.partner = partner
    self.account = account
    self.kind = kind
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The blocked account of a removed guest is deleted.
    case delete
    /// The guest's entry begins to count.
    case start
    /// The guest's entry, or one of its grants, ends.
    case end
  }
}
