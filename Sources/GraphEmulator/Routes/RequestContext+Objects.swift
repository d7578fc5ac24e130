extension RequestContext {
  /// Finds the object that a key in the path names, by identifier or by an alternate key.
  ///
  /// - Throws: 404 where there is none of the kind.
  func object(
    _ index: Int,
    _ kind: ObjectKind,
    in tenant: Tenant
  ) throws(GraphFailure) -> Handle {
    let key = keys[index]
    let handle: Handle? =
      switch key {
      case .id(let text):
        ObjectID(text).flatMap { tenant.live($0, kind) }
          ?? (kind == .user ? liveMatch(kind, "userPrincipalName", text, tenant) : nil)
      case .alternate(let name, let value):
        Self.alternateKeys[kind]?.contains(name) == true
          ? liveMatch(kind, name, value, tenant) : nil
      }
    if let handle { return handle }
    // FACTS section 1.6: what a change of an account says that is too fresh.
    if method == "PATCH", let id = ObjectID(key.text), let fresh = tenant.handles[id],
      tenant.lag.isHidden(fresh)
    {
      throw .notYetThere
    }
    throw .notFound(key.text)
  }

  /// Finds any live directory object.
  func anyObject(_ index: Int, in tenant: Tenant) throws(GraphFailure) -> Handle {
    guard let id = ObjectID(keys[index].text), let handle = tenant.live(id) else {
      throw .notFound(keys[index].text)
    }
    return handle
  }

  private func liveMatch(
    _ kind: ObjectKind,
    _ property: String,
    _ text: String,
    _ tenant: Tenant
  ) -> Handle? {
    tenant.find(kind, property, text).first { handle in
      tenant.isLive(handle) && tenant.text(handle, property)?.lowercased() == text.lowercased()
    }
  }

  private static let alternateKeys: [ObjectKind: [String]] = [
    .servicePrincipal: ["appId"], .application: ["appId"], .group: ["uniqueName"],
    .user: ["userPrincipalName"],
  ]

  /// Reads `{"@odata.id": "https://…/directoryObjects/{id}"}`.
  func reference() throws(GraphFailure) -> ObjectID {
    let members = try members()
    guard let url = members.first(where: { $0.name == "@odata.id" })?.value.string else {
      throw .badRequest("The request body must contain the '@odata.id' of the object to reference.")
    }
    return try Self.referenced(url)
  }

  /// The identifier at the end of an object's URL, in a segment or in parentheses.
  static func referenced(_ url: String) throws(GraphFailure) -> ObjectID {
    let last = url.split(separator: "/").last ?? ""
    let inner = last.split(whereSeparator: { "('\")".contains($0) }).last ?? ""
    guard let id = ObjectID(inner) else {
      throw .badRequest("Invalid URL format specified in payload.")
    }
    return id
  }
}

extension ListSource {
  /// All live objects of a kind.
  static func all(_ kind: ObjectKind, _ context: String, _ tenant: Tenant) -> ListSource {
    ListSource(type: kind.type, context: context, indexedKind: kind) { after, limit in
      tenant.candidates(kind, after: after, limit: limit)
    }
  }

  /// The directory objects on the right of a relation, each saying of which kind it is.
  static func related(
    _ relation: Relation,
    of handle: Handle,
    _ tenant: Tenant
  ) -> ListSource {
    ListSource(
      type: GraphTypes.known("directoryObject"),
      context: "directoryObjects",
      annotates: true
    ) { after, limit in tenant.candidates(relation, of: handle, after: after, limit: limit) }
  }

  /// The same, of one kind only.
  static func related(
    _ relation: Relation,
    of handle: Handle,
    cast kind: ObjectKind,
    _ context: String,
    _ tenant: Tenant
  ) -> ListSource {
    ListSource(type: kind.type, context: context) { after, limit in
      tenant.candidates(relation, of: handle, after: after, limit: limit) { $0 == kind }
    }
  }

  /// Objects that were found already, in order.
  static func found(
    _ candidates: [Candidate],
    type: GraphType,
    context: String,
    annotates: Bool
  ) -> ListSource {
    ListSource(type: type, context: context, annotates: annotates) { after, limit in
      let start = candidates.partitioningIndex { $0.cursor > after }
      return Array(candidates[start...].prefix(limit))
    }
  }
}
