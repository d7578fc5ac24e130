internal import Platform

/// Writes items as a request selects and expands them.
struct ItemWriter {
  private let tenant: Tenant
  private let list: List
  private let expansions: [QueryOptions.Expansion]
  /// What is shown, and how: of one text two rows are alike.
  private let shown: String
  private let selected: [String]?
  /// What is shown of each type that was met.
  private var columns: [String: [Column]] = [:]

  /// `(id,displayName)` where properties are selected: what `@odata.context` then says.
  let contextSuffix: String

  /// FACTS section 3: an expansion shows at most twenty objects, and no next link.
  static let expansionLimit = 20

  /// A property, and its name as JSON writes it before a value: `"name":`.
  private struct Column {
    let property: GraphProperty
    let label: [UInt8]
  }

  /// - Throws: 400 for a property or a navigation property that the type lacks.
  init(_ call: Call, _ list: List, _ tenant: Tenant) throws {
    self.tenant = tenant
    self.list = list
    expansions = call.query.expand
    let types = list.isMixed ? ObjectKind.allCases.map(\.type) : [list.type]
    let selected = call.query.select.flatMap { $0.isEmpty ? nil : $0 }
    let isBeta = call.version == "beta"
    for name in selected ?? [] where name != "*" {
      let properties = types.compactMap { $0.property(name) }
      guard properties.contains(where: { isBeta || !$0.isBeta }) else {
        throw GraphFailure.unknownProperty(name, list.type)
      }
    }
    self.selected = selected
    for expansion in expansions { try Self.check(expansion, list.type) }
    let names = (selected ?? ["*"]) + list.alsoShown
    shown = "\(list.isMixed) \(names.joined(separator: ","))"
    let listed = (selected ?? []) + expansions.map { "\($0.name)()" }
    contextSuffix = listed.isEmpty ? "" : "(\(listed.joined(separator: ",")))"
  }

  /// The properties of a type that are shown, in the order of their names.
  private static func columns(
    of type: GraphType,
    _ selected: [String]?,
    also: [String] = []
  ) -> [Column] {
    var properties = type.properties
    if let selected, !selected.contains("*") {
      properties = Set(selected + also).sorted().compactMap { type.property($0) }
    } else {
      let shown = ObjectKind(rawValue: type.name)?.traits.shown
      properties = properties.filter { property in
        also.contains(property.name) || selected?.contains(property.name) == true
          || !property.isBeta
            && (shown?.contains(property.name) ?? (property.name != "deletedDateTime"))
      }
    }
    return properties.filter { !$0.isNavigation }.map { property in
      var label: [UInt8] = []
      label.appendMember(property.name)
      return Column(property: property, label: label)
    }
  }

  /// Checks an expansion, and those within it, against the type that it expands.
  // Recursion is bounded by the depth of the query option.
  private static func check(_ expansion: QueryOptions.Expansion, _ type: GraphType) throws {
    guard let property = type.property(expansion.name), property.isNavigation else {
      throw GraphFailure.badRequest(
        "Parsing OData Select and Expand failed: Could not find a property named "
          + "'\(expansion.name)' on type 'microsoft.graph.\(type.name)'."
      )
    }
    guard case .named(let name) = property.kind else { return }
    for inner in expansion.expand { try check(inner, GraphTypes.known(name)) }
  }

  /// Appends `{…}`, with some members before those of the item.
  mutating func append(_ item: Item, before: [UInt8] = [], to out: inout [UInt8]) {
    out.append(0x7B)
    let start = out.count
    out.append(contentsOf: before)
    let row = row(item)
    if !row.isEmpty { Self.separate(&out, start) }
    out.append(contentsOf: row)
    for expansion in expansions {
      Self.separate(&out, start)
      out.appendMember(expansion.name)
      expanded(expansion, of: item).append(to: &out)
    }
    out.append(0x7D)
  }

  /// The members of an item without what is expanded, as they were written before or anew.
  private mutating func row(_ item: Item) -> [UInt8] {
    if let row = item.row?.withLock({ $0 }), row.columns == shown { return row.bytes }
    let bytes = write(item)
    item.row?.withLock { $0 = .init(columns: shown, bytes: bytes) }
    return bytes
  }

  private mutating func write(_ item: Item) -> [UInt8] {
    var bytes: [UInt8] = []
    if list.isMixed, item.object != nil {
      bytes.appendMember("@odata.type", "#microsoft.graph.\(item.type.name)")
    }
    let columns =
      columns[item.type.name] ?? Self.columns(of: item.type, selected, also: list.alsoShown)
    self.columns[item.type.name] = columns
    for column in columns {
      Self.append(column, item.properties[column.property.name], 0, &bytes)
    }
    return bytes
  }

  private static func separate(_ out: inout [UInt8], _ start: Int) {
    if out.count > start { out.append(0x2C) }
  }

  /// Appends a member; one that the item lacks is an empty list or null, if it can be either.
  private static func append(
    _ column: Column,
    _ value: JSONValue?,
    _ start: Int,
    _ out: inout [UInt8]
  ) {
    let property = column.property
    guard let value = value ?? (property.isCollection ? [] : property.isNullable ? .null : nil)
    else { return }
    separate(&out, start)
    out.append(contentsOf: column.label)
    value.append(to: &out)
  }

  private func expanded(_ expansion: QueryOptions.Expansion, of item: Item) -> JSONValue {
    let property = item.type.property(expansion.name)
    let isCollection = property?.isCollection ?? false
    guard let id = item.object else {
      // Entities beside the directory carry what is related to them.
      guard let stored = item.properties[expansion.name], case .named(let type)? = property?.kind
      else { return isCollection ? [] : .null }
      return Self.shown(stored, type, expansion)
    }
    let related = tenant.related(expansion.name, to: id, limit: Self.expansionLimit)
    let shown = related.map { one -> JSONValue in
      var bytes: [UInt8] = [0x7B]
      if one.object != nil {
        bytes.appendMember("@odata.type", "#microsoft.graph.\(one.type.name)")
      }
      for column in Self.columns(of: one.type, expansion.select) {
        Self.append(column, one.properties[column.property.name], 1, &bytes)
      }
      return .verbatim(bytes + [0x7D])
    }
    return isCollection ? .array(shown) : shown.first ?? .null
  }

  /// What an entity carries of a related one, as far as an expansion asks for it.
  // Recursion is bounded by the depth of the query option and of what is stored.
  private static func shown(
    _ value: JSONValue,
    _ typeName: String,
    _ asked: QueryOptions.Expansion
  ) -> JSONValue {
    if let elements = value.array { return .array(elements.map { shown($0, typeName, asked) }) }
    guard let members = value.members, let type = GraphTypes.named(typeName) else { return value }
    var object: [String: JSONValue] = [:]
    for (name, value) in members {
      guard let property = type.property(name) else { continue }
      if !property.isNavigation {
        if asked.select?.contains(name) ?? true { object[name] = value }
      } else if case .named(let inner) = property.kind,
        let nested = asked.expand.first(where: { $0.name == name })
      {
        object[name] = shown(value, inner, nested)
      }
    }
    return .object(object)
  }
}

extension Tenant {
  /// What a navigation property of a directory object leads to.
  fileprivate func related(_ name: String, to id: ObjectID, limit: Int) -> [Item] {
    let ids: [ObjectID]
    switch name {
    case "members": ids = members.rights(of: id) + roleMembers.rights(of: id)
    case "owners": ids = owners.rights(of: id)
    case "sponsors": ids = sponsors.rights(of: id)
    case "manager": ids = managers.rights(of: id)
    case "directReports": ids = managers.lefts(of: id)
    case "memberOf": ids = members.lefts(of: id) + roleMembers.lefts(of: id)
    case "transitiveMemberOf": ids = transitiveGroups(of: id)
    case "transitiveMembers": ids = transitiveMembers(of: id)
    case "ownedObjects": ids = owners.lefts(of: id)
    case "appRoleAssignments", "appRoleAssignedTo":
      let isOfResource = name == "appRoleAssignedTo"
      return assignments.after(0, of: id, isOfResource: isOfResource).lazy
        .compactMap { item($0) }.prefix(limit).map { $0 }
    default: ids = []
    }
    return ids.lazy.compactMap { live($0) }.prefix(limit).map { Item($0) }
  }
}
