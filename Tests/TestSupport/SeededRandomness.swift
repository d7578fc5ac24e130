internal import Access
internal import Platform

/// Randomness that a seed decides: a counter whose bits are stirred well (the finaliser of
/// SplitMix64).
package final class SeededRandomness: Randomness {
  private let state: Locked<UInt64>

  package init(seed: UInt64 = 1) { state = Locked(seed &* 0x9E37_79B9_7F4A_7C15) }

  package func word() -> UInt64 {
    var value = state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      return state
    }
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number in a range.
  package func number(in range: Range<Int>) -> Int {
    range.lowerBound + Int(word() % UInt64(max(1, range.count)))
  }

  /// True once in so many times.
  package func chance(_ one: Int, in many: Int) -> Bool { number(in: 0..<many) < one }
}
