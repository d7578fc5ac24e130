/// Writes what `$expand` asks for beside an object's own properties.
struct Expander {
  /// FACTS section 3: an expansion shows at most twenty objects, and no next link.
  static let limit = 20

  private let tenant: Tenant
  private let type: GraphType
  private let expansions: [(asked: QueryOptions.Expansion, selections: [String: Selection])]

  var isEmpty: Bool { expansions.isEmpty }

  /// - Throws: 400 for what is no navigation property of the type, and for more than one of the
  ///   directory's at a time.
  init(_ context: RequestContext, _ tenant: Tenant, _ type: GraphType) throws(GraphFailure) {
    self.tenant = tenant
    self.type = type
    var expansions: [(asked: QueryOptions.Expansion, selections: [String: Selection])] = []
    for expansion in context.query.expand {
      guard let property = type.property(expansion.name), property.isNavigation else {
        throw .badRequest(
          "Parsing OData Select and Expand failed: Could not find a property named "
            + "'\(expansion.name)' on type 'microsoft.graph.\(type.name)'."
        )
      }
      var selections: [String: Selection] = [:]
      for kind in ObjectKind.allCases {
        let names = expansion.select ?? DefaultProperties.names(of: kind.type)
        selections[kind.typeName] = Selection(of: kind.type, names)
      }
      let assignment = GraphTypes.known("appRoleAssignment")
      selections[assignment.name] = Selection(
        of: assignment,
        expansion.select ?? DefaultProperties.names(of: assignment)
      )
      try Self.check(expansion.expand, property)
      expansions.append((expansion, selections))
    }
    self.expansions = expansions
  }

  /// Holds nested expansions to the type of what they are nested in.
  // Recursion is bounded by the depth of the query option.
  private static func check(
    _ expansions: [QueryOptions.Expansion],
    _ property: GraphProperty
  ) throws(GraphFailure) {
    guard case .named(let name) = property.kind else { return }
    let type = GraphTypes.known(name)
    for expansion in expansions {
      guard let inner = type.property(expansion.name), inner.isNavigation else {
        throw .badRequest(
          "Parsing OData Select and Expand failed: Could not find a property named "
            + "'\(expansion.name)' on type 'microsoft.graph.\(name)'."
        )
      }
      try check(expansion.expand, inner)
    }
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
    return .object(
      members.compactMap { member in
        guard let property = type.property(member.name) else { return nil }
        guard property.isNavigation else {
          return asked.select.map { $0.contains(member.name) } ?? true ? member : nil
        }
        guard case .named(let inner) = property.kind,
          let nested = asked.expand.first(where: { $0.name == member.name })
        else { return nil }
        return .init(member.name, shown(member.value, inner, nested))
      }
    )
  }

  /// The expanded members of an object, ready to stand among its own.
  func members(of candidate: Candidate) -> [UInt8] {
    var out: [UInt8] = []
    for expansion in expansions {
      if !out.isEmpty { out.append(0x2C) }
      out.appendJSON(expansion.asked.name)
      out.append(0x3A)
      append(expansion.asked, expansion.selections, candidate, to: &out)
    }
    return out
  }

  private func append(
    _ asked: QueryOptions.Expansion,
    _ selections: [String: Selection],
    _ candidate: Candidate,
    to out: inout [UInt8]
  ) {
    let name = asked.name
    let property = (candidate.kind?.type ?? type).property(name)
    if candidate.kind == nil, let number = type.number(of: name) {
      // Entities beside the directory carry what is related to them.
      let fallback = property?.isCollection == true ? "[]" : "null"
      guard let stored = candidate.record[number], let value = try? JSONParser.parse(Array(stored)),
        case .named(let typeName)? = property?.kind
      else { return out.append(contentsOf: fallback.utf8) }
      Self.shown(value, typeName, asked).append(to: &out)
      return
    }
    guard let handle = candidate.handle, property?.isCollection == true else {
      out.append(contentsOf: (property?.isCollection == true ? "[]" : "null").utf8)
      return
    }
    out.append(0x5B)
    for (index, item) in related(handle, name).prefix(Self.limit).enumerated() {
      if index > 0 { out.append(0x2C) }
      let typeName = item.kind?.typeName ?? "appRoleAssignment"
      guard let selection = selections[typeName] else { continue }
      item.record.append(selection, prefix: item.kind?.annotationJSON ?? [], to: &out)
    }
    out.append(0x5D)
  }

  private func related(_ handle: Handle, _ name: String) -> [Candidate] {
    switch name {
    case "members": tenant.candidates(tenant.members.rights(of: handle))
    case "owners": tenant.candidates(tenant.owners.rights(of: handle))
    case "sponsors": tenant.candidates(tenant.sponsors.rights(of: handle))
    case "memberOf": tenant.candidates(tenant.members.lefts(of: handle))
    case "ownedObjects": tenant.candidates(tenant.owners.lefts(of: handle))
    case "appRoleAssignments":
      tenant.assignments.of(principal: handle).compactMap { tenant.candidate($0) }
    case "appRoleAssignedTo":
      tenant.assignments.on(resource: handle, limit: Self.limit).compactMap { tenant.candidate($0) }
    default: []
    }
  }
}
