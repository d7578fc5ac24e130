/// An access package of the catalog as the tenant holds it (FACTS section 5).
package struct ObservedPackage: Hashable, Sendable {
  package var id: AccessPackageID
  package var displayName: String
  /// The delivered assignments, by the user that holds them.
  package var assignments: [UserID: PackageAssignmentID]
  /// A policy by which it was assigned; `nil` where that was not read.
  package var policy: AssignmentPolicyID?
  /// What the package gives to anyone who holds it.
  package var resources: Set<Resource>

  package init(
    id: AccessPackageID,
    displayName: String,
    assignments: [UserID: PackageAssignmentID] = [:],
    policy: AssignmentPolicyID? = nil,
    resources: Set<Resource> = []
  ) {
    self.id = id
    self.displayName = displayName
    self.assignments = assignments
    self.policy = policy
    self.resources = resources
  }
}
