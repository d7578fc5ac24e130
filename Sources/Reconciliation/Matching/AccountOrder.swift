/// The order in which a plan counts the accounts that were observed.
///
/// A tenant lists its accounts in an order of its own. A plan goes through the guests as they are
/// declared; where their accounts come in the same order, it goes through memory from one end to the
/// other.
struct AccountOrder: Sendable {
  /// By position in the plan's order, the account's row among those observed.
  private(set) var rows: [Int32] = []
  /// By row, the position in the plan's order.
  private(set) var positions: [Int32]

  /// `first` are rows in the order in which they will be asked for; negative ones are none.
  init(count: Int, first: [Int32]) {
    positions = [Int32](repeating: -1, count: count)
    rows.reserveCapacity(count)
    for row in first where row >= 0 { append(row) }
    for row in 0..<count { append(Int32(truncatingIfNeeded: row)) }
  }

  private mutating func append(_ row: Int32) {
    guard positions[Int(row)] < 0 else { return }
    positions[Int(row)] = Int32(truncatingIfNeeded: rows.count)
    rows.append(row)
  }

  /// The position of what may have no row, which then is negative.
  func position(of row: Int32) -> Int32 { row < 0 ? row : positions[Int(row)] }
}
