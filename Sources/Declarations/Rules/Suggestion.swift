/// Finds what somebody probably meant.
package enum Suggestion {
  /// The nearest of the names, if it is near enough to be a slip of the hand.
  package static func nearest(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.utf8.prefix(64))
    var best: (distance: Int, name: String)?
    // Sorted ties, and so many that a hostile list costs nothing.
    for name in names.prefix(1000) {
      let limit = max(1, min(wanted.count, name.utf8.count) / 3)
      let distance = distance(wanted, Array(name.utf8.prefix(64)))
      guard distance <= limit else { continue }
      if let found = best, (found.distance, found.name) <= (distance, name) { continue }
      best = (distance, name)
    }
    return best?.name
  }

  /// The hint as a sentence.
  package static func sentence(for text: String, among names: some Sequence<String>) -> String? {
    nearest(to: text, among: names).map { "did you mean `\($0)`?" }
  }

  /// Insertions, deletions, replacements and swaps of neighbours, capitals not counted.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    let left = left.map(fold)
    let right = right.map(fold)
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(previous[column + 1] + 1, current[column] + 1, replaced)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }

  private static func fold(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
