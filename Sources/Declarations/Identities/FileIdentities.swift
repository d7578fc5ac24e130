package import Access

/// The identities that one file of one commit names, with names of the catalog still to be looked up.
///
/// It depends on the file's bytes alone, so that a walk over history reads a file again only where
/// it changed.
package struct FileIdentities: Hashable, Sendable {
  /// Why the file cannot be read at all; the commit then declares nothing that could be believed.
  package var fault: String?
  package var tenant: TenantID?
  /// Where the folder stood before.
  package var formerly: [String] = []
  /// What other files' entries depend on; empty for a file that only declares entries.
  package var names = DeclaredNames()
  package var guests: [Guest] = []
  package var holders: [Holder] = []
  package var removed: [Removal] = []
  /// Every section but those that hold entries, to see whether a commit changed the rules that
  /// entries are held to: layout and comments leave no trace, and no two meanings share it.
  package var policy: [UInt8] = []

  package struct Guest: Hashable, Sendable {
    package var address: EmailAddress
    package var place: SourcePlace
    package var grants: [Grant]
    package var bundles: [Bundle]
    /// Everything that the entry says, in one form whatever the layout is, to see whether a commit
    /// changed it.
    package var content: [UInt8]
  }

  package struct Bundle: Hashable, Sendable {
    package var name: String
    package var place: SourcePlace
  }

  package struct Grant: Hashable, Sendable {
    package var target: NamedResource
    package var place: SourcePlace
  }

  /// A grant from the resource's side.
  package struct Holder: Hashable, Sendable {
    package var guest: EmailAddress
    package var target: NamedResource
    package var place: SourcePlace
    package var content: [UInt8]
  }

  /// An address that `removed` orders away, with everything that its entry says.
  package struct Removal: Hashable, Sendable {
    package var guest: EmailAddress
    package var content: [UInt8]
  }
}

/// A resource by the names of the catalog.
package enum NamedResource: Hashable, Sendable {
  case role(app: String, role: String)
  case group(String)
  case package(String)
  /// A group or a package: the catalog says which.
  case groupOrPackage(String)
}

/// The names that a file gives to resources, bundles and partners.
package struct DeclaredNames: Hashable, Sendable {
  package var apps: [String: AppID] = [:]
  /// The groups through which roles are given, by app and role.
  package var via: [String: [String: String]] = [:]
  package var groups: [String: GroupID] = [:]
  package var packages: [String: AccessPackageID] = [:]
  package var bundles: [String: [NamedResource]] = [:]
  package var partners: [String: Partner] = [:]

  package struct Partner: Hashable, Sendable {
    package var domains: [String]
    package var includes: [String]

    package init(domains: [String], includes: [String]) {
      self.domains = domains
      self.includes = includes
    }
  }

  package init() {}

  /// The same names, with every role given by itself.
  package var withoutVia: Self {
    var names = self
    names.via = [:]
    return names
  }

  package var isEmpty: Bool { self == DeclaredNames() }

  /// Adds the names of another file; what is there already stays.
  mutating func merge(_ other: DeclaredNames) {
    via.merge(other.via.filter { apps[$0.key] == nil }) { first, _ in first }
    apps.merge(other.apps) { first, _ in first }
    groups.merge(other.groups) { first, _ in first }
    packages.merge(other.packages) { first, _ in first }
    bundles.merge(other.bundles) { first, _ in first }
    partners.merge(other.partners) { first, _ in first }
  }
}
