internal import CCrypto

/// A private RSA key, which signs; no text shows it.
@safe
package final class RSAPrivateKey: @unchecked Sendable {
  // Sendable: OpenSSL 3 lets several threads sign with one key that none of them changes; the
  // blinding that signing does is behind the key's own lock.
  private let key: OpaquePointer

  /// The half that may be shown.
  package let publicKey: RSAPublicKey

  /// Makes a new key; 2048 bits take about a tenth of a second.
  ///
  /// - Throws: `unsupportedKey` for fewer than 2048 or more than 16384 bits.
  package static func generate(bits: Int = 2048) throws(CryptoError) -> RSAPrivateKey {
    guard (2048...16384).contains(bits) else { throw CryptoError(.unsupportedKey) }
    ERR_clear_error()
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
      throw .afterCall(.failed)
    }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer? = nil
    guard unsafe EVP_PKEY_keygen_init(context) == 1,
      unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
      unsafe EVP_PKEY_generate(context, &made) == 1, let made = unsafe made
    else { throw .afterCall(.failed) }
    return try unsafe RSAPrivateKey(adopting: made)
  }

  /// Reads a key in DER: PKCS #8 or PKCS #1, not encrypted.
  ///
  /// - Throws: `unreadable`, `unsupportedKey`.
  package convenience init(der: SecretBytes) throws(CryptoError) {
    ERR_clear_error()
    let bytes = der.revealed
    let read = unsafe bytes.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return unsafe d2i_AutoPrivateKey(nil, &position, buffer.count)
    }
    guard let read = unsafe read else { throw .afterCall(.unreadable) }
    try unsafe self.init(adopting: read)
  }

  /// Reads the first private key of a PEM text, whatever is before and after it.
  ///
  /// - Throws: `privateKeyMissing`, `wrongPassword`, `unsupportedKey`.
  package convenience init(
    pem: SecretBytes,
    password: SecretBytes? = nil
  ) throws(CryptoError) {
    ERR_clear_error()
    let text = pem.revealed
    guard let size = Int32(exactly: text.count) else { throw CryptoError(.unreadable) }
    let secret = password?.revealed
    let read: OpaquePointer? = unsafe text.withUnsafeBytes { buffer in
      guard let bio = unsafe BIO_new_mem_buf(buffer.baseAddress, size) else { return nil }
      defer { unsafe BIO_free(bio) }
      guard let secret else { return unsafe shim_pem_private_key(bio, nil, 0) }
      // An empty array may have no address, and an empty password is not no password.
      return unsafe (secret + [0]).withUnsafeBytes {
        unsafe shim_pem_private_key(bio, $0.baseAddress, Int32(clamping: secret.count))
      }
    }
    guard let read = unsafe read else { throw Self.failure(of: text) }
    try unsafe self.init(adopting: read)
  }

  private init(adopting key: OpaquePointer) throws(CryptoError) {
    do {
      publicKey = try unsafe Self.publicKey(of: key)
    } catch {
      unsafe EVP_PKEY_free(key)
      throw error
    }
    unsafe self.key = key
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// Signs bytes.
  package func sign(
    _ bytes: [UInt8],
    scheme: RSASignatureScheme
  ) throws(CryptoError) -> [UInt8] {
    ERR_clear_error()
    guard let context = unsafe EVP_MD_CTX_new() else { throw .afterCall(.failed) }
    defer { unsafe EVP_MD_CTX_free(context) }
    var options: OpaquePointer? = nil
    guard unsafe EVP_DigestSignInit(context, &options, EVP_sha256(), nil, key) == 1 else {
      throw .afterCall(.failed)
    }
    if scheme == .ps256 {
      guard unsafe EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1,
        unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1
      else { throw .afterCall(.failed) }
    }
    var size = publicKey.modulus.count
    var signature = [UInt8](repeating: 0, count: size)
    guard unsafe EVP_DigestSign(context, &signature, &size, bytes, bytes.count) == 1 else {
      throw .afterCall(.failed)
    }
    return Array(signature.prefix(size))
  }

  /// The key in DER, as PKCS #8 without encryption.
  package func der() throws(CryptoError) -> SecretBytes {
    ERR_clear_error()
    guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw .afterCall(.failed) }
    defer { unsafe BIO_free(bio) }
    guard unsafe i2d_PKCS8PrivateKey_bio(bio, key, nil, nil, 0, nil, nil) == 1 else {
      throw .afterCall(.failed)
    }
    return unsafe Self.contents(of: bio)
  }

  /// The key in PEM, as PKCS #8; encrypted with AES-256 where a password is given.
  package func pem(password: SecretBytes? = nil) throws(CryptoError) -> SecretBytes {
    ERR_clear_error()
    guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw .afterCall(.failed) }
    defer { unsafe BIO_free(bio) }
    let status: Int32
    if let secret = password?.revealed {
      let bytes = secret.map { CChar(bitPattern: $0) } + [0]
      let size = Int32(clamping: secret.count)
      status = unsafe PEM_write_bio_PKCS8PrivateKey(
        bio,
        key,
        EVP_aes_256_cbc(),
        bytes,
        size,
        nil,
        nil
      )
    } else {
      status = unsafe PEM_write_bio_PKCS8PrivateKey(bio, key, nil, nil, 0, nil, nil)
    }
    guard status == 1 else { throw .afterCall(.failed) }
    return unsafe Self.contents(of: bio)
  }

  private static func contents(of bio: OpaquePointer) -> SecretBytes {
    var start: UnsafeMutablePointer<CChar>? = nil
    let count = unsafe shim_bio_bytes(bio, &start)
    return unsafe SecretBytes(UnsafeRawBufferPointer(start: start, count: max(0, Int(count))))
  }

  private static func publicKey(of key: OpaquePointer) throws(CryptoError) -> RSAPublicKey {
    guard unsafe EVP_PKEY_is_a(key, "RSA") == 1 else { throw CryptoError(.unsupportedKey) }
    return try RSAPublicKey(
      modulus: unsafe number(OSSL_PKEY_PARAM_RSA_N, of: key),
      exponent: unsafe number(OSSL_PKEY_PARAM_RSA_E, of: key)
    )
  }

  private static func number(
    _ name: String,
    of key: OpaquePointer
  ) throws(CryptoError) -> [UInt8] {
    var number: OpaquePointer? = nil
    guard unsafe EVP_PKEY_get_bn_param(key, name, &number) == 1 else {
      throw .afterCall(.unsupportedKey)
    }
    defer { unsafe BN_free(number) }
    let count = unsafe Int((BN_num_bits(number) + 7) / 8)
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe BN_bn2bin(number, &bytes) == Int32(count) else { throw .afterCall(.failed) }
    return bytes
  }

  /// Tells a key that would not open from a text that has none.
  private static func failure(of text: [UInt8]) -> CryptoError {
    let words = String(decoding: text, as: UTF8.self)
    if words.contains("ENCRYPTED") { return .afterCall(.wrongPassword) }
    return words.contains("PRIVATE KEY-----")
      ? .afterCall(.unreadable) : CryptoError(.privateKeyMissing)
  }
}

extension RSAPrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
