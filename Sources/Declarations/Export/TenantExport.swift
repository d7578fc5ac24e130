package import Access

/// The files that declare what a tenant holds and no declaration names.
package struct TenantExport: Sendable {
  /// New and changed files, by path.
  package private(set) var files: [File] = []
  package private(set) var omissions: [ExportOmission] = []
  /// Guests who are declared anew.
  package private(set) var guests: [EmailAddress] = []
  /// Grants that are declared anew, of declared guests, too.
  package private(set) var grants: [GrantKey] = []
  /// Whose accounts the export is about, by the address under which they are declared.
  package private(set) var accounts: [EmailAddress: UserID] = [:]

  package struct File: Hashable, Sendable {
    /// Below the folder of the declarations.
    package var path: String
    package var bytes: [UInt8]
    package var isNew: Bool
    package var contents = Contents()
  }

  /// What an export adds to a file.
  package struct Contents: Hashable, Sendable {
    package var declaresTenant = false
    package var resources = 0
    package var guests = 0
    package var grants = 0
  }

  private let source: ExportSource
  private var edited: [String: [UInt8]]
  private var contents: [String: Contents] = [:]

  package init(_ source: ExportSource, without refusals: ExportRefusals = ExportRefusals()) {
    self.source = source
    edited = Dictionary(
      source.files.map { ($0.path, $0.bytes) },
      uniquingKeysWith: { first, _ in first }
    )
    let found = ExportedGuests(source, without: refusals)
    var omissions = found.omissions
    let declared = source.declared
    let catalog = ExportCatalog(
      found.guests,
      source.state,
      beside: declared?.catalog ?? Catalog()
    )
    let partners = PartnerDomains(declared?.partners ?? [:])
    let homes = declared.map { Self.files(of: $0) } ?? [:]
    var written: [ExportedGuest] = []
    var strangers: [ExportedGuest] = []
    var groups: [String: [ExportedGuest]] = [:]
    for guest in found.guests {
      if let entry = guest.entry {
        groups[entry.place.file, default: []].append(guest)
      } else if let file = partners.partner(of: guest.address.domain).flatMap({ homes[$0] }) {
        groups[file, default: []].append(guest)
      } else {
        strangers.append(guest)
      }
    }
    for (file, guests) in groups.sorted(by: { $0.key < $1.key }) {
      if add(guests, to: file, catalog) {
        written += guests
      } else {
        for guest in guests {
          omissions[ExportOmission(.unwritableFile, guest.address.normalised, file)] = 1
        }
      }
    }
    for partner in ExportedPartners(
      strangers,
      beside: declared.map { Array($0.partners.keys) } ?? []
    )
    .partners {
      create(partner, catalog)
      written += partner.guests
    }
    addCatalog(written, catalog)
    if declared == nil { addTenant() }
    finish(written, omissions)
  }

  /// The file of each partner's guests: where most of them are, or where the partner is.
  private static func files(of declared: DesiredState) -> [PartnerName: String] {
    var counts: [PartnerName: [String: Int]] = [:]
    for guest in declared.guests {
      counts[guest.partner, default: [:]][guest.place.file, default: 0] += 1
    }
    return Dictionary(
      declared.partners.map { name, partner in
        let most = counts[name]?.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return (name, most?.key ?? partner.place.file)
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private mutating func finish(_ written: [ExportedGuest], _ omissions: [ExportOmission: Int]) {
    self.omissions = omissions.map { omission, count in
      var omission = omission
      omission.count = count
      return omission
    }.sorted()
    for guest in written {
      if guest.entry == nil { guests.append(guest.address) }
      accounts[guest.address] = guest.account.id
      grants += guest.grants.map { GrantKey(guest: guest.address, resource: $0) }
    }
    let old = Dictionary(
      source.files.map { ($0.path, $0.bytes) },
      uniquingKeysWith: { first, _ in first }
    )
    files = contents.keys.sorted().compactMap { path in
      guard let bytes = edited[path], old[path] != bytes else { return nil }
      return File(
        path: path,
        bytes: bytes,
        isNew: old[path] == nil,
        contents: contents[path] ?? Contents()
      )
    }
  }

  /// All files as they are after the export.
  package var allFiles: [SourceFile] {
    edited.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, bytes: $0.value) }
  }

  // MARK: - Guests

  /// Adds guests, and grants of guests who are there, to a file; false where it cannot be edited.
  private mutating func add(
    _ guests: [ExportedGuest],
    to file: String,
    _ catalog: ExportCatalog
  ) -> Bool {
    guard var editor = edited[file].flatMap({ DeclarationEditor($0) }) else { return false }
    let new = guests.filter { $0.entry == nil }
    let items = new.map { ($0.address.normalised, entry(of: $0, catalog)) }
    if !items.isEmpty, !editor.insert(items, into: [.key("guests")]) { return false }
    for guest in guests where guest.entry != nil {
      let place = [DeclarationEditor.Step.key("guests"), .item(guest.address.normalised)]
      for (key, names) in Self.grants(of: guest, catalog) {
        for name in names {
          guard editor.set(.text(name), at: place + [.key(key), .item(name)]) else { return false }
        }
      }
    }
    edited[file] = editor.bytes
    contents[file, default: Contents()].count(guests)
    return true
  }

  private mutating func create(_ partner: ExportedPartners.Partner, _ catalog: ExportCatalog) {
    // Where paths say who may declare what, only files directly in the folder may declare a partner.
    let folder = source.hasAuthority ? "" : "partners/"
    let path = freePath("\(folder)\(partner.name)")
    var settings: [DeclarationValue.Pair] = [.init("domains", .texts(partner.domains))]
    let sponsors = Set(partner.guests.map(\.sponsors))
    let shared = partner.guests.count > 1 && sponsors.count == 1 ? sponsors.first ?? [] : []
    if !shared.isEmpty { settings.append(.init("sponsor", Self.sponsors(shared))) }
    let head = DeclarationValue.mapping([
      .init("partners", .mapping([.init(partner.name, .mapping(settings))]))
    ])
    let items = partner.guests.map { guest in
      var guest = guest
      if !shared.isEmpty { guest.sponsors = [] }
      return entry(of: guest, catalog).itemLines(indent: 2).map { "\($0)\n" }.joined()
    }
    edited[path] = head.file + Array("\nguests:\n\(items.joined(separator: "\n"))".utf8)
    contents[path, default: Contents()].count(partner.guests)
  }

  private func entry(of guest: ExportedGuest, _ catalog: ExportCatalog) -> DeclarationValue {
    var pairs: [DeclarationValue.Pair] = [.init("email", .text(guest.address.normalised))]
    if let name = guest.name { pairs.append(.init("name", .text(name))) }
    pairs.append(.init("id", .text(guest.account.id.description)))
    if !guest.sponsors.isEmpty { pairs.append(.init("sponsor", Self.sponsors(guest.sponsors))) }
    for (key, names) in Self.grants(of: guest, catalog) {
      pairs.append(.init(key, .texts(names)))
    }
    if !guest.account.isEnabled {
      pairs.append(.init("blocked", .text("was blocked when it was exported")))
    }
    return .mapping(pairs)
  }

  private static func sponsors(_ addresses: [EmailAddress]) -> DeclarationValue {
    addresses.count == 1
      ? .text(addresses[0].normalised) : .texts(addresses.map(\.normalised))
  }

  /// The names of a guest's grants by the key that they are under.
  private static func grants(
    of guest: ExportedGuest,
    _ catalog: ExportCatalog
  ) -> [(key: String, names: [String])] {
    var names: [String: [String]] = [:]
    for resource in guest.grants {
      switch resource {
      case .appRole(let app, let role):
        if let alias = catalog.apps[app] { names["apps", default: []].append("\(alias):\(role)") }
      case .group(let id):
        if let alias = catalog.groups[id] { names["groups", default: []].append(alias) }
      case .package(let id):
        if let alias = catalog.packages[id] { names["packages", default: []].append(alias) }
      }
    }
    return ["apps", "groups", "packages"].compactMap { key in
      names[key].map { (key, $0.sorted()) }
    }
  }

  // MARK: - Tenant and catalog

  private mutating func addTenant() {
    let tenant = source.tenant
    var settings: [DeclarationValue.Pair] = [
      .init("id", .text(tenant.id.description)), .init("name", .text(tenant.name)),
      .init("domains", .texts(tenant.domains.sorted())),
    ]
    if tenant.cloud != .global { settings.append(.init("cloud", .text(tenant.cloud.rawValue))) }
    settings.append(.init("ref", .text(tenant.ref)))
    let path = freePath("guestlist")
    let value = DeclarationValue.mapping([.init("tenant", .mapping(settings))])
    edited[path] = Array("version: 1\n\n".utf8) + value.file
    contents[path, default: Contents()].declaresTenant = true
  }

  private mutating func addCatalog(_ guests: [ExportedGuest], _ catalog: ExportCatalog) {
    let used = Set(guests.flatMap(\.grants))
    let usedApps = Set(used.compactMap { if case .appRole(let app, _) = $0 { app } else { nil } })
    let known = source.declared?.catalog ?? Catalog()
    var entries: [(section: String, alias: String, value: DeclarationValue, file: String?)] = []
    let appFile = known.apps.values.map(\.place.file).min()
    let groupFile = known.groups.values.map(\.place.file).min() ?? appFile
    for (id, alias) in catalog.apps where known.apps[alias]?.id != id && usedApps.contains(id) {
      guard let app = source.state.apps[id] else { continue }
      var pairs: [DeclarationValue.Pair] = [.init("appId", .text(id.description))]
      pairs += Self.name(app.displayName)
      let roles = AppRoles(app).values
      if !roles.isEmpty { pairs.append(.init("roles", .texts(roles.map(\.text)))) }
      entries.append(("apps", alias, .mapping(pairs), appFile))
    }
    for (id, alias) in catalog.groups
    where known.groups[alias]?.id != id && used.contains(.group(id)) {
      let pairs = Self.name(source.state.groups[id]?.displayName ?? "")
      entries.append(
        ("groups", alias, .mapping([.init("id", .text(id.description))] + pairs), groupFile)
      )
    }
    for (id, alias) in catalog.packages
    where known.packages[alias]?.id != id && used.contains(.package(id)) {
      guard let package = source.state.packages[id], let policy = package.policy else { continue }
      let pairs: [DeclarationValue.Pair] = [
        .init("id", .text(id.description)), .init("policy", .text(policy.description)),
      ]
      entries.append(
        (
          "packages", alias, .mapping(pairs + Self.name(package.displayName)),
          known.packages.values.map(\.place.file).min() ?? groupFile
        )
      )
    }
    write(entries.sorted { ($0.section, $0.alias) < ($1.section, $1.alias) })
  }

  private mutating func write(
    _ entries: [(section: String, alias: String, value: DeclarationValue, file: String?)]
  ) {
    var created: [(section: String, alias: String, value: DeclarationValue)] = []
    for entry in entries {
      let path: [DeclarationEditor.Step] = [.key(entry.section), .key(entry.alias)]
      guard let file = entry.file, var editor = edited[file].flatMap({ DeclarationEditor($0) }),
        editor.set(entry.value, at: path)
      else {
        created.append((entry.section, entry.alias, entry.value))
        continue
      }
      edited[file] = editor.bytes
      contents[file, default: Contents()].resources += 1
    }
    guard !created.isEmpty else { return }
    let file = freePath("catalog")
    let sections = ["apps", "groups", "packages"].compactMap { name -> String? in
      let pairs = created.filter { $0.section == name }
        .map { DeclarationValue.Pair($0.alias, $0.value) }
      guard !pairs.isEmpty else { return nil }
      let value = DeclarationValue.mapping([.init(name, .mapping(pairs))])
      return String(decoding: value.file, as: UTF8.self)
    }
    edited[file] = Array(sections.joined(separator: "\n").utf8)
    contents[file, default: Contents()].resources += created.count
  }

  /// The name of something, where declarations can hold it.
  private static func name(_ text: String) -> [DeclarationValue.Pair] {
    let value = DeclarationValue.mapping([.init("name", .text(text))])
    let isReadable =
      !text.contains(where: \.isNewline) && text.contains { $0 != " " && $0 != "\t" }
      && DeclarationEditor(value.file) != nil
    return isReadable ? [.init("name", .text(text))] : []
  }

  /// The path of a new file of some name, or one like it.
  private func freePath(_ name: String) -> String {
    var free = FreeNames(
      edited.keys.map { path in
        String(path.lowercased().dropLast(path.hasSuffix(".yaml") ? 5 : 4))
      }
    )
    return "\(free.take([name])).yaml"
  }
}

extension TenantExport.Contents {
  fileprivate mutating func count(_ guests: [ExportedGuest]) {
    self.guests += guests.count { $0.entry == nil }
    grants += guests.reduce(0) { $0 + $1.grants.count }
  }
}
