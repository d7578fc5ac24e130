/// The few entities beside the directory's objects, such as domains or access packages, in order.
struct EntitySet: Sendable {
  enum Name: String, CaseIterable, Sendable {
    case domains, organization, authorizationPolicy, crossTenantDefault, crossTenantPartners
    case roleAssignments, permissionGrants, accessPackages, assignmentPolicies
    case packageAssignments, assignmentRequests, connectedOrganizations, subjects
    case entitlementSettings, directoryAudits
  }

  let type: GraphType
  private(set) var ids: [UInt64: String] = [:]
  private var records: [UInt64: Record] = [:]
  private var serials: [String: UInt64] = [:]
  private var order: [UInt64] = []
  private var next: UInt64 = 1

  init(type: GraphType) { self.type = type }

  var count: Int { records.count }

  subscript(_ id: String) -> Record? { serials[id.lowercased()].flatMap { records[$0] } }

  /// Puts an entity in or replaces it.
  mutating func set(_ id: String, _ record: Record) {
    let key = id.lowercased()
    if let serial = serials[key] {
      records[serial] = record
      return
    }
    serials[key] = next
    ids[next] = id
    records[next] = record
    order.append(next)
    next += 1
  }

  @discardableResult
  mutating func remove(_ id: String) -> Bool {
    guard let serial = serials.removeValue(forKey: id.lowercased()) else { return false }
    records[serial] = nil
    ids[serial] = nil
    if records.count * 2 < order.count { order.removeAll { records[$0] == nil } }
    return true
  }

  /// The entities that were put in after the one with this number.
  func after(_ serial: UInt64) -> [(cursor: UInt64, record: Record)] {
    let start = order.partitioningIndex { $0 > serial }
    return order[start...].compactMap { serial in records[serial].map { (serial, $0) } }
  }

  /// Removes the oldest entities until so many are left.
  mutating func trim(to limit: Int) {
    guard records.count > limit else { return }
    for serial in order.prefix(records.count - limit) {
      if let id = ids[serial] { serials[id.lowercased()] = nil }
      records[serial] = nil
      ids[serial] = nil
    }
    order.removeAll { records[$0] == nil }
  }
}
