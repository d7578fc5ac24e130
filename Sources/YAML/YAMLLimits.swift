/// How much of a file is read before it is refused.
package struct YAMLLimits: Hashable, Sendable {
  /// Bytes of one file.
  package var bytes: Int
  /// Collections inside one another; libyaml's time grows with the square of this (PLATFORM
  /// section 9).
  package var depth: Int
  /// Scalars and collections of one file.
  package var nodes: Int

  package init(bytes: Int = 64 << 20, depth: Int = 64, nodes: Int = 8_000_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}
