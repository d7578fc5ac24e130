/// One guest's declaration, with everything that its partner and bundles add to it.
package struct GuestEntry: Hashable, Sendable {
  package var address: EmailAddress
  /// The address as somebody wrote it, for the invitation and for people.
  package var spelled: String
  package var partner: PartnerName
  package var name: String?
  /// Pins an account that exists.
  package var pinned: UserID?
  package var invitation: InvitationSettings
  /// At most five (FACTS section 1.1).
  package var sponsors: [EmailAddress]
  package var sponsorOrigin: SponsorOrigin
  package var starts: Moment?
  /// Every date and duration that ends the guest's own entry; the earliest wins.
  package var ends: [Ending]
  package var reviewed: Moment?
  package var ticket: String?
  package var reason: String?
  package var previously: [EmailAddress]
  /// The reason for which sign-in is to be blocked and kept blocked.
  package var blocked: String?
  /// The day from which an account that was removed or blocked outside is given back.
  package var returned: Moment?
  /// Ordered by resource; no resource twice.
  package var grants: [GrantEntry]
  /// Grants with a fault of their own: neither given nor, before their end, taken.
  package var skippedGrants: [SkippedGrant] = []
  package var place: SourcePlace
  /// True where the address has characters that an invitation refuses (FACTS section 1.1).
  package var isUninvitable: Bool

  package init(
    address: EmailAddress,
    spelled: String,
    partner: PartnerName,
    name: String? = nil,
    pinned: UserID? = nil,
    invitation: InvitationSettings = InvitationSettings(),
    sponsors: [EmailAddress] = [],
    sponsorOrigin: SponsorOrigin = .guest,
    starts: Moment? = nil,
    ends: [Ending] = [],
    reviewed: Moment? = nil,
    ticket: String? = nil,
    reason: String? = nil,
    previously: [EmailAddress] = [],
    blocked: String? = nil,
    returned: Moment? = nil,
    grants: [GrantEntry] = [],
    place: SourcePlace,
    isUninvitable: Bool = false
  ) {
    self.address = address
    self.spelled = spelled
    self.partner = partner
    self.name = name
    self.pinned = pinned
    self.invitation = invitation
    self.sponsors = sponsors
    self.sponsorOrigin = sponsorOrigin
    self.starts = starts
    self.ends = ends
    self.reviewed = reviewed
    self.ticket = ticket
    self.reason = reason
    self.previously = previously
    self.blocked = blocked
    self.returned = returned
    self.grants = grants
    self.place = place
    self.isUninvitable = isUninvitable
  }

  /// Which declaration named the sponsors.
  package enum SponsorOrigin: Hashable, Sendable {
    case guest, partner, defaults
  }
}
