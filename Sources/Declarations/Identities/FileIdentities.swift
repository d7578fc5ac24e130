package import Access
internal import YAML

/// The identities that one file of one commit names, with names of the catalog still to be looked
/// up.
///
/// It depends on the file's bytes alone, so that a version of a file is read once, whatever it is
/// called and whichever commits have it.
package struct FileIdentities: Hashable, Sendable {
  /// Where the file cannot be read; the commit then declares nothing that could be believed.
  package var fault: Position?
  package var tenant: TenantID?
  /// Earlier paths of the folder.
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

    /// Whether another version of the item says the same, wherever it is.
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

extension FileIdentities {
  /// Takes the identities out of what a file declares.
  init(_ declared: FileDeclarations) {
    tenant = declared.tenant?.value.id
    formerly = declared.formerly?.value ?? []
    names = DeclaredNames(declared)
    people.reserveCapacity(declared.guests.count + declared.holders.count)
    for guest in declared.guests.lazy.map(\.value) {
      var person = Person(
        address: guest.address,
        position: Position(guest.mark, in: declared.text),
        isGuest: true,
        grants: (guest.grants + guest.bundles).compactMap { Grant($0, in: declared.text) }
      )
      (person.reviewed, person.returned) = (guest.reviewed, guest.returned)
      people.append(person)
    }
    for holder in declared.holders {
      guard let grant = Grant(holder.grant, in: declared.text) else { continue }
      people.append(
        Person(address: holder.guest, position: grant.position, isGuest: false, grants: [grant])
      )
    }
  }
}

extension FileIdentities.Grant {
  fileprivate init?(_ reference: GrantReference, in text: SourceText) {
    guard let target = reference.target else { return nil }
    self.init(target: target, position: FileIdentities.Position(reference.mark, in: text))
  }
}

extension FileIdentities.Position {
  fileprivate init(_ mark: Mark, in text: SourceText) {
    let (line, column) = text.position(of: Int(mark.offset))
    self.init(line: line, column: column)
  }
}

extension DeclaredNames {
  /// Of a name that is there twice, the first counts.
  fileprivate init(_ declared: FileDeclarations) {
    for app in declared.apps.map(\.value) where apps[app.name] == nil {
      guard let id = app.value.id else { continue }
      apps[app.name] = id
      let groups = app.value.via.map { ($0.role.text, $0.group.value) }
      if !groups.isEmpty { via[app.name] = Dictionary(groups) { first, _ in first } }
    }
    for group in declared.groups.map(\.value) {
      groups[group.name] = groups[group.name] ?? group.value.id
    }
    for package in declared.packages.map(\.value) {
      packages[package.name] = packages[package.name] ?? package.value.id
    }
    for bundle in declared.bundles.map(\.value) {
      bundles[bundle.name] = bundle.value.grants.compactMap(\.target)
    }
    for partner in declared.partners.map(\.value) {
      partners[partner.name] = Partner(
        domains: partner.value.domains.map(\.value),
        includes: partner.value.includes.map(\.bundle).filter { !$0.isEmpty }
      )
    }
  }
}

/// Reads only identities, leniently, so that old commits still count after the format grew: unknown
/// keys, later versions and broken entries are passed over.
package struct IdentityReader: Sendable {
  private let reader: YAMLReader

  package init(limits: DeclarationLimits = DeclarationLimits()) {
    reader = YAMLReader(limits: limits.yaml)
  }

  /// Reads one file.
  package func identities(of bytes: [UInt8]) -> FileIdentities {
    let reading = reader.read(bytes)
    guard let document = reading.document else {
      let (line, column) = reading.text.position(of: reading.faults.first?.offset ?? 0)
      var identities = FileIdentities()
      identities.fault = FileIdentities.Position(line: line, column: column)
      return identities
    }
    return FileIdentities(FileDeclarations(document, identitiesOnly: true))
  }
}

extension SourcePlace {
  /// A place in a file of the folder.
  package init(_ file: String, _ position: FileIdentities.Position) {
    self.init(file: file, line: position.line, column: position.column)
  }
}
