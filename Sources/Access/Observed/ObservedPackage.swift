/// An access package of the catalog as the tenant holds it (FACTS section 5).
package struct ObservedPackage: Hashable, Sendable {
  package var id: AccessPackageID
  package var displayName: String
  /// The delivered assignments, by the user that holds them.
  package var assignments: [UserID: PackageAssignmentID]
  /// What the package gives to anyone who holds it.
  package var resources: Set<Resource>

  package init(
    id: AccessPackageID,
    displayName: String,
    assignments: [UserID: PackageAssignmentID] = [:],
    resources: Set<Resource> = []
  ) {
    self.id = id
    self.displayName = displayName
    self.assignments = assignments
    self.resources = resources
  }
}
