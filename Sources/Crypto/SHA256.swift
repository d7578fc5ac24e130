internal import CCrypto

/// A SHA-256 digest in the making.
///
/// OpenSSL fails at it only without memory, or where its configuration forbids the algorithm. The
/// program stops then: a wrong digest would pass for evidence.
@safe
package final class SHA256 {
  private let context: OpaquePointer
  private var isFinal = false

  package init() {
    let made = unsafe EVP_MD_CTX_new()
    guard let made = unsafe made else { preconditionFailure("no memory for a digest") }
    unsafe context = made
    start()
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Appends bytes to what is digested.
  package func update(_ bytes: some Sequence<UInt8>) {
    precondition(!isFinal, "a digest that has ended takes no more bytes")
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      let status = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
      precondition(status == 1, "OpenSSL failed at SHA-256")
    }
    if done == nil { update(Array(bytes)) }
  }

  /// Ends the digest; the object must not be used afterwards.
  package func finalize() -> Digest {
    precondition(!isFinal, "a digest ends once")
    isFinal = true
    return end()
  }

  /// The digest of bytes that are all there.
  package static func digest(_ bytes: some Sequence<UInt8>) -> Digest {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  private func start() {
    let status = unsafe EVP_DigestInit_ex2(context, Self.algorithm.method, nil)
    precondition(status == 1, "OpenSSL offers no SHA-256")
  }

  private func end() -> Digest {
    var output = [UInt8](repeating: 0, count: 32)
    let status = unsafe EVP_DigestFinal_ex(context, &output, nil)
    precondition(status == 1, "OpenSSL failed at SHA-256")
    return Digest(bytes: output)
  }

  // Fetched once: OpenSSL 3 otherwise looks the algorithm up again for every digest.
  private static let algorithm = Algorithm()

  @safe
  private final class Algorithm: @unchecked Sendable {
    // Sendable: set once, and never changed by OpenSSL but for its own atomic count of references.
    let method: OpaquePointer?

    init() { unsafe method = EVP_MD_fetch(nil, "SHA256", nil) }
  }

  /// The 32 bytes of a digest.
  package struct Digest: Hashable, Sendable {
    package let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// The 64 lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.text(bytes) }
  }
}
