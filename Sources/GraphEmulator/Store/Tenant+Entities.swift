extension Tenant {
  /// Puts an entity in or replaces it; members that its type lacks are left out.
  func setEntity(_ name: EntitySet.Name, _ id: String, _ members: [JSONValue.Member]) {
    let type = name.type
    var values: [Int: [UInt8]] = [:]
    for member in members where !member.value.isNull {
      if let number = type.number(of: member.name) { values[number] = member.value.bytes }
    }
    setEntity(name, id, Record(values: values, type))
  }

  func setEntity(_ name: EntitySet.Name, _ id: String, _ record: Record) {
    // Taken out and put back, so that the set is changed in place.
    var set = sets.removeValue(forKey: name) ?? EntitySet(type: name.type)
    set.set(id, record)
    sets[name] = set
  }

  @discardableResult
  func removeEntity(_ name: EntitySet.Name, _ id: String) -> Bool {
    var set = sets.removeValue(forKey: name) ?? EntitySet(type: name.type)
    let removed = set.remove(id)
    sets[name] = set
    return removed
  }

  /// Notes the time of a change where the type has a place for it.
  func touchEntity(_ name: EntitySet.Name, _ id: String) {
    guard let number = name.type.number(of: "modifiedDateTime"), let record = sets[name]?[id] else {
      return
    }
    setEntity(name, id, record.setting([number: JSONValue.string(now.text).bytes], name.type))
  }

  /// Reads an entity as JSON, navigation properties included.
  func entity(_ name: EntitySet.Name, _ id: String) -> JSONValue? {
    sets[name]?[id].map { json($0, name.type) }
  }

  /// Every entity of a set as JSON, in order.
  func entities(_ name: EntitySet.Name) -> [JSONValue] {
    (sets[name]?.after(0) ?? []).map { json($0.record, name.type) }
  }

  private func json(_ record: Record, _ type: GraphType) -> JSONValue {
    let values = record.values.sorted { $0.key < $1.key }
    return .object(
      values.compactMap { number, bytes in
        (try? JSONParser.parse(bytes)).map { .init(type.properties[number].name, $0) }
      }
    )
  }
}

extension EntitySet.Name {
  var type: GraphType {
    switch self {
    case .domains: GraphTypes.known("domain")
    case .organization: GraphTypes.known("organization")
    case .authorizationPolicy: GraphTypes.known("authorizationPolicy")
    case .crossTenantDefault: GraphTypes.known("crossTenantAccessPolicyConfigurationDefault")
    case .crossTenantPartners: GraphTypes.known("crossTenantAccessPolicyConfigurationPartner")
    case .roleAssignments: GraphTypes.known("unifiedRoleAssignment")
    case .permissionGrants: GraphTypes.known("oAuth2PermissionGrant")
    case .accessPackages: GraphTypes.known("accessPackage")
    case .assignmentPolicies: GraphTypes.known("accessPackageAssignmentPolicy")
    case .packageAssignments: GraphTypes.known("accessPackageAssignment")
    case .assignmentRequests: GraphTypes.known("accessPackageAssignmentRequest")
    case .connectedOrganizations: GraphTypes.known("connectedOrganization")
    case .subjects: GraphTypes.known("accessPackageSubject")
    case .entitlementSettings: GraphTypes.known("entitlementManagementSettings")
    case .directoryAudits: GraphTypes.known("directoryAudit")
    }
  }
}
