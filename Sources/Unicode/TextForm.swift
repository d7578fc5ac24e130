internal import CUnicode

/// The forms in which texts are compared.
package enum TextForm {
  /// The text in normalisation form C; `nil` where the library cannot, which happens only without
  /// memory.
  package static func composed(_ text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return unsafe transform(text) { source, count, length in
      unsafe u8_normalize(shim_uninorm_nfc(), source, count, nil, length)
    }
  }

  /// The text with its compatible and accented characters taken apart (form KD).
  package static func decomposed(_ text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return unsafe transform(text) { source, count, length in
      unsafe u8_normalize(shim_uninorm_nfkd(), source, count, nil, length)
    }
  }

  /// The text without the difference of capitals, in normalisation form C; full folding, without a
  /// language (`ß` is `ss`, no Turkish i).
  package static func folded(_ text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return ASCII.lowercased(text) }
    return unsafe transform(text) { source, count, length in
      unsafe u8_casefold(source, count, nil, shim_uninorm_nfc(), nil, length)
    }
  }

  /// Tells whether a text holds a character that shows nothing, such as a soft hyphen or a joiner:
  /// two texts that look the same would not be.
  package static func holdsInvisible(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value >= 0x80 && $0.properties.isDefaultIgnorableCodePoint }
  }

  private static func transform(
    _ text: String,
    _ function: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<
      UInt8
    >?
  ) -> String? {
    var text = text
    return text.withUTF8 { source in
      var length = 0
      guard let result = unsafe function(source.baseAddress, source.count, &length) else {
        return nil
      }
      defer { unsafe free(result) }
      return unsafe String(
        decoding: UnsafeBufferPointer(start: result, count: length),
        as: UTF8.self
      )
    }
  }
}
