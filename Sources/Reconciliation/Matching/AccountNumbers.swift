internal import Access

/// The position of every account by its identifier.
///
/// Half a million assignments ask it in the order in which the tenant lists them, which to memory is
/// no order at all. A table of positions alone, mixed by one multiplication, keeps what such a
/// question has to fetch small; a dictionary of identifiers is several times as wide.
struct AccountNumbers: Sendable {
  private var identifiers: [UserID] = []
  /// Positions among the identifiers; negative where a slot is free.
  ///
  /// At most half are taken.
  private var slots: [Int32]
  private let shift: UInt64
  // Of this process alone, so that nobody can choose identifiers that meet in one slot.
  private let secrets: (UInt64, UInt64)

  /// Makes room for a number of accounts, which must not be exceeded.
  init(capacity: Int) {
    var bits: UInt64 = 4
    while 1 << bits < capacity * 2 { bits += 1 }
    slots = [Int32](repeating: -1, count: 1 << bits)
    shift = 64 - bits
    identifiers.reserveCapacity(capacity)
    secrets = (Self.secret(1), Self.secret(2))
  }

  private static func secret(_ number: Int) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(number)
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  /// Gives an account the next position; one that has a position keeps it.
  mutating func append(_ id: UserID) {
    let slot = slot(of: id)
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(truncatingIfNeeded: identifiers.count)
    identifiers.append(id)
  }

  /// The position of an account; `nil` where it has none.
  subscript(id: UserID) -> Int? {
    let number = slots[slot(of: id)]
    return number < 0 ? nil : Int(number)
  }

  /// Where an account is, or would be put.
  private func slot(of id: UserID) -> Int {
    let (high, low) = (id.guid.high, id.guid.low)
    let product = (high ^ secrets.0).multipliedFullWidth(by: low ^ secrets.1)
    var slot = Int(truncatingIfNeeded: (product.high ^ product.low) >> shift)
    while slots[slot] >= 0, identifiers[Int(slots[slot])] != id {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
