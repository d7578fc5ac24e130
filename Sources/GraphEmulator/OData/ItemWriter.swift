/// Writes objects as a request selects them.
struct ItemWriter {
  private let context: RequestContext
  private let tenant: Tenant
  private let selections: [String: Selection]
  private let annotates: Bool
  private let typeName: String
  private let expander: Expander

  /// `(id,displayName)` where properties are selected: what `@odata.context` then says.
  let contextSuffix: String

  /// - Throws: 400 for a property that the type lacks.
  init(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ source: ListSource
  ) throws(GraphFailure) {
    self.context = context
    self.tenant = tenant
    annotates = source.annotates
    typeName = source.type.name
    let mixed = source.type.name == "directoryObject"
    let types = mixed ? ObjectKind.allCases.map(\.type) : [source.type]
    let selected = context.query.select.flatMap { $0.isEmpty ? nil : $0 }
    for name in selected ?? [] where name != "*" {
      guard types.contains(where: { $0.number(of: name) != nil }) else {
        throw .unknownProperty(name, source.type)
      }
    }
    var selections: [String: Selection] = [:]
    for type in types {
      let names = selected.map { $0.contains("*") ? DefaultProperties.names(of: type) + $0 : $0 }
      selections[type.name] = Selection(
        of: type,
        names ?? DefaultProperties.names(of: type) + source.moreDefaults
      )
    }
    self.selections = selections
    expander = try Expander(context, tenant, source.type)
    let shown = (selected ?? []) + context.query.expand.map { "\($0.name)()" }
    contextSuffix = shown.isEmpty ? "" : "(\(shown.joined(separator: ",")))"
  }

  func append(_ candidate: Candidate, to out: inout [UInt8]) {
    let name = candidate.kind?.typeName ?? typeName
    guard let selection = selections[name] ?? selections[typeName] else { return }
    candidate.record.append(
      selection,
      prefix: annotates ? candidate.kind?.annotationJSON ?? [] : [],
      suffix: expander.isEmpty ? [] : expander.members(of: candidate),
      to: &out
    )
  }

  /// Answers a request for one object.
  static func reply(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ source: ListSource,
    _ candidate: Candidate,
    status: Int = 200,
    isSingleton: Bool = false
  ) throws(GraphFailure) -> Reply {
    let writer = try ItemWriter(context, tenant, source)
    var members: [UInt8] = []
    members.appendMember(
      "@odata.context",
      "\(context.metadata)\(source.context)\(writer.contextSuffix)\(isSingleton ? "" : "/$entity")"
    )
    if source.annotates, let kind = candidate.kind {
      members.append(0x2C)
      members.append(contentsOf: kind.annotationJSON)
    }
    let name = candidate.kind?.typeName ?? source.type.name
    guard let selection = writer.selections[name] ?? writer.selections[source.type.name] else {
      throw .notFound(name)
    }
    var out: [UInt8] = []
    let suffix = writer.expander.isEmpty ? [] : writer.expander.members(of: candidate)
    candidate.record.append(selection, prefix: members, suffix: suffix, to: &out)
    return Reply(status, out)
  }
}
