internal import CCrypto

/// A SHA-256 digest in the making.
///
/// OpenSSL cannot fail here but for want of memory; it then yields a digest of zeros, which equals
/// no other.
@safe
package final class SHA256 {
  private let context: OpaquePointer?

  package init() {
    unsafe context = EVP_MD_CTX_new()
    _ = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Appends bytes to what is digested.
  package func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      _ = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
    }
    if done == nil { update(Array(bytes)) }
  }

  /// Ends the digest; the object must not be used afterwards.
  package func finalize() -> Digest {
    var output = [UInt8](repeating: 0, count: 32)
    _ = unsafe output.withUnsafeMutableBufferPointer {
      unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil)
    }
    return Digest(bytes: output)
  }

  /// The digest of bytes that are all there.
  package static func digest(_ bytes: some Sequence<UInt8>) -> Digest {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// The 32 bytes of a digest.
  package struct Digest: Hashable, Sendable {
    package let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// The 64 lower-case hexadecimal digits.
    package var hex: String {
      let digits = Array("0123456789abcdef".utf8)
      var output: [UInt8] = []
      output.reserveCapacity(64)
      for byte in bytes {
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 0xF)])
      }
      return String(decoding: output, as: UTF8.self)
    }
  }
}
