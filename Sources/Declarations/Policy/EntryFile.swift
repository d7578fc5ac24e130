/// Tells files that declare entries alone from those that say something of policy, without parsing.
enum EntryFile {
  /// True where the file is a block mapping at the margin with no other keys than those of entries.
  ///
  /// False says nothing: the file has to be parsed.
  static func holdsOnlyEntries(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    var holds = false
    while let first = rest.first {
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      rest = rest[line.endIndex...].drop { $0 == 0x0A || $0 == 0x0D }
      switch first {
      case UInt8(ascii: "#"): continue
      case UInt8(ascii: " "):
        // Before the first key, what is indented may be the key of a mapping off the margin.
        guard holds || line.allSatisfy({ $0 == 0x20 }) else { return false }
      case UInt8(ascii: "-"):
        // An item at the margin belongs to the key above it; three dashes begin a document.
        guard holds, line.dropFirst().first == 0x20 || line.count == 1 else { return false }
      default:
        guard keys.contains(where: { line.starts(with: $0) }) else { return false }
        holds = true
      }
    }
    return holds
  }

  private static let keys = ["guests:", "grants:", "removed:"].map { Array($0.utf8) }
}
