internal import CUnicode

/// Names of domains, by IDNA 2008 with the mapping of UTS 46, not transitional.
package enum DomainName {
  /// The form in which domains are compared: ASCII, small letters; `nil` for what is not a domain
  /// name.
  package static func ascii(_ text: String) -> String? {
    if let plain = plainASCII(text) { return plain }
    // A null would end the text for C. The library's own rule for ASCII (`USE_STD3_ASCII_RULES`)
    // takes what it refuses out and goes on (`a_b` is `ab`, measured); ours comes after it.
    guard !text.utf8.contains(0), text.utf8.count <= 1024, !TextForm.holdsInvisible(text) else {
      return nil
    }
    let flags =
      Int32(truncatingIfNeeded: IDN2_NFC_INPUT.rawValue)
      | Int32(truncatingIfNeeded: IDN2_NONTRANSITIONAL.rawValue)
    var output: UnsafeMutablePointer<CChar>?
    let status = unsafe idn2_to_ascii_8z(text, &output, flags)
    defer { unsafe idn2_free(output) }
    guard status == IDN2_OK.rawValue, let name = unsafe output else { return nil }
    return plainASCII(unsafe String(cString: name), mayBePunycode: true)
  }

  /// The form that people read: what `xn--` represents; the text itself where it represents
  /// nothing.
  package static func unicode(_ ascii: String) -> String {
    guard ascii.contains("xn--"), !ascii.utf8.contains(0) else { return ascii }
    var output: UnsafeMutablePointer<CChar>?
    let status = unsafe idn2_to_unicode_8z8z(ascii, &output, 0)
    defer { unsafe idn2_free(output) }
    guard status == IDN2_OK.rawValue, let name = unsafe output else { return ascii }
    return unsafe String(cString: name)
  }

  /// Takes the common case: labels of letters, digits and inner hyphens, 63 bytes at most each and
  /// 253 together.
  private static func plainASCII(_ text: String, mayBePunycode: Bool = false) -> String? {
    guard !text.isEmpty, text.utf8.count <= 253 else { return nil }
    var labelLength = 0
    var previous = UInt8(ascii: ".")
    // A label in the encoded form has to be decoded before it can be believed.
    var mayBeEncoded = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "."):
        guard labelLength > 0, previous != UInt8(ascii: "-") else { return nil }
        labelLength = 0
      case UInt8(ascii: "-"):
        guard labelLength > 0 else { return nil }
        if previous == byte { mayBeEncoded = true }
        labelLength += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        labelLength += 1
      default: return nil
      }
      guard labelLength <= 63 else { return nil }
      previous = byte
    }
    guard labelLength > 0, previous != UInt8(ascii: "-") else { return nil }
    return mayBeEncoded && !mayBePunycode ? nil : ASCII.lowercased(text)
  }
}
