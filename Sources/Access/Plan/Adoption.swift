/// An account that existed before its guest was declared here, and that a plan begins to manage.
package struct Adoption: Hashable, Sendable {
  package var guest: EmailAddress
  package var partner: PartnerName?
  package var account: UserID

  package init(guest: EmailAddress, partner: PartnerName?, account: UserID) {
    self.guest = guest
    self.partner = partner
    self.account = account
  }
}
