package import Access
internal import Unicode

/// Brings addresses into the one form in which they are compared (DESIGN section 4): case-folded,
/// NFC, the domain by IDNA.
package enum AddressNormaliser {
  /// The longest address that mail allows, in bytes.
  package static let longest = 254

  /// Reads an address; `nil` for anything else.
  package static func address(_ text: String) -> EmailAddress? {
    guard text.utf8.count <= longest, let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else {
      return nil
    }
    let local = text[..<at]
    guard !local.isEmpty, isLocalPart(local), let folded = TextForm.folded(String(local)),
      let domain = DomainName.ascii(String(text[at...].dropFirst()))
    else { return nil }
    return EmailAddress(normalised: "\(folded)@\(domain)")
  }

  /// Reads an address that is in the compared form already and plain ASCII, as nearly all are;
  /// `nil` for one that `address(_:)` has to look at.
  static func plainAddress(_ bytes: ArraySlice<UInt8>) -> EmailAddress? {
    guard bytes.count <= longest else { return nil }
    var label = -1
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if label >= 0 { label += 1 }
      case UInt8(ascii: "."):
        if label == 0 { return nil }
        if label > 0 { label = 0 }
      case UInt8(ascii: "@"):
        if label >= 0 { return nil }
        label = 0
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "'"):
        // Hyphens in a domain have rules of their own.
        if label >= 0 { return nil }
      default: return nil
      }
      if label > 63 { return nil }
    }
    guard label > 0 else { return nil }
    return EmailAddress(normalised: String(decoding: bytes, as: UTF8.self))
  }

  /// Tells whether Graph refuses the address in an invitation (FACTS section 1.1).
  package static func isUninvitable(_ address: EmailAddress) -> Bool {
    let local = address.localPart.utf8
    let edge = UInt8(ascii: "."), hyphen = UInt8(ascii: "-")
    if local.first == edge || local.last == edge || local.first == hyphen || local.last == hyphen {
      return true
    }
    return local.contains { refused.contains($0) }
  }

  private static let refused = Set(#"~!#$%^&*()+=[]{}\/|;:"<>?,"#.utf8)

  private static func isLocalPart(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "@") }
      && !text.unicodeScalars.contains { $0.value >= 0x80 && $0.properties.isWhitespace }
      && !TextForm.holdsInvisible(String(text))
  }
}
