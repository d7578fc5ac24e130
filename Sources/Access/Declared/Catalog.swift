/// The apps, groups and access packages that grants may name, by their aliases.
package struct Catalog: Hashable, Sendable {
  package var apps: [String: App] = [:]
  package var groups: [String: Group] = [:]
  package var packages: [String: Package] = [:]

  package init() {}

  package struct App: Hashable, Sendable {
    package var id: AppID
    /// Checked against the name that the tenant gives, where it is declared.
    package var name: String?
    /// From when on an undeclared guest's assignment is revoked, no matter who made it.
    package var exclusiveFrom: Moment?
    /// Roles that are given through membership of a group, by role.
    package var via: [RoleValue: GroupID]
    package var place: SourcePlace

    package init(
      id: AppID,
      name: String? = nil,
      exclusiveFrom: Moment? = nil,
      via: [RoleValue: GroupID] = [:],
      place: SourcePlace
    ) {
      self.id = id
      self.name = name
      self.exclusiveFrom = exclusiveFrom
      self.via = via
      self.place = place
    }
  }

  package struct Group: Hashable, Sendable {
    package var id: GroupID
    package var name: String?
    package var exclusiveFrom: Moment?
    package var place: SourcePlace

    package init(
      id: GroupID,
      name: String? = nil,
      exclusiveFrom: Moment? = nil,
      place: SourcePlace
    ) {
      self.id = id
      self.name = name
      self.exclusiveFrom = exclusiveFrom
      self.place = place
    }
  }

  package struct Package: Hashable, Sendable {
    package var id: AccessPackageID
    package var policy: AssignmentPolicyID
    package var name: String?
    package var place: SourcePlace

    package init(
      id: AccessPackageID,
      policy: AssignmentPolicyID,
      name: String? = nil,
      place: SourcePlace
    ) {
      self.id = id
      self.policy = policy
      self.name = name
      self.place = place
    }
  }
}
