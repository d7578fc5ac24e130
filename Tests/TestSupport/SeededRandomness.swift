internal import Access
internal import Platform

/// Words that are the same in every run (SplitMix64).
package final class SeededRandomness: Randomness {
  private let state: Locked<UInt64>

  package init(seed: UInt64 = 1) { state = Locked(seed) }

  package func word() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}
