internal import Access
package import Declarations

// What a file declares.
extension StoredRecord {
  package init(_ file: FileIdentities) {
    self.init()
    write(file.fault) { $0.write($1) }
    write(file.tenant) { $0.write($1.guid) }
    write(list: file.formerly) { $0.write($1) }
    write(list: file.names.apps) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.via) { record, app in
      record.write(app.key)
      record.write(list: app.value) {
        $0.write($1.key); $0.write($1.value)
      }
    }
    write(list: file.names.groups) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.packages) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.bundles) { record, bundle in
      record.write(bundle.key)
      record.write(list: bundle.value) { $0.write($1) }
    }
    write(list: file.names.partners) { record, partner in
      record.write(partner.key)
      record.write(list: partner.value.domains) { $0.write($1) }
      record.write(list: partner.value.includes) { $0.write($1) }
    }
    write(list: file.people) { $0.write($1) }
  }

  package func identities() throws(Damaged) -> FileIdentities {
    var record = self
    var file = FileIdentities()
    file.fault = try record.optional { (record) throws(Damaged) in try record.position() }
    file.tenant = try record.optional { (record) throws(Damaged) in TenantID(try record.guid()) }
    file.formerly = try record.list { (record) throws(Damaged) in try record.text() }
    file.names.apps = try record.dictionary { (record) throws(Damaged) in AppID(try record.guid()) }
    file.names.via = try record.dictionary { (record) throws(Damaged) in
      try record.dictionary { (record) throws(Damaged) in try record.text() }
    }
    file.names.groups = try record.dictionary { (record) throws(Damaged) in
      GroupID(try record.guid())
    }
    file.names.packages = try record.dictionary { (record) throws(Damaged) in
      AccessPackageID(try record.guid())
    }
    file.names.bundles = try record.dictionary { (record) throws(Damaged) in
      try record.list { (record) throws(Damaged) in try record.named() }
    }
    file.names.partners = try record.dictionary { (record) throws(Damaged) in
      DeclaredNames.Partner(
        domains: try record.list { (record) throws(Damaged) in try record.text() },
        includes: try record.list { (record) throws(Damaged) in try record.text() }
      )
    }
    file.people = try record.list { (record) throws(Damaged) in try record.person() }
    return file
  }

  private mutating func write(_ position: FileIdentities.Position) {
    write(position.line)
    write(position.column)
  }

  private mutating func position() throws(Damaged) -> FileIdentities.Position {
    FileIdentities.Position(line: try number(), column: try number())
  }

  private mutating func write(_ person: FileIdentities.Person) {
    write(person.address.normalised)
    write(person.position)
    write(person.isGuest ? 1 : 0)
    write(list: person.grants) {
      $0.write($1.target); $0.write($1.position)
    }
    write(person.reviewed) { $0.write(Int($1.seconds)) }
    write(person.returned) { $0.write(Int($1.seconds)) }
  }

  private mutating func person() throws(Damaged) -> FileIdentities.Person {
    var person = FileIdentities.Person(
      address: try address(),
      position: try position(),
      isGuest: try number(below: 2) == 1,
      grants: try list { (record) throws(Damaged) in
        FileIdentities.Grant(target: try record.named(), position: try record.position())
      }
    )
    person.reviewed = try optional { (record) throws(Damaged) in try record.moment() }
    person.returned = try optional { (record) throws(Damaged) in try record.moment() }
    return person
  }

  private mutating func write(_ target: NamedResource) {
    let (kind, name): (Int, String)
    switch target {
    case .role(let app, let role):
      write(0)
      write(role)
      return write(app)
    case .group(let text): (kind, name) = (1, text)
    case .package(let text): (kind, name) = (2, text)
    case .groupOrPackage(let text): (kind, name) = (3, text)
    case .bundle(let text): (kind, name) = (4, text)
    }
    write(kind)
    write(name)
  }

  private mutating func named() throws(Damaged) -> NamedResource {
    switch try number() {
    case 0:
      let role = try text()
      return .role(app: try text(), role: role)
    case 1: return .group(try text())
    case 2: return .package(try text())
    case 3: return .groupOrPackage(try text())
    case 4: return .bundle(try text())
    default: throw Damaged()
    }
  }
}
