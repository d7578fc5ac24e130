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
