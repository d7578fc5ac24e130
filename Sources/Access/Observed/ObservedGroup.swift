/// A group of the catalog as the tenant holds it.
package struct ObservedGroup: Hashable, Sendable {
  package var id: GroupID
  package var displayName: String
  /// The users among its direct members.
  package var members: Set<UserID>
  /// Why its membership cannot be written; `nil` where it can (FACTS section 4).
  package var obstacle: Obstacle?

  package init(
    id: GroupID,
    displayName: String,
    members: Set<UserID> = [],
    obstacle: Obstacle? = nil
  ) {
    self.id = id
    self.displayName = displayName
    self.members = members
    self.obstacle = obstacle
  }

  package enum Obstacle: Hashable, Sendable {
    case dynamicMembership, synchronisedFromPremises, mailEnabled, roleAssignable
  }
}
