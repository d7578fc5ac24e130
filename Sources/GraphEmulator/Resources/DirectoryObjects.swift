/// Objects of whatever kind, by their identifiers.
enum DirectoryObjects {
  private static let reading: AcceptedPermissions = "Directory.Read.All | Directory.ReadWrite.All"

  static let operations = [
    Operation("GET /directoryObjects/{}", reading) { call, tenant in
      try call.item(Item(call.anyObject(in: tenant)), .found([], in: tenant), tenant)
    },
    Operation("DELETE /directoryObjects/{}", "Directory.ReadWrite.All") { call, tenant in
      try tenant.delete(call.anyObject(in: tenant), call)
      return .noContent
    },
    Operation("POST /directoryObjects/getByIds", units: 5, isRead: true, reading, getByIDs),
  ]

  /// Types that Graph knows by name and of which the emulator holds nothing, and the base of all.
  private static let absentTypes: Set<String> = [
    "directoryObject", "directoryObjectPartnerReference", "administrativeUnit", "contract",
    "device", "directoryRoleTemplate", "domain", "organization",
  ]

  /// Finds up to a thousand objects; what does not exist is omitted silently.
  @Sendable private static func getByIDs(_ call: Call, _ tenant: inout Tenant) throws -> Reply {
    let body = try call.readBody()
    guard let listed = body["ids"]?.array, !listed.isEmpty else {
      throw GraphFailure.badRequest("The parameter 'ids' is required.")
    }
    guard listed.count <= 1000 else {
      throw GraphFailure.badRequest("The number of ids exceeds the maximum of 1000.")
    }
    let types = body["types"]?.array?.compactMap(\.string) ?? []
    let kinds = types.compactMap { ObjectKind(spelling: $0) }
    guard types.allSatisfy({ ObjectKind(spelling: $0) != nil || absentTypes.contains($0) }) else {
      throw GraphFailure.invalidValue("types")
    }
    let ids = listed.compactMap { $0.string.flatMap { ObjectID($0) } }
    guard ids.count == listed.count else { throw GraphFailure.invalidValue("ids") }
    let takesAll = types.isEmpty || types.contains("directoryObject")
    let wanted = Set(ids).filter { id in
      tenant.live(id).map { takesAll || kinds.contains($0.kind) } ?? false
    }
    var list = List.found(wanted, in: tenant)
    list.defaultTop = 1000
    list.maximumTop = 1000
    return try call.page(list, tenant)
  }
}

extension DirectoryObjects {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type entity
      id:s!
    type directoryObject < entity
      deletedDateTime:d?
    type onPremisesProvisioningError
      category:s? occurredDateTime:d? propertyCausingError:s? value:s?
    type serviceProvisioningError
      createdDateTime:d? isResolved:b? serviceInstance:s?
    type keyValue
      key:s? value:s?
    """
}
