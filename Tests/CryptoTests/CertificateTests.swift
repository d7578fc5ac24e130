import Crypto
import Testing

struct CertificateTests {
  private let year: ClosedRange<Int64> = 1_767_225_600...1_798_761_600

  @Test func `a certificate of another library is read as it was written`() throws {
    let read = try Certificate.all(inPEM: Array(Foreign.certificate.utf8))
    let certificate = try #require(read.first)
    #expect(read.count == 1)
    #expect(certificate.subject == "O=Contoso\\, Inc,CN=Åsa")
    #expect(certificate.validity == year)
    #expect(certificate.publicKey.modulus == Base64URL.decode(Foreign.modulus))
    #expect(
      certificate.thumbprint.hex
        == "0ec46492e5ea9fb4dce48daaf40f43eee4f21ea71cf1b55f738ef895a40d691a"
    )
    #expect(
      Hexadecimal.text(certificate.oldThumbprint) == "4a2901f970475ae83c623e6605fb8496394edadb"
    )
    #expect(certificate.pem == Foreign.certificate + "\n")
  }

  @Test func `a certificate that was made is valid as long as was said, and signed by its key`()
    throws
  {
    let key = try Keys.ours.get()
    let made = try Certificate.selfSigned(
      commonName: "guestlist, Åsa's",
      key: key,
      validity: year,
      names: ["DNS:localhost", "IP:127.0.0.1"]
    )
    #expect(made.subject == "CN=guestlist\\, Åsa's")
    #expect(made.validity == year)
    #expect(made.publicKey == key.publicKey)
    #expect(try Certificate(der: made.der) == made)
    #expect(try Certificate.all(inPEM: Array(made.pem.utf8)) == [made])
  }

  @Test func `certificates beyond the year 2050 keep their dates`() throws {
    let far: ClosedRange<Int64> = 2_600_000_000...4_102_444_800
    let made = try Certificate.selfSigned(
      commonName: "far",
      key: Keys.ours.get(),
      validity: far
    )
    #expect(made.validity == far)
  }

  @Test func `what is not an alternative name is refused`() throws {
    let key = try Keys.ours.get()
    #expect(throws: CryptoError.self) {
      try Certificate.selfSigned(commonName: "x", key: key, validity: year, names: ["IP:localhost"])
    }
  }

  @Test func `a certificate with another kind of key is refused as such`() {
    #expect(throws: CryptoError.self) {
      try Certificate.all(inPEM: Array(Foreign.ellipticCertificate.utf8))
    }
  }

  @Test
  func `a text without a certificate, a cut one and a longer one are refused`()
    throws
  {
    let good = try Certificate.all(inPEM: Array(Foreign.certificate.utf8))[0]
    let cut = Foreign.certificate.replacing("MIICxTCC", with: "MIICxTCD")
    #expect(throws: CryptoError.self) { try Certificate.all(inPEM: []) }
    #expect(throws: CryptoError.self) { try Certificate.all(inPEM: Array("hello".utf8)) }
    #expect(throws: CryptoError.self) { try Certificate.all(inPEM: Array(cut.utf8)) }
    #expect(throws: CryptoError.self) {
      try Certificate.all(inPEM: Array((Foreign.certificate + "\n" + cut).utf8))
    }
    #expect(throws: CryptoError.self) { try Certificate(der: good.der + [0]) }
    #expect(throws: CryptoError.self) { try Certificate(der: good.der.dropLast()) }
    #expect(throws: CryptoError.self) { try Certificate(der: []) }
  }

  @Test func `no cut or altered certificate does more than be refused or read`() throws {
    let der = try Certificate.all(inPEM: Array(Foreign.certificate.utf8))[0].der
    for length in 0..<der.count {
      #expect(throws: CryptoError.self) { try Certificate(der: Array(der.prefix(length))) }
    }
    for position in der.indices {
      var altered = der
      altered[position] ^= 0x55
      _ = try? Certificate(der: altered)
    }
  }
}

extension Array where Element == UInt8 {
  fileprivate func dropLast() -> [UInt8] { Array(prefix(count - 1)) }
}
