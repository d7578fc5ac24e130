/// The few entities beside the directory's objects, such as domains or access packages, in order.
struct EntitySet: Sendable {
  enum Name: String, CaseIterable, Sendable {
    case domain, organization, authorizationPolicy
    case crossTenantDefault = "crossTenantAccessPolicyConfigurationDefault"
    case crossTenantPartner = "crossTenantAccessPolicyConfigurationPartner"
    case roleAssignment = "unifiedRoleAssignment"
    case permissionGrant = "oAuth2PermissionGrant"
    case accessPackage
    case assignmentPolicy = "accessPackageAssignmentPolicy"
    case packageAssignment = "accessPackageAssignment"
    case assignmentRequest = "accessPackageAssignmentRequest"
    case subject = "accessPackageSubject"
    case connectedOrganization
    case entitlementSettings = "entitlementManagementSettings"

    var type: GraphType { GraphTypes.known(rawValue) }
  }

  struct Entity: Sendable {
    let key: String
    let number: UInt64
    var properties: [String: JSONValue]
  }

  private var entities: [String: Entity] = [:]
  private var order: [(number: UInt64, key: String)] = []
  private var next: UInt64 = 1

  var count: Int { entities.count }

  /// The properties of an entity, whose key compares without regard to case.
  subscript(_ key: String) -> [String: JSONValue]? { entities[key.lowercased()]?.properties }

  /// Puts an entity in or replaces it.
  mutating func set(_ key: String, _ properties: [String: JSONValue]) {
    let folded = key.lowercased()
    let properties = properties.filter { !$0.value.isNull }
    guard entities[folded] == nil else {
      entities[folded]?.properties = properties
      return
    }
    entities[folded] = Entity(key: key, number: next, properties: properties)
    order.append((next, folded))
    next += 1
  }

  @discardableResult
  mutating func remove(_ key: String) -> Bool {
    guard let entity = entities.removeValue(forKey: key.lowercased()) else { return false }
    order.removeAll { $0.number == entity.number }
    return true
  }

  /// The entities that were put in after the one with this number.
  func after(_ number: UInt64) -> some Sequence<Entity> {
    order[order.partitioningIndex { $0.number > number }...].lazy.compactMap { entities[$0.key] }
  }
}

extension Tenant {
  /// Reads an entity as JSON, navigation properties included.
  func entity(_ name: EntitySet.Name, _ key: String) -> JSONValue? {
    sets[name]?[key].map { .object($0) }
  }

  /// Every entity of a set as JSON, in order.
  func entities(_ name: EntitySet.Name) -> [JSONValue] {
    sets[name]?.after(0).map { .object($0.properties) } ?? []
  }

  /// Puts an entity in or replaces it; members that its type lacks are omitted.
  mutating func setEntity(_ name: EntitySet.Name, _ key: String, _ value: JSONValue) {
    let type = name.type
    let known = (value.members ?? [:]).filter { type.property($0.key) != nil }
    sets[name, default: EntitySet()].set(key, known)
  }

  /// Changes some members of an entity; null removes one.
  mutating func changeEntity(
    _ name: EntitySet.Name,
    _ key: String,
    _ changes: [String: JSONValue]
  ) {
    guard let entity = sets[name]?[key] else { return }
    sets[name]?.set(key, entity.merging(changes) { _, new in new })
  }
}
