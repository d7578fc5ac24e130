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
  /// `nil` means no limit by path.
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

/// What of a policy has a fault that is reported where it is, so that what uses it is skipped
/// without another finding.
struct PolicyFaults: Hashable, Sendable {
  var apps: Set<String> = []
  var groups: Set<String> = []
  var packages: Set<String> = []
  var bundles: Set<String> = []
  /// What is wrong with each faulty partner: none of its guests is given anything new.
  var partners: [PartnerName: String] = [:]
  /// Partners whose `allows` names something that the catalog does not have.
  var allowances: Set<PartnerName> = []
  /// Resources that nobody is given.
  var resources: [Resource: String] = [:]
  /// What is wrong with `defaults`, which every guest is invited by.
  var defaults: String?
  /// True where a name that is missing may be in a part that could not be read.
  var isIncomplete = false

  /// What is wrong with a name of the catalog; `nil` where nothing is known to be.
  func fault(of target: NamedResource) -> String? {
    switch target {
    case .role(let app, _): apps.contains(app) ? "app `\(app)` has a fault" : nil
    case .group(let name), .groupOrPackage(let name):
      groups.contains(name) ? "group `\(name)` has a fault" : nil
    case .package(let name): packages.contains(name) ? "package `\(name)` has a fault" : nil
    case .bundle(let name): bundles.contains(name) ? "bundle `\(name)` has a fault" : nil
    }
  }
}

/// A grant of a bundle that cannot be given.
struct FaultyGrant: Hashable, Sendable {
  var resource: Resource?
  var spelled: String
  var ends: [Ending]
  var reason: String
}
