package import Access

/// Everything that a commit declares but guests, grants and removals; it counts from its own commit
/// (DESIGN section 4).
package struct Policy: Hashable, Sendable {
  package var tenant: TenantDeclaration
  package var formerly: [String] = []
  package var defaults = Defaults()
  package var lifecycle = Lifecycle()
  package var limits = GuardLimits()
  package var catalog = Catalog()
  /// The roles of the apps that list them.
  package var roles: [AppID: Set<RoleValue>] = [:]
  package var bundles: [String: Bundle] = [:]
  package var partners = PartnerBook()
  /// Sets of which no guest holds two.
  package var separations: [Set<Resource>] = []
  /// `nil` is no limit by path.
  package var authority: Authority?
  package var trust = TrustPolicy()
  package var exceptions: [RuleException] = []
  package var links = ReportLinks()
  package var suspension: Suspension?
  var faults = PolicyFaults()

  /// Grants that are given together, names looked up.
  package struct Bundle: Hashable, Sendable {
    package var grants: [Grant]
    var faulty: [FaultyGrant] = []

    package struct Grant: Hashable, Sendable {
      package var resource: Resource
      package var spelled: String
      package var ends: [Ending]
    }
  }

  init(tenant: TenantDeclaration) { self.tenant = tenant }
}
