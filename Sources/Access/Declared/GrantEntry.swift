/// One grant's declaration: a resource, how long it lasts, and where it was written.
package struct GrantEntry: Hashable, Sendable {
  package var resource: Resource
  /// The alias and role as written (`expenses:Submitter`), for people.
  package var spelled: String
  /// Every date and duration that ends this grant, besides those of the guest; the earliest wins.
  package var ends: [Ending]
  package var origin: Origin
  package var place: SourcePlace
  /// Where else the same grant is declared for the same guest, in order.
  package var otherPlaces: [SourcePlace]

  package init(
    resource: Resource,
    spelled: String,
    ends: [Ending] = [],
    origin: Origin,
    place: SourcePlace,
    otherPlaces: [SourcePlace] = []
  ) {
    self.resource = resource
    self.spelled = spelled
    self.ends = ends
    self.origin = origin
    self.place = place
    self.otherPlaces = otherPlaces
  }

  /// Which declaration brought the grant to the guest.
  package enum Origin: Hashable, Sendable {
    /// The guest's own `apps`, `groups` or `packages`.
    case guest
    /// The `grants` section of the resource's side.
    case resource
    case bundle(String)
    /// A bundle that every guest of the partner gets.
    case partner(PartnerName, bundle: String)
  }
}
