/// The operations that the kinds of directory objects have in common: list, count, read, create,
/// change, delete.
struct ObjectOperations: Sendable {
  let kind: ObjectKind

  private var path: String { "/\(kind.traits.path)" }

  func list(units: Int = 1, _ permissions: AcceptedPermissions) -> Operation {
    Operation("GET \(path)", units: units, permissions) { call, tenant in
      try call.page(.all(kind, in: tenant), tenant)
    }
  }

  func count(_ permissions: AcceptedPermissions) -> Operation {
    Operation("GET \(path)/$count", permissions) { call, tenant in
      try call.count(.all(kind, in: tenant), tenant)
    }
  }

  func read(_ permissions: AcceptedPermissions) -> Operation {
    Operation("GET \(path)/{}", permissions) { call, tenant in
      try call.object(call.object(kind, in: tenant), tenant)
    }
  }

  /// A creation, in which members and owners may be bound at once; `defaults` are what the service
  /// adds, and may refuse.
  func create(
    _ permissions: AcceptedPermissions,
    required: [String],
    _ defaults: @escaping @Sendable (RequestBody, inout Tenant) throws -> [String: JSONValue]
  ) -> Operation {
    Operation("POST \(path)", permissions) { call, tenant in
      let body = try call.readBody()
      let values = try body.values(of: kind.type)
      try body.require(required, of: kind.traits.directoryName)
      let added = try defaults(body, &tenant)
      let bound = try ["members", "owners"].map { name in
        try (body["\(name)@odata.bind"]?.array ?? []).map { try tenant.referenced($0.string) }
      }
      guard bound.joined().count <= Groups.bindLimit else { throw GraphFailure.tooManyReferences }
      try tenant.requireRoom()
      let object = tenant.insert(kind, added.merging(values) { _, given in given })
      for member in bound[0] { tenant.members.insert(object.id, member.id) }
      for owner in bound[1] { tenant.owners.insert(object.id, owner.id) }
      tenant.audit(call, "Add \(kind.traits.auditName)", kind, "Add", [object.id])
      return try call.object(object, tenant, isNew: true)
    }
  }

  func change(_ permissions: AcceptedPermissions) -> Operation {
    Operation("PATCH \(path)/{}", permissions) { call, tenant in
      let object = try call.object(kind, in: tenant)
      try tenant.change(object, call.readBody(), call)
      return .noContent
    }
  }

  func delete(_ permissions: AcceptedPermissions) -> Operation {
    Operation("DELETE \(path)/{}", permissions) { call, tenant in
      try tenant.delete(call.object(kind, in: tenant), call)
      return .noContent
    }
  }
}

extension Tenant {
  /// Changes an object as a call's body says; `derived` follow from that.
  mutating func change(
    _ object: DirectoryObject,
    _ body: RequestBody,
    _ call: Call,
    _ derived: [String: JSONValue] = [:]
  ) throws {
    let values = try body.values(of: object.kind.type).merging(derived) { _, derived in derived }
    // Members that are bound have entries of their own.
    guard body.members.keys.contains(where: { !$0.contains("@") }) else { return }
    update(object.id, values)
    let activity = "Update \(object.kind.traits.auditName)"
    audit(call, activity, object.kind, "Update", [object.id], body.members)
  }

  /// Deletes an object for a caller.
  ///
  /// - Throws: 403 for a user who holds a directory role.
  mutating func delete(_ object: DirectoryObject, _ call: Call) throws {
    if object.kind == .user { try requireUnprivileged(object) }
    delete(object.id)
    audit(call, "Delete \(object.kind.traits.auditName)", object.kind, "Delete", [object.id])
  }
}
