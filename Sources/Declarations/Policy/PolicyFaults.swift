internal import Access

/// What of a policy has a fault that is reported where it stands, so that what uses it is skipped
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
