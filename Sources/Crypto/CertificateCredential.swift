internal import CCrypto

/// A private key with the certificate that belongs to it, as a client of Entra keeps them in a file.
package struct CertificateCredential: Sendable {
  package let key: RSAPrivateKey
  /// The certificate of the key.
  package let certificate: Certificate
  /// The certificates that came with it, in the order of the file.
  package let chain: [Certificate]

  /// Joins a key and certificates.
  ///
  /// - Throws: `certificateMissing` without any, `certificateOfAnotherKey` where none has the key.
  package init(key: RSAPrivateKey, certificates: [Certificate]) throws(CryptoError) {
    guard !certificates.isEmpty else { throw CryptoError(.certificateMissing) }
    guard let own = certificates.firstIndex(where: { $0.publicKey == key.publicKey }) else {
      throw CryptoError(.certificateOfAnotherKey)
    }
    self.key = key
    certificate = certificates[own]
    chain = certificates.indices.filter { $0 != own }.map { certificates[$0] }
  }

  /// Reads the contents of a key file: PEM with both in any order, or PKCS #12.
  ///
  /// - Throws: `unreadable`, `wrongPassword`, `privateKeyMissing`, `certificateMissing`,
  ///   `certificateOfAnotherKey`, `unsupportedKey`.
  package init(
    contents: SecretBytes,
    password: SecretBytes? = nil
  ) throws(CryptoError) {
    // A PKCS #12 file is binary and begins with the tag of a sequence; PEM is text.
    if contents.revealed.first == 0x30 {
      self = try PKCS12.read(contents, password: password)
    } else {
      let key = try RSAPrivateKey(pem: contents, password: password)
      self = try Self(key: key, certificates: Certificate.all(inPEM: contents.revealed))
    }
  }
}

extension CertificateCredential: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Files that hold a key and its certificates under one password (RFC 7292; `.pfx`, `.p12`).
package enum PKCS12 {
  /// Reads a file.
  ///
  /// - Throws: `unreadable` (also for old files without AES, whose ciphers are not there),
  ///   `wrongPassword`, `privateKeyMissing`, `certificateMissing`, `certificateOfAnotherKey`,
  ///   `unsupportedKey`.
  package static func read(
    _ contents: SecretBytes,
    password: SecretBytes?
  ) throws(CryptoError) -> CertificateCredential {
    ERR_clear_error()
    let bytes = contents.revealed
    let file = unsafe bytes.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return unsafe d2i_PKCS12(nil, &position, buffer.count)
    }
    guard let file = unsafe file else { throw .afterCall(.unreadable) }
    defer { unsafe PKCS12_free(file) }
    let secret = try Self.text(password)
    guard unsafe PKCS12_mac_present(file) == 0 || opens(file, secret) else {
      throw .afterCall(.wrongPassword)
    }
    var key: OpaquePointer? = nil
    var own: OpaquePointer? = nil
    var others: OpaquePointer? = nil
    let status = unsafe PKCS12_parse(file, secret, &key, &own, &others)
    defer {
      unsafe EVP_PKEY_free(key)
      unsafe X509_free(own)
      unsafe shim_certificates_free(others)
    }
    guard status == 1 else { throw .afterCall(.unreadable) }
    guard let key = unsafe key else { throw CryptoError(.privateKeyMissing) }
    let encodings = unsafe Self.encodings(own, others)
    var certificates: [Certificate] = []
    for der in encodings { try certificates.append(Certificate(der: der)) }
    return try CertificateCredential(
      key: RSAPrivateKey(der: unsafe Self.encoding(of: key)),
      certificates: certificates
    )
  }

  /// Writes a file, encrypted with AES-256.
  package static func write(
    _ credential: CertificateCredential,
    password: SecretBytes
  ) throws(CryptoError) -> SecretBytes {
    let secret = try Self.text(password)
    let der = try credential.key.der().revealed
    ERR_clear_error()
    let key = unsafe der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return unsafe d2i_AutoPrivateKey(nil, &position, buffer.count)
    }
    defer { unsafe EVP_PKEY_free(key) }
    let own = unsafe Self.certificate(credential.certificate)
    defer { unsafe X509_free(own) }
    let others = unsafe shim_certificates_new()
    defer { unsafe shim_certificates_free(others) }
    for other in credential.chain {
      _ = unsafe shim_certificates_push(others, Self.certificate(other))
    }
    guard let file = unsafe PKCS12_create(secret, nil, key, own, others, 0, 0, 0, 0, 0) else {
      throw .afterCall(.failed)
    }
    defer { unsafe PKCS12_free(file) }
    var start: UnsafeMutablePointer<UInt8>? = nil
    let count = unsafe i2d_PKCS12(file, &start)
    guard count > 0, let start = unsafe start else { throw .afterCall(.failed) }
    defer { unsafe CRYPTO_clear_free(start, Int(count), nil, 0) }
    return unsafe SecretBytes(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  /// The password for C; one with a zero in it cannot be that of such a file.
  private static func text(_ password: SecretBytes?) throws(CryptoError) -> [CChar] {
    let bytes = password?.revealed ?? []
    guard !bytes.contains(0) else { throw CryptoError(.wrongPassword) }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// Whether a password fits; an empty one may have been written as none.
  private static func opens(_ file: OpaquePointer, _ secret: [CChar]) -> Bool {
    if unsafe PKCS12_verify_mac(file, secret, Int32(clamping: secret.count - 1)) == 1 {
      return true
    }
    return unsafe secret.count == 1 && PKCS12_verify_mac(file, nil, 0) == 1
  }

  private static func encodings(_ own: OpaquePointer?, _ others: OpaquePointer?) -> [[UInt8]] {
    var result: [[UInt8]] = []
    if let own = unsafe own { unsafe result.append(encoding(ofCertificate: own)) }
    guard let others = unsafe others else { return result }
    for index in unsafe 0..<max(0, shim_certificates_count(others)) {
      guard let other = unsafe shim_certificates_at(others, index) else { continue }
      unsafe result.append(encoding(ofCertificate: other))
    }
    return result
  }

  private static func certificate(_ certificate: Certificate) -> OpaquePointer? {
    unsafe certificate.der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return unsafe d2i_X509(nil, &position, buffer.count)
    }
  }

  private static func encoding(ofCertificate certificate: OpaquePointer) -> [UInt8] {
    var start: UnsafeMutablePointer<UInt8>? = nil
    let count = unsafe i2d_X509(certificate, &start)
    guard count > 0, let start = unsafe start else { return [] }
    defer { unsafe CRYPTO_free(start, nil, 0) }
    return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  private static func encoding(of key: OpaquePointer) -> SecretBytes {
    var start: UnsafeMutablePointer<UInt8>? = nil
    let count = unsafe i2d_PrivateKey(key, &start)
    guard count > 0, let start = unsafe start else { return SecretBytes([]) }
    defer { unsafe CRYPTO_clear_free(start, Int(count), nil, 0) }
    return unsafe SecretBytes(UnsafeBufferPointer(start: start, count: Int(count)))
  }
}
