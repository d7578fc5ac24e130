internal import Access
internal import Declarations

// The form in which the end of a walk is kept between runs.
extension ByteWriter {
  mutating func write(_ standing: FolderState.Standing) {
    let names = standing.names
    write(names.apps.sorted { $0.key < $1.key }) { $0.write($1.key, $1.value.guid) }
    write(names.via.sorted { $0.key < $1.key }) { writer, app in
      writer.write(app.key)
      writer.write(app.value.sorted { $0.key < $1.key }) { $0.write($1.key, $1.value) }
    }
    write(names.groups.sorted { $0.key < $1.key }) { $0.write($1.key, $1.value.guid) }
    write(names.packages.sorted { $0.key < $1.key }) { $0.write($1.key, $1.value.guid) }
    write(names.bundles.sorted { $0.key < $1.key }) { writer, bundle in
      writer.write(bundle.key)
      writer.write(bundle.value) { $0.write($1) }
    }
    write(names.partners.sorted { $0.key < $1.key }) { writer, partner in
      writer.write(partner.key)
      writer.write(partner.value.domains) { $0.write($1) }
      writer.write(partner.value.includes) { $0.write($1) }
    }
    write(standing.tenant) { $0.write($1.guid) }
    write(standing.several.sorted { $0.key < $1.key }) { writer, entry in
      writer.write(entry.key)
      writer.write(entry.value)
    }
  }

  private mutating func write(_ name: String, _ id: GUID) {
    write(name)
    write(id)
  }

  private mutating func write(_ name: String, _ text: String) {
    write(name)
    write(text)
  }

  private mutating func write(_ named: NamedResource) {
    switch named {
    case .role(let app, let role):
      write(byte: 0)
      write(app, role)
    case .group(let name):
      write(byte: 1)
      write(name)
    case .package(let name):
      write(byte: 2)
      write(name)
    case .groupOrPackage(let name):
      write(byte: 3)
      write(name)
    }
  }
}

extension ByteReader {
  mutating func standing() throws(Damaged) -> FolderState.Standing {
    var names = DeclaredNames()
    names.apps = try named { (reader) throws(Damaged) in AppID(try reader.guid()) }
    names.via = try named { (reader) throws(Damaged) in
      try reader.named { (reader) throws(Damaged) in try reader.text() }
    }
    names.groups = try named { (reader) throws(Damaged) in GroupID(try reader.guid()) }
    names.packages = try named { (reader) throws(Damaged) in AccessPackageID(try reader.guid()) }
    names.bundles = try named { (reader) throws(Damaged) in
      try reader.list { (reader) throws(Damaged) in try reader.namedResource() }
    }
    names.partners = try named { (reader) throws(Damaged) in
      DeclaredNames.Partner(domains: try reader.names(), includes: try reader.names())
    }
    let tenant = try optional { (reader) throws(Damaged) in TenantID(try reader.guid()) }
    let several = try list { (reader) throws(Damaged) in
      (key: try reader.key(), count: try reader.number())
    }
    return FolderState.Standing(
      names: names,
      tenant: tenant,
      several: Dictionary(several.map { ($0.key, $0.count) }) { first, _ in first }
    )
  }

  private mutating func names() throws(Damaged) -> [String] {
    try list { (reader) throws(Damaged) in try reader.text() }
  }

  private mutating func named<Value>(
    _ value: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [String: Value] {
    let pairs = try list { (reader) throws(Damaged) in
      (name: try reader.text(), value: try value(&reader))
    }
    return Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
  }

  private mutating func namedResource() throws(Damaged) -> NamedResource {
    switch try byte() {
    case 0: .role(app: try text(), role: try text())
    case 1: .group(try text())
    case 2: .package(try text())
    case 3: .groupOrPackage(try text())
    default: throw Damaged()
    }
  }
}
