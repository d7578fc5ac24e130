/// Comparison of secrets.
package enum ConstantTime {
  /// Whether two sequences of bytes are equal, found out in a time that depends on their lengths
  /// only.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
  }
}
