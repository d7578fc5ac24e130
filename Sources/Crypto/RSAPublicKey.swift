internal import CCrypto

/// A public RSA key, which checks signatures.
@safe
package final class RSAPublicKey: @unchecked Sendable {
  // Sendable: OpenSSL 3 lets several threads use one key that none of them changes, and the key is
  // complete when `init` returns.
  private let key: OpaquePointer

  /// The two numbers, big-endian, without leading zeros.
  package let modulus: [UInt8]
  package let exponent: [UInt8]

  /// Takes the two numbers, big-endian; zeros before them are dropped.
  ///
  /// - Throws: `unsupportedKey` for a modulus outside 2048 to 16384 bits and for an exponent of more
  ///   than eight bytes, even, or below three.
  package init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
    self.modulus = Array(modulus.drop { $0 == 0 })
    self.exponent = Array(exponent.drop { $0 == 0 })
    guard (256...2048).contains(self.modulus.count), (1...8).contains(self.exponent.count),
      let last = self.exponent.last, last & 1 == 1, self.exponent != [1]
    else { throw CryptoError(.unsupportedKey) }
    let made = unsafe shim_rsa_public_key(
      self.modulus,
      Int32(self.modulus.count),
      self.exponent,
      Int32(self.exponent.count)
    )
    guard let made = unsafe made else { throw .afterCall(.unsupportedKey) }
    unsafe key = made
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// Whether a signature over these bytes was made with the private half of this key.
  package func verifies(
    _ signature: [UInt8],
    over bytes: [UInt8],
    scheme: RSASignatureScheme
  ) -> Bool {
    guard let context = unsafe EVP_MD_CTX_new() else { return false }
    defer { unsafe EVP_MD_CTX_free(context) }
    var options: OpaquePointer? = nil
    guard unsafe EVP_DigestVerifyInit(context, &options, EVP_sha256(), nil, key) == 1,
      unsafe Self.configure(options, for: scheme)
    else { return false }
    let verdict = unsafe EVP_DigestVerify(
      context,
      signature,
      signature.count,
      bytes,
      bytes.count
    )
    // A signature that fails leaves its reasons in the queue of this thread, where the next caller
    // would take them for its own.
    ERR_clear_error()
    return verdict == 1
  }

  private static func configure(_ options: OpaquePointer?, for scheme: RSASignatureScheme) -> Bool {
    switch scheme {
    case .rs256: unsafe EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PADDING) == 1
    case .ps256:
      unsafe EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1
    }
  }
}

extension RSAPublicKey: Hashable {
  package static func == (left: RSAPublicKey, right: RSAPublicKey) -> Bool {
    left.modulus == right.modulus && left.exponent == right.exponent
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(modulus)
    hasher.combine(exponent)
  }
}

/// The two ways of RFC 7518 to sign with RSA over SHA-256.
package enum RSASignatureScheme: String, Hashable, Sendable, CaseIterable {
  /// PKCS #1 v1.5.
  case rs256 = "RS256"
  /// PSS, with a salt as long as the digest.
  case ps256 = "PS256"
}
