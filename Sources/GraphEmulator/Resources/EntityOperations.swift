/// The operations that the sets beside the directory have in common: list, read, create, change,
/// remove.
struct EntityOperations: Sendable {
  let name: EntitySet.Name
  /// The path of the set, such as `/domains`.
  let path: String
  /// FACTS section 7: zero where the set is not metered in resource units.
  var units = 1

  /// What `@odata.context` says after the `#`.
  private var context: String { String(path.dropFirst()) }

  func list(_ permissions: AcceptedPermissions) -> Operation {
    Operation("GET \(path)", units: units, permissions) { call, tenant in
      tenant.advanceRequests()
      return try call.page(.entities(name, context, in: tenant), tenant)
    }
  }

  /// The read of one by the key in the path, or of the only one.
  func read(_ permissions: AcceptedPermissions, only key: String? = nil) -> Operation {
    Operation("GET \(path)\(key == nil ? "/{}" : "")", units: units, permissions) { call, tenant in
      tenant.advanceRequests()
      return try reply(call, tenant, key ?? call.keys[0].text, isSingleton: key != nil)
    }
  }

  func remove(_ permissions: AcceptedPermissions) -> Operation {
    Operation("DELETE \(path)/{}", units: units, permissions) { call, tenant in
      guard tenant.sets[name]?.remove(call.keys[0].text) == true else {
        throw GraphFailure.notFound(call.keys[0].text)
      }
      return .noContent
    }
  }

  /// A change of the entity in the path, or of the only one; `shows` answers with the whole of it.
  func change(
    _ permissions: AcceptedPermissions,
    method: String = "PATCH",
    only key: String? = nil,
    shows: Bool = false
  ) -> Operation {
    Operation("\(method) \(path)\(key == nil ? "/{}" : "")", units: units, permissions) {
      call,
      tenant in
      let key = key ?? call.keys[0].text
      guard tenant.sets[name]?[key] != nil else { throw GraphFailure.notFound(key) }
      var values = try call.readBody().values(of: name.type, refusesReadOnly: false)
      if name.type.property("modifiedDateTime") != nil {
        values["modifiedDateTime"] = tenant.moment
      }
      tenant.changeEntity(name, key, values)
      return shows ? try reply(call, tenant, key) : .noContent
    }
  }

  /// A creation; `defaults` are what the service adds, and may refuse.
  func create(
    _ permissions: AcceptedPermissions,
    required: [String],
    key keyName: String = "id",
    _ defaults: @escaping @Sendable (RequestBody, inout Tenant) throws -> [String: JSONValue]
  ) -> Operation {
    Operation("POST \(path)", units: units, permissions) { call, tenant in
      let body = try checkedBody(call, required)
      let added = try defaults(body, &tenant)
      var value = JSONValue.object(added).setting(body.members)
      if value[keyName] == nil || (keyName == "id" && added["id"] == nil) {
        value = value.setting([keyName: .string(tenant.generator.objectID().text)])
      }
      let key = value[keyName]?.string ?? ""
      guard tenant.sets[name]?[key] == nil else { throw GraphFailure.taken(keyName) }
      tenant.setEntity(name, key, value)
      return try reply(call, tenant, key, 201)
    }
  }

  /// Reads a body, and checks its type and required members.
  func checkedBody(_ call: Call, _ required: [String]) throws -> RequestBody {
    let body = try call.readBody()
    _ = try body.values(of: name.type, refusesReadOnly: false)
    try body.require(required, of: name.type.name)
    return body
  }

  func reply(
    _ call: Call,
    _ tenant: Tenant,
    _ key: String,
    _ status: Int = 200,
    isSingleton: Bool = false
  ) throws -> Reply {
    guard let entity = tenant.sets[name]?[key] else { throw GraphFailure.notFound(key) }
    return try call.item(
      Item(name.type, number: 0, entity),
      .entities(name, context, in: tenant),
      tenant,
      status,
      isSingleton: isSingleton
    )
  }
}
