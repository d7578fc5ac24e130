/// Finds what somebody may have meant to type.
package enum Spelling {
  /// The candidate that fewest edits turn into the word, where few enough do.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let allowed = max(1, word.count / 3 + 1)
    let scored = candidates.map { (distance(word, $0), $0) }.filter { $0.0 <= allowed }
    return scored.min { ($0.0, $0.1) < ($1.0, $1.1) }?.1
  }

  /// Insertions, deletions and replacements of one character between two words.
  static func distance(_ one: String, _ other: String) -> Int {
    let left = Array(one.prefix(64))
    let right = Array(other.prefix(64))
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
