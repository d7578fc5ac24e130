/// The seam through which the program draws what nobody may foresee: request identifiers, salts,
/// the spread of retries.
package protocol Randomness: Sendable {
  /// Draws a uniformly distributed word.
  func word() -> UInt64
}

extension Randomness {
  /// Draws a random (version 4) identifier.
  package func guid() -> GUID {
    GUID(
      high: word() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
      low: word() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    )
  }
}
