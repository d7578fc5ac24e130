/// Whether the bytes of an object are hashed and compared with its name when it is read.
package enum Verification: Hashable, Sendable {
  /// For what is applied: the bytes are those that the commit names.
  case hash
  /// For history, where hashing would cost more than everything else (PLATFORM section 11).
  case none
}
