internal import CCrypto

/// Bytes that no text shows: private keys, passwords, key files.
package struct SecretBytes: Hashable, Sendable {
  /// The bytes themselves, to write or use them.
  package let revealed: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) { revealed = Array(bytes) }

  /// Takes a password as it is typed.
  package init(_ text: String) { revealed = Array(text.utf8) }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Comparison of secrets.
package enum ConstantTime {
  /// Whether two sequences of bytes are equal, in a time that depends only on their lengths.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
  }
}

/// Unpredictable bytes from OpenSSL's generator.
package enum RandomBytes {
  /// Draws bytes.
  ///
  /// - Throws: `failed` where the operating system gives the generator nothing to start from.
  package static func draw(_ count: Int) throws(CryptoError) -> [UInt8] {
    guard count > 0 else { return [] }
    guard let size = Int32(exactly: count) else { throw CryptoError(.failed) }
    var output = [UInt8](repeating: 0, count: count)
    let status = unsafe output.withUnsafeMutableBufferPointer {
      unsafe RAND_bytes($0.baseAddress, size)
    }
    guard status == 1 else { throw .afterCall(.failed) }
    return output
  }
}
