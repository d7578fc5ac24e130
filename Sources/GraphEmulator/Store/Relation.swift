/// Pairs of objects, such as groups and their members, listed from either side in the order in
/// which they were made.
struct Relation: Sendable {
  private struct Pair: Hashable {
    let left: ObjectID
    let right: ObjectID
  }

  private var numbers: [Pair: UInt64] = [:]
  private var rights: [ObjectID: [Place]] = [:]
  private var lefts: [ObjectID: [Place]] = [:]
  private var next: UInt64 = 1

  func contains(_ left: ObjectID, _ right: ObjectID) -> Bool {
    numbers[Pair(left: left, right: right)] != nil
  }

  /// Returns false where the pair was there already.
  @discardableResult
  mutating func insert(_ left: ObjectID, _ right: ObjectID) -> Bool {
    let pair = Pair(left: left, right: right)
    guard numbers[pair] == nil else { return false }
    numbers[pair] = next
    rights[left, default: []].append(Place(number: next, id: right))
    lefts[right, default: []].append(Place(number: next, id: left))
    next += 1
    return true
  }

  /// Returns false where there was no such pair.
  @discardableResult
  mutating func remove(_ left: ObjectID, _ right: ObjectID) -> Bool {
    guard let number = numbers.removeValue(forKey: Pair(left: left, right: right)) else {
      return false
    }
    rights[left]?.remove(number)
    if rights[left]?.isEmpty == true { rights[left] = nil }
    lefts[right]?.remove(number)
    if lefts[right]?.isEmpty == true { lefts[right] = nil }
    return true
  }

  /// Drops every pair that has the object on either side.
  mutating func removeAll(of id: ObjectID) {
    for other in rights(of: id) { remove(id, other) }
    for other in lefts(of: id) { remove(other, id) }
  }

  /// The right sides of an object's pairs, in order.
  func rights(of left: ObjectID) -> [ObjectID] { rights[left]?.map(\.id) ?? [] }

  func lefts(of right: ObjectID) -> [ObjectID] { lefts[right]?.map(\.id) ?? [] }

  /// The right sides whose pairs were made after the one with this number.
  func rights(of left: ObjectID, after number: UInt64) -> ArraySlice<Place> {
    rights[left]?.after(number) ?? []
  }
}
