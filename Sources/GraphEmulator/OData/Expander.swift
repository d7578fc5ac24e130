/// Writes what `$expand` asks for beside an object's own properties.
struct Expander {
  /// FACTS section 3: an expansion shows at most twenty objects, and no next link.
  static let limit = 20

  private let tenant: Tenant
  private let type: GraphType
  private let expansions: [(name: String, selections: [String: Selection])]

  var isEmpty: Bool { expansions.isEmpty }

  /// - Throws: 400 for what is no navigation property of the type, and for more than one of the
  ///   directory's at a time.
  init(_ context: RequestContext, _ tenant: Tenant, _ type: GraphType) throws(GraphFailure) {
    self.tenant = tenant
    self.type = type
    var expansions: [(name: String, selections: [String: Selection])] = []
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
      expansions.append((expansion.name, selections))
    }
    self.expansions = expansions
  }

  /// The expanded members of an object, ready to stand among its own.
  func members(of candidate: Candidate) -> [UInt8] {
    var out: [UInt8] = []
    for expansion in expansions {
      if !out.isEmpty { out.append(0x2C) }
      out.appendJSON(expansion.name)
      out.append(0x3A)
      append(expansion.name, expansion.selections, candidate, to: &out)
    }
    return out
  }

  private func append(
    _ name: String,
    _ selections: [String: Selection],
    _ candidate: Candidate,
    to out: inout [UInt8]
  ) {
    let property = (candidate.kind?.type ?? type).property(name)
    if candidate.kind == nil, let number = type.number(of: name) {
      // Entities beside the directory carry what is related to them.
      let fallback = property?.isCollection == true ? "[]" : "null"
      out.append(contentsOf: candidate.record[number] ?? Array(fallback.utf8)[...])
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
