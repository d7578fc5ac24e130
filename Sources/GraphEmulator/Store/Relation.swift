/// Pairs of objects, such as groups and their members, listed from either side in the order in
/// which they were made.
struct Relation: Sendable {
  private struct Link {
    let serial: UInt64
    let other: Handle
  }

  private struct Side {
    var links: [Link] = []
    var removed = 0
  }

  private var serials: [UInt64: UInt64] = [:]
  private var forward: [Handle: Side] = [:]
  private var backward: [Handle: Side] = [:]
  private var next: UInt64 = 1

  private static func key(_ left: Handle, _ right: Handle) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  func contains(_ left: Handle, _ right: Handle) -> Bool {
    serials[Self.key(left, right)] != nil
  }

  /// Returns false where the pair was there already.
  @discardableResult
  mutating func insert(_ left: Handle, _ right: Handle) -> Bool {
    let key = Self.key(left, right)
    guard serials[key] == nil else { return false }
    serials[key] = next
    forward[left, default: Side()].links.append(Link(serial: next, other: right))
    backward[right, default: Side()].links.append(Link(serial: next, other: left))
    next += 1
    return true
  }

  /// Returns false where there was no such pair.
  @discardableResult
  mutating func remove(_ left: Handle, _ right: Handle) -> Bool {
    guard serials.removeValue(forKey: Self.key(left, right)) != nil else { return false }
    let serials = self.serials
    Self.forget(in: &forward, at: left) { serials[Self.key(left, $0.other)] == $0.serial }
    Self.forget(in: &backward, at: right) { serials[Self.key($0.other, right)] == $0.serial }
    return true
  }

  /// Drops every pair that has the object on either side.
  mutating func removeAll(of handle: Handle) {
    for other in rights(of: handle) { remove(handle, other) }
    for other in lefts(of: handle) { remove(other, handle) }
  }

  /// The right sides of an object's pairs, in order.
  func rights(of left: Handle) -> [Handle] { rights(of: left, after: 0).map(\.handle) }

  func lefts(of right: Handle) -> [Handle] {
    backward[right]?.links.filter { serials[Self.key($0.other, right)] == $0.serial }.map(\.other)
      ?? []
  }

  /// The right sides whose pairs were made after the one with this number.
  func rights(of left: Handle, after serial: UInt64) -> [(cursor: UInt64, handle: Handle)] {
    guard let links = forward[left]?.links else { return [] }
    let start = links.partitioningIndex { $0.serial > serial }
    return links[start...].compactMap { link in
      serials[Self.key(left, link.other)] == link.serial ? (link.serial, link.other) : nil
    }
  }

  /// Counts a removed link, and sweeps the side once half of it is gone.
  private static func forget(
    in sides: inout [Handle: Side],
    at handle: Handle,
    isAlive: (Link) -> Bool
  ) {
    sides[handle]?.removed += 1
    guard let side = sides[handle], side.removed * 2 > side.links.count else { return }
    let rest = side.links.filter(isAlive)
    sides[handle] = rest.isEmpty ? nil : Side(links: rest)
  }
}

extension Array {
  /// The first place whose element meets a condition that all later elements meet too.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
