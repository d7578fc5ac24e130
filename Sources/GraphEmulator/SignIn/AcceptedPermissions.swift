/// The combinations of application permissions of which any one opens an operation.
package struct AcceptedPermissions: Hashable, Sendable {
  /// Each combination opens the operation by itself, and only whole.
  package let combinations: [Set<GraphPermission>]

  /// Takes what must be held together, combination by combination.
  package init(combinations: [Set<GraphPermission>]) { self.combinations = combinations }

  /// Takes permissions of which each one suffices alone.
  package init(anyOf permissions: [GraphPermission]) {
    self.init(combinations: permissions.map { [$0] })
  }

  /// Whether these permissions contain one of the combinations.
  package func admit(_ held: Set<GraphPermission>) -> Bool {
    combinations.contains { $0.isSubset(of: held) }
  }
}
