internal import CCrypto

/// An X.509 certificate with an RSA key, read once; its contents are not verified.
package struct Certificate: Hashable, Sendable {
  /// The encoding over which thumbprints are taken.
  package let der: [UInt8]
  package let publicKey: RSAPublicKey
  /// The distinguished name of the subject, as RFC 4514 writes it.
  package let subject: String
  /// The first and the last second in which it is valid, since 1970.
  package let validity: ClosedRange<Int64>

  /// Reads one certificate in DER; bytes behind it are an error.
  ///
  /// - Throws: `unreadable`, `unsupportedKey`.
  package init(der: [UInt8]) throws(CryptoError) {
    ERR_clear_error()
    var rest = 0
    let read = unsafe der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      let certificate = unsafe d2i_X509(nil, &position, buffer.count)
      rest = unsafe buffer.count - (position.map { unsafe $0 - (buffer.baseAddress ?? $0) } ?? 0)
      return unsafe certificate
    }
    guard let read = unsafe read else { throw .afterCall(.unreadable) }
    defer { unsafe X509_free(read) }
    guard rest == 0 else { throw CryptoError(.unreadable) }
    self.der = der
    publicKey = try unsafe Self.publicKey(of: read)
    subject = unsafe Self.name(X509_get_subject_name(read))
    let first = try unsafe Self.seconds(X509_get0_notBefore(read))
    let last = try unsafe Self.seconds(X509_get0_notAfter(read))
    guard first <= last else { throw CryptoError(.unreadable) }
    validity = first...last
  }

  /// Reads every certificate of a PEM text, in order; other blocks are passed over.
  ///
  /// - Throws: `certificateMissing` where there is none; `unreadable`, `unsupportedKey`.
  package static func all(inPEM text: [UInt8]) throws(CryptoError) -> [Certificate] {
    ERR_clear_error()
    guard let size = Int32(exactly: text.count) else { throw CryptoError(.unreadable) }
    var encodings: [[UInt8]] = []
    unsafe text.withUnsafeBytes { buffer in
      guard let bio = unsafe BIO_new_mem_buf(buffer.baseAddress, size) else { return }
      defer { unsafe BIO_free(bio) }
      while let certificate = unsafe shim_pem_certificate(bio) {
        unsafe encodings.append(Self.encoding(of: certificate))
        unsafe X509_free(certificate)
      }
    }
    // The loop ends where no further block begins, which OpenSSL counts as an error; any other
    // reason is a block that it could not read.
    let reason = ERR_peek_last_error()
    let end = reason & 0x7F_FFFF == UInt(PEM_R_NO_START_LINE)
    guard end || reason == 0 else { throw .afterCall(.unreadable) }
    ERR_clear_error()
    guard !encodings.isEmpty else { throw CryptoError(.certificateMissing) }
    var certificates: [Certificate] = []
    for der in encodings { try certificates.append(Certificate(der: der)) }
    return certificates
  }

  /// SHA-256 of the encoding: what `x5t#S256` carries.
  package var thumbprint: SHA256.Digest { SHA256.digest(der) }

  /// SHA-1 of the encoding, 20 bytes, as the old `x5t` carries it: a name, not a proof.
  package var oldThumbprint: [UInt8] {
    var output = [UInt8](repeating: 0, count: 20)
    let status = unsafe EVP_Digest(der, der.count, &output, nil, EVP_sha1(), nil)
    return status == 1 ? output : []
  }

  /// The certificate in PEM.
  package var pem: String {
    let digits = Array(Base64.encode(der).utf8)
    let lines = stride(from: 0, to: digits.count, by: 64).map { start in
      String(decoding: digits[start..<min(start + 64, digits.count)], as: UTF8.self)
    }
    return "-----BEGIN CERTIFICATE-----\n" + lines.joined(separator: "\n")
      + "\n-----END CERTIFICATE-----\n"
  }

  private static func encoding(of certificate: OpaquePointer) -> [UInt8] {
    var start: UnsafeMutablePointer<UInt8>? = nil
    let count = unsafe i2d_X509(certificate, &start)
    guard count > 0, let start = unsafe start else { return [] }
    defer { unsafe CRYPTO_free(start, nil, 0) }
    return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  private static func publicKey(of certificate: OpaquePointer) throws(CryptoError) -> RSAPublicKey {
    guard let key = unsafe X509_get0_pubkey(certificate), unsafe EVP_PKEY_is_a(key, "RSA") == 1
    else { throw .afterCall(.unsupportedKey) }
    return try unsafe RSAPublicKey(
      modulus: number(OSSL_PKEY_PARAM_RSA_N, of: key),
      exponent: number(OSSL_PKEY_PARAM_RSA_E, of: key)
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
    _ = unsafe BN_bn2bin(number, &bytes)
    return bytes
  }

  private static func name(_ name: OpaquePointer?) -> String {
    guard let bio = unsafe BIO_new(BIO_s_mem()) else { return "" }
    defer { unsafe BIO_free(bio) }
    _ = unsafe X509_NAME_print_ex(bio, name, 0, shim_name_flags())
    var start: UnsafeMutablePointer<CChar>? = nil
    let count = unsafe shim_bio_bytes(bio, &start)
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: max(0, Int(count)))
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  private static func seconds(
    _ time: UnsafePointer<ASN1_TIME>?
  ) throws(CryptoError) -> Int64 {
    guard let epoch = unsafe ASN1_TIME_set(nil, 0) else { throw .afterCall(.failed) }
    defer { unsafe ASN1_TIME_free(epoch) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
      throw .afterCall(.unreadable)
    }
    return Int64(days) * 86_400 + Int64(seconds)
  }
}
