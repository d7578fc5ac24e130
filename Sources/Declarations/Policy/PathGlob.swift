/// A git pathspec glob (`:(glob)`): `*` and `?` stay within a folder, `**/`, `/**/` and `/**` cross
/// folders, `[…]` is one of a set.
package struct PathGlob: Hashable, Sendable {
  /// As it was written.
  let text: String
  private let parts: [Part]

  private enum Part: Hashable, Sendable {
    case byte(UInt8)
    case anyByte
    case oneOf([ClosedRange<UInt8>], negated: Bool)
    /// Any number of bytes but `/`.
    case anyBytes
    /// Any number of whole folders with their `/`.
    case anyFolders
    /// Everything that is left, at least one byte.
    case rest
  }

  /// Takes a glob of files below the folder; `nil` for an absolute one, or one that leaves it.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 500, bytes.first != UInt8(ascii: "/") else { return nil }
    let folders = text.split(separator: "/", omittingEmptySubsequences: false)
    guard folders.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
    var parts: [Part] = []
    var position = 0
    while position < bytes.count {
      guard let part = Self.part(of: bytes, at: &position) else { return nil }
      parts.append(part)
    }
    self.text = text
    self.parts = parts
  }

  private static func part(of bytes: [UInt8], at position: inout Int) -> Part? {
    let star = UInt8(ascii: "*"), slash = UInt8(ascii: "/")
    let byte = bytes[position]
    let startsFolder = position == 0 || bytes[position - 1] == slash
    position += 1
    switch byte {
    case star:
      var stars = 1
      while position < bytes.count, bytes[position] == star {
        stars += 1
        position += 1
      }
      guard stars == 2, startsFolder else { return .anyBytes }
      if position == bytes.count { return .rest }
      guard bytes[position] == slash else { return .anyBytes }
      position += 1
      return .anyFolders
    case UInt8(ascii: "?"): return .anyByte
    case UInt8(ascii: "["): return set(of: bytes, at: &position)
    case UInt8(ascii: "\\"):
      guard position < bytes.count else { return nil }
      position += 1
      return .byte(bytes[position - 1])
    default: return .byte(byte)
    }
  }

  private static func set(of bytes: [UInt8], at position: inout Int) -> Part? {
    var ranges: [ClosedRange<UInt8>] = []
    var negated = false
    if position < bytes.count, bytes[position] == UInt8(ascii: "!") || bytes[position] == 0x5E {
      negated = true
      position += 1
    }
    while position < bytes.count {
      let low = bytes[position]
      position += 1
      if low == UInt8(ascii: "]"), !ranges.isEmpty { return .oneOf(ranges, negated: negated) }
      var high = low
      if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "-"),
        bytes[position + 1] != UInt8(ascii: "]")
      {
        high = bytes[position + 1]
        position += 2
      }
      guard low <= high else { return nil }
      ranges.append(low...high)
    }
    return nil
  }

  /// Tells whether a path relative to the folder fits, in time proportional to the product of both
  /// lengths.
  package func matches(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    let slash = UInt8(ascii: "/")
    // reachable[i]: the parts so far can end before byte i.
    var reachable = [Bool](repeating: false, count: bytes.count + 1)
    reachable[0] = true
    for part in parts {
      var next = [Bool](repeating: false, count: bytes.count + 1)
      var carrying = false
      for index in 0...bytes.count {
        switch part {
        case .anyBytes:
          carrying = carrying || reachable[index]
          next[index] = carrying
          if index < bytes.count, bytes[index] == slash { carrying = false }
        case .anyFolders:
          if reachable[index] { next[index] = true }
          if carrying, index > 0, bytes[index - 1] == slash { next[index] = true }
          carrying = carrying || reachable[index]
        case .rest:
          next[index] = carrying && index == bytes.count
          carrying = carrying || reachable[index]
        case .byte, .anyByte, .oneOf:
          if index < bytes.count, reachable[index], Self.fits(part, bytes[index]) {
            next[index + 1] = true
          }
        }
      }
      reachable = next
    }
    return reachable[bytes.count]
  }

  private static func fits(_ part: Part, _ byte: UInt8) -> Bool {
    switch part {
    case .byte(let wanted): wanted == byte
    case .anyByte: byte != UInt8(ascii: "/")
    case .oneOf(let ranges, let negated):
      byte != UInt8(ascii: "/") && ranges.contains { $0.contains(byte) } != negated
    case .anyBytes, .anyFolders, .rest: false
    }
  }
}
