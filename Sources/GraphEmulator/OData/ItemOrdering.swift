/// A request's `$orderby`.
struct ItemOrdering {
  private let orderings: [QueryOptions.Ordering]
  private let type: GraphType

  /// Nil where the request asks for no order.
  init?(_ orderings: [QueryOptions.Ordering], _ type: GraphType) {
    guard !orderings.isEmpty else { return nil }
    self.orderings = orderings
    self.type = type
  }

  /// The texts by which an item sorts, folded to small letters, with zero bytes between.
  func key(of candidate: Candidate) -> [UInt8] {
    var key: [UInt8] = []
    for ordering in orderings {
      if !key.isEmpty { key.append(0) }
      let type = candidate.kind?.type ?? type
      let json = type.number(of: ordering.property).flatMap { candidate.record[$0] } ?? []
      key.append(contentsOf: String(decoding: json, as: UTF8.self).lowercased().utf8)
    }
    return key
  }

  /// Sorts, and drops what a former page has shown.
  func sorted(_ candidates: [Candidate], after token: PageToken?) -> [Candidate] {
    let keyed = candidates.map { (key: key(of: $0), item: $0) }.sorted {
      precedes(($0.key, $0.item.cursor), ($1.key, $1.item.cursor))
    }
    guard let token else { return keyed.map(\.item) }
    return keyed.filter { precedes((token.key, token.cursor), ($0.key, $0.item.cursor)) }
      .map(\.item)
  }

  private func precedes(_ left: ([UInt8], UInt64), _ right: ([UInt8], UInt64)) -> Bool {
    let (first, second) = (left.0.split(separator: 0), right.0.split(separator: 0))
    for (index, ordering) in orderings.enumerated() where index < first.count {
      guard index < second.count, first[index] != second[index] else { continue }
      return first[index].lexicographicallyPrecedes(second[index]) != ordering.isDescending
    }
    return left.1 < right.1
  }
}
