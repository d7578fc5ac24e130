package import Access

/// The identities that one file of one commit names, with names of the catalog still to be looked up.
///
/// It depends on the file's bytes alone, so that a version of a file is read once, whatever it is called
/// and whichever commits have it.
package struct FileIdentities: Hashable, Sendable {
  /// Where the file cannot be read; the commit then declares nothing that could be believed.
  package var fault: Position?
  package var tenant: TenantID?
  /// Where the folder stood before.
  package var formerly: [String] = []
  /// What other files' entries depend on; empty for a file that only declares entries.
  package var names = DeclaredNames()
  package var people: [Person] = []

  package init() {}

  /// A line and a column, both counted from one.
  package struct Position: Hashable, Sendable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  /// Somebody whom one item of the file declares, or gives something.
  package struct Person: Hashable, Sendable {
    package var address: EmailAddress
    package var position: Position
    /// False for a grant from the resource's side, which declares no guest.
    package var isGuest: Bool
    package var grants: [Grant] = []
    package var reviewed: Moment?
    package var returned: Moment?

    package init(address: EmailAddress, position: Position, isGuest: Bool, grants: [Grant] = []) {
      self.address = address
      self.position = position
      self.isGuest = isGuest
      self.grants = grants
    }

    /// Whether another version of the item says the same, wherever it stands.
    package func saysTheSame(as other: Self) -> Bool {
      address == other.address && isGuest == other.isGuest && reviewed == other.reviewed
        && returned == other.returned && grants.count == other.grants.count
        && zip(grants, other.grants).allSatisfy { $0.target == $1.target }
    }
  }

  package struct Grant: Hashable, Sendable {
    package var target: NamedResource
    package var position: Position

    package init(target: NamedResource, position: Position) {
      self.target = target
      self.position = position
    }
  }
}

/// What is given, by the names of the catalog.
package enum NamedResource: Hashable, Sendable {
  case role(app: String, role: String)
  case group(String)
  case package(String)
  /// A group or a package: the catalog says which.
  case groupOrPackage(String)
  case bundle(String)
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
