internal import CCrypto

extension Certificate {
  /// Makes a certificate that vouches for itself, as an application registers one, or a server on
  /// loopback shows one.
  ///
  /// `names` are subject alternative names as OpenSSL writes them, `DNS:localhost` or
  /// `IP:127.0.0.1`; the serial number is drawn.
  ///
  /// - Throws: `unreadable` for a name that OpenSSL cannot read, `failed`.
  package static func selfSigned(
    commonName: String,
    key: RSAPrivateKey,
    validity: ClosedRange<Int64>,
    names: [String] = []
  ) throws(CryptoError) -> Certificate {
    let bytes = try key.der().revealed
    let serial = try RandomBytes.draw(16)
    ERR_clear_error()
    let encoding = unsafe bytes.withUnsafeBufferPointer { buffer -> [UInt8]? in
      var position = buffer.baseAddress
      let signer = unsafe d2i_AutoPrivateKey(nil, &position, buffer.count)
      defer { unsafe EVP_PKEY_free(signer) }
      let certificate = unsafe X509_new()
      defer { unsafe X509_free(certificate) }
      guard let signer = unsafe signer, let certificate = unsafe certificate,
        unsafe describe(certificate, commonName, serial, validity),
        unsafe X509_set_pubkey(certificate, signer) == 1,
        unsafe extend(certificate, names),
        unsafe X509_sign(certificate, signer, EVP_sha256()) > 0
      else { return nil }
      return unsafe encoded(certificate)
    }
    guard let encoding else { throw .afterCall(.unreadable) }
    return try Certificate(der: encoding)
  }

  private static func describe(
    _ certificate: OpaquePointer,
    _ commonName: String,
    _ serial: [UInt8],
    _ validity: ClosedRange<Int64>
  ) -> Bool {
    let name = unsafe X509_get_subject_name(certificate)
    let text = Array(commonName.utf8)
    guard unsafe X509_set_version(certificate, 2) == 1,
      unsafe X509_NAME_add_entry_by_txt(
        name,
        "CN",
        MBSTRING_UTF8,
        text,
        Int32(clamping: text.count),
        -1,
        0
      ) == 1,
      unsafe X509_set_issuer_name(certificate, name) == 1,
      unsafe ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(validity.lowerBound)) != nil,
      unsafe ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(validity.upperBound)) != nil
    else { return false }
    // The top bit cleared: a serial number is positive.
    let number = unsafe BN_bin2bn([serial[0] & 0x7F] + serial.dropFirst(), 16, nil)
    defer { unsafe BN_free(number) }
    return unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
  }

  private static func extend(_ certificate: OpaquePointer, _ names: [String]) -> Bool {
    guard !names.isEmpty else { return true }
    guard
      let list = unsafe X509V3_EXT_conf_nid(
        nil,
        nil,
        NID_subject_alt_name,
        names.joined(separator: ",")
      )
    else { return false }
    defer { unsafe X509_EXTENSION_free(list) }
    return unsafe X509_add_ext(certificate, list, -1) == 1
  }

  private static func encoded(_ certificate: OpaquePointer) -> [UInt8]? {
    var start: UnsafeMutablePointer<UInt8>? = nil
    let count = unsafe i2d_X509(certificate, &start)
    guard count > 0, let start = unsafe start else { return nil }
    defer { unsafe CRYPTO_free(start, nil, 0) }
    return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }
}
