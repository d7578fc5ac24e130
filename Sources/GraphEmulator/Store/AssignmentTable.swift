internal import Crypto

/// One app role given to a user, a group or a service principal.
struct AppRoleAssignment: Sendable {
  /// Tells the assignments of the tenant apart, and grows with every one.
  let number: UInt64
  let principal: ObjectID
  let resource: ObjectID
  let role: ObjectID
  let createdAt: Timestamp

  /// The identifier as Graph shapes it: base64url of 32 bytes of which the first half is the
  /// principal's identifier.
  var id: String {
    let words = [principal.high, principal.low, SeededGenerator.mix(number), number]
    return Base64URL.encode(
      words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
    )
  }

  /// The number in an identifier of ours; nil for any other.
  static func number(ofID id: String) -> UInt64? {
    guard let bytes = Base64URL.decode(id), bytes.count == 32 else { return nil }
    let words = stride(from: 16, to: 32, by: 8).map { start in
      bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return SeededGenerator.mix(words[1]) == words[0] ? words[1] : nil
  }
}

/// All app role assignments of the tenant, listed by principal and by resource.
struct AssignmentTable: Sendable {
  private var rows: [UInt64: AppRoleAssignment] = [:]
  private var byPrincipal: [ObjectID: [UInt64]] = [:]
  private var byResource: [ObjectID: [UInt64]] = [:]
  private var next: UInt64 = 1

  /// FACTS section 3: the most that one principal may hold, all roles together.
  static let limit = 1500

  subscript(_ number: UInt64) -> AppRoleAssignment? { rows[number] }

  mutating func reserve(_ capacity: Int) { rows.reserveCapacity(capacity) }

  /// Makes an assignment; one that a scenario brings back keeps its number.
  @discardableResult
  mutating func insert(
    principal: ObjectID,
    resource: ObjectID,
    role: ObjectID,
    createdAt: Timestamp,
    number: UInt64? = nil
  ) -> AppRoleAssignment {
    next = max(next, number ?? 0)
    let row = AppRoleAssignment(
      number: next,
      principal: principal,
      resource: resource,
      role: role,
      createdAt: createdAt
    )
    rows[next] = row
    byPrincipal[principal, default: []].append(next)
    byResource[resource, default: []].append(next)
    next += 1
    return row
  }

  mutating func remove(_ row: AppRoleAssignment) {
    guard rows.removeValue(forKey: row.number) != nil else { return }
    Self.remove(row.number, from: &byPrincipal[row.principal])
    Self.remove(row.number, from: &byResource[row.resource])
  }

  /// Removes what an object holds and what is held on it.
  mutating func removeAll(of id: ObjectID) {
    let held = Array(after(0, of: id, isOfResource: true))
    for row in of(principal: id) + held { remove(row) }
  }

  func of(principal: ObjectID) -> [AppRoleAssignment] {
    byPrincipal[principal]?.compactMap { rows[$0] } ?? []
  }

  /// The assignments of a principal, or on a resource, that were made after the one with this number.
  func after(
    _ number: UInt64,
    of id: ObjectID,
    isOfResource: Bool
  ) -> some Sequence<AppRoleAssignment> {
    let numbers = (isOfResource ? byResource[id] : byPrincipal[id]) ?? []
    return numbers[numbers.partitioningIndex { $0 > number }...].lazy.compactMap { rows[$0] }
  }

  /// Every assignment, in the order in which they were made.
  var all: some Sequence<AppRoleAssignment> {
    rows.keys.sorted().lazy.compactMap { rows[$0] }
  }

  private static func remove(_ number: UInt64, from numbers: inout [UInt64]?) {
    guard let place = numbers?.partitioningIndex(where: { $0 >= number }) else { return }
    numbers?.remove(at: place)
    if numbers?.isEmpty == true { numbers = nil }
  }
}
