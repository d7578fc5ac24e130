internal import CCrypto

/// Bytes that nobody can foresee, from OpenSSL's generator.
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
