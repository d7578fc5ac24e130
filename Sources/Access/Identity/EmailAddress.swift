/// An address in the one form in which addresses are compared: case-folded, normalised to NFC, its
/// domain in the ASCII form of IDNA.
///
/// Code that reads an address from the outside normalises it through the `Unicode` module; this
/// type only carries the result, so that no two spellings of one address can be two keys.
package struct EmailAddress: Hashable, Sendable, Comparable {
  package let normalised: String

  /// Takes an address that is in the compared form already; `nil` without exactly one `@` between
  /// two non-empty parts.
  package init?(normalised: String) {
    guard let separator = normalised.utf8.firstIndex(of: UInt8(ascii: "@")),
      separator != normalised.startIndex
    else { return nil }
    let domain = normalised[separator...].utf8.dropFirst()
    guard !domain.isEmpty, !domain.contains(UInt8(ascii: "@")) else { return nil }
    self.normalised = normalised
  }

  package var localPart: Substring { normalised[..<separator] }
  package var domain: Substring { normalised[separator...].dropFirst() }

  // Found again for the few that ask: half a million keys are the smaller for it.
  private var separator: String.Index {
    normalised.utf8.firstIndex(of: UInt8(ascii: "@")) ?? normalised.startIndex
  }

  package static func == (left: Self, right: Self) -> Bool { left.normalised == right.normalised }
  package static func < (left: Self, right: Self) -> Bool { left.normalised < right.normalised }
  package func hash(into hasher: inout Hasher) { hasher.combine(normalised) }
}

extension EmailAddress: CustomStringConvertible {
  package var description: String { normalised }
}
