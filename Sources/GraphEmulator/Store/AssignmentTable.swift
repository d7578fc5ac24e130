/// All app role assignments of the tenant, listed by principal and by resource.
struct AssignmentTable: Sendable {
  private var rows: [AppRoleAssignment] = []
  private var byPrincipal: [Handle: [UInt32]] = [:]
  private var byResource: [Handle: [UInt32]] = [:]
  private var removedByResource: [Handle: Int] = [:]
  private(set) var count = 0

  /// FACTS section 3: the most that one principal may hold, all roles together.
  static let limit = 1500

  mutating func reserve(_ capacity: Int) { rows.reserveCapacity(capacity) }

  @discardableResult
  mutating func insert(
    principal: Handle,
    resource: Handle,
    role: ObjectID,
    createdAt: Timestamp,
    token: UInt64? = nil
  ) -> AppRoleAssignment {
    if let token { leaveGap(before: token) }
    let number = UInt32(truncatingIfNeeded: rows.count)
    let row = AppRoleAssignment(
      principal: principal,
      resource: resource,
      role: role,
      createdAt: createdAt,
      token: UInt64(rows.count) + 1
    )
    rows.append(row)
    byPrincipal[principal, default: []].append(number)
    byResource[resource, default: []].append(number)
    count += 1
    return row
  }

  /// Skips numbers, so that a restored assignment keeps its own; not for more than a table's worth.
  private mutating func leaveGap(before token: UInt64) {
    guard token > UInt64(rows.count) + 1, token < UInt64(rows.count) + 4_000_000 else { return }
    let nothing = AppRoleAssignment(
      principal: 0,
      resource: 0,
      role: .zero,
      createdAt: Timestamp(milliseconds: 0),
      token: 0
    )
    rows.append(contentsOf: repeatElement(nothing, count: Int(token) - 1 - rows.count))
  }

  mutating func remove(_ row: AppRoleAssignment) {
    let number = row.token - 1
    guard number < UInt64(rows.count), rows[Int(number)].isAlive else { return }
    rows[Int(number)].token = 0
    count -= 1
    byPrincipal[row.principal]?.removeAll { UInt64($0) == number }
    if byPrincipal[row.principal]?.isEmpty == true { byPrincipal[row.principal] = nil }
    removedByResource[row.resource, default: 0] += 1
    // Swept once half is gone, so that removing stays cheap however many a resource has.
    if removedByResource[row.resource, default: 0] * 2 > byResource[row.resource]?.count ?? 0 {
      let rows = self.rows
      byResource[row.resource]?.removeAll { !rows[Int($0)].isAlive }
      removedByResource[row.resource] = nil
    }
  }

  func of(principal: Handle) -> [AppRoleAssignment] {
    byPrincipal[principal]?.map { rows[Int($0)] } ?? []
  }

  /// The assignments on a resource that were made after the one with this token, at most so many.
  func on(resource: Handle, after token: UInt64 = 0, limit: Int = .max) -> [AppRoleAssignment] {
    guard let numbers = byResource[resource] else { return [] }
    let start = numbers.partitioningIndex { UInt64($0) + 1 > token }
    var found: [AppRoleAssignment] = []
    for number in numbers[start...] {
      guard found.count < limit else { break }
      if rows[Int(number)].isAlive { found.append(rows[Int(number)]) }
    }
    return found
  }

  func count(on resource: Handle) -> Int {
    (byResource[resource]?.count ?? 0) - (removedByResource[resource] ?? 0)
  }

  func count(of principal: Handle) -> Int { byPrincipal[principal]?.count ?? 0 }
}
