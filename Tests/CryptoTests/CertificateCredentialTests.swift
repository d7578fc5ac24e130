import Crypto
import Testing

struct CertificateCredentialTests {
  private let year: ClosedRange<Int64> = 1_767_225_600...1_798_761_600
  private let password = SecretBytes("correct horse, åäö")

  private func certificate(_ key: RSAPrivateKey, _ name: String = "ours") throws -> Certificate {
    try .selfSigned(commonName: name, key: key, validity: year)
  }

  @Test func `a PEM file holds key and certificates in any order`() throws {
    let key = try Keys.ours.get()
    let own = try certificate(key)
    let other = try certificate(Keys.theirs.get(), "issuer")
    let keyText = String(decoding: try key.pem().revealed, as: UTF8.self)
    for file in [keyText + own.pem + other.pem, other.pem + own.pem + keyText] {
      let read = try CertificateCredential(contents: SecretBytes(file))
      #expect(read.certificate == own)
      #expect(read.chain == [other])
      #expect(read.key.publicKey == key.publicKey)
    }
  }

  @Test func `an encrypted PEM key opens with its password only`() throws {
    let key = try Keys.ours.get()
    let text = String(decoding: try key.pem(password: password).revealed, as: UTF8.self)
    let file = SecretBytes(text + (try certificate(key)).pem)
    #expect(text.contains("ENCRYPTED"))
    #expect(
      try CertificateCredential(contents: file, password: password).key.publicKey == key.publicKey
    )
    for wrong in [nil, SecretBytes(""), SecretBytes("correct horse")] {
      let error = #expect(throws: CryptoError.self) {
        try CertificateCredential(contents: file, password: wrong)
      }
      #expect(error?.code == .wrongPassword)
    }
  }

  @Test func `a PKCS 12 file opens with its password only`() throws {
    let key = try Keys.ours.get()
    let own = try certificate(key)
    let other = try certificate(Keys.theirs.get(), "issuer")
    let credential = try CertificateCredential(key: key, certificates: [other, own])
    let file = try PKCS12.write(credential, password: password)
    let read = try CertificateCredential(contents: file, password: password)
    #expect(read.certificate == own)
    #expect(read.chain == [other])
    #expect(read.key.publicKey == key.publicKey)
    for wrong in [nil, SecretBytes(""), SecretBytes("correct horse"), SecretBytes("a\u{0}b")] {
      let error = #expect(throws: CryptoError.self) {
        try CertificateCredential(contents: file, password: wrong)
      }
      #expect(error?.code == .wrongPassword)
    }
  }

  @Test func `a PKCS 12 file with an empty password opens without one`() throws {
    let key = try Keys.ours.get()
    let credential = try CertificateCredential(key: key, certificates: [certificate(key)])
    let file = try PKCS12.write(credential, password: SecretBytes(""))
    #expect(try CertificateCredential(contents: file).key.publicKey == key.publicKey)
  }

  @Test func `what lacks a part says which`() throws {
    let key = try Keys.ours.get()
    let own = try certificate(key)
    let foreign = try certificate(Keys.theirs.get())
    let keyText = String(decoding: try key.pem().revealed, as: UTF8.self)
    let cases: [(String, CryptoError.Code)] = [
      (own.pem, .privateKeyMissing), (keyText, .certificateMissing),
      (keyText + foreign.pem, .certificateOfAnotherKey), ("", .privateKeyMissing),
      ("0nonsense", .unreadable),
      ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", .unreadable),
    ]
    for (file, code) in cases {
      let error = #expect(throws: CryptoError.self) {
        try CertificateCredential(contents: SecretBytes(file))
      }
      #expect(error?.code == code, "\(file.prefix(40))")
    }
  }

  @Test func `a key survives its own encodings`() throws {
    let key = try Keys.ours.get()
    #expect(try RSAPrivateKey(der: key.der()).publicKey == key.publicKey)
    #expect(try RSAPrivateKey(pem: key.pem()).publicKey == key.publicKey)
  }

  @Test func `secrets do not print themselves`() throws {
    let key = try Keys.ours.get()
    let credential = try CertificateCredential(key: key, certificates: [certificate(key)])
    var dumped = ""
    dump([key as Any, credential, password, try key.der()], to: &dumped)
    let texts = [
      "\(key)", String(reflecting: key), "\(credential)", String(reflecting: credential),
      "\(password)", String(reflecting: password), "\([password])",
    ]
    #expect(texts.allSatisfy { $0.contains("<redacted>") && !$0.contains("horse") })
    #expect(!dumped.contains("OpaquePointer"))
    #expect(!dumped.contains("revealed"))
  }
}
