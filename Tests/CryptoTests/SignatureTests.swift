import Crypto
import Testing

struct SignatureTests {
  private let message = Array("the merge is the grant".utf8)

  @Test(arguments: RSASignatureScheme.allCases)
  func `what a key signed, its public half verifies`(scheme: RSASignatureScheme) throws {
    let key = try Keys.ours.get()
    let signature = try key.sign(message, scheme: scheme)
    #expect(signature.count == 256)
    #expect(key.publicKey.verifies(signature, over: message, scheme: scheme))
  }

  @Test(arguments: RSASignatureScheme.allCases)
  func `another message, signature, scheme or key does not verify`(
    scheme: RSASignatureScheme
  ) throws {
    let key = try Keys.ours.get()
    let signature = try key.sign(message, scheme: scheme)
    var altered = signature
    altered[100] ^= 1
    let other = RSASignatureScheme.allCases.first { $0 != scheme } ?? scheme
    #expect(!key.publicKey.verifies(signature, over: message + [0], scheme: scheme))
    #expect(!key.publicKey.verifies(altered, over: message, scheme: scheme))
    #expect(!key.publicKey.verifies([], over: message, scheme: scheme))
    #expect(!key.publicKey.verifies(signature + [0], over: message, scheme: scheme))
    #expect(!key.publicKey.verifies(signature, over: message, scheme: other))
    #expect(try !Keys.theirs.get().publicKey.verifies(signature, over: message, scheme: scheme))
  }

  @Test func `signatures of another library verify, both schemes`() throws {
    let key = try Self.foreign()
    for (scheme, text) in [(RSASignatureScheme.rs256, Foreign.rs256), (.ps256, Foreign.ps256)] {
      let signature = try #require(Base64URL.decode(text))
      #expect(key.verifies(signature, over: message, scheme: scheme))
    }
  }

  @Test func `a PSS signature whose salt is not as long as the digest is refused`() throws {
    let signature = try #require(Base64URL.decode(Foreign.ps256WithShortSalt))
    #expect(try !Self.foreign().verifies(signature, over: message, scheme: .ps256))
  }

  @Test func `a failed verification leaves nothing behind for the next call`() throws {
    let key = try Keys.ours.get()
    #expect(!key.publicKey.verifies([1, 2, 3], over: message, scheme: .rs256))
    #expect(throws: CryptoError.self) { try RSAPrivateKey(der: SecretBytes([0x30])) }
    #expect(try key.sign(message, scheme: .rs256).count == 256)
  }

  @Test(
    arguments: [
      ([UInt8](repeating: 0xFF, count: 128), [1, 0, 1]),  // 1024 bits
      ([UInt8](repeating: 0xFF, count: 4096), [1, 0, 1]),  // too long to be checked in good time
      ([UInt8](repeating: 0xFF, count: 256), [1]),
      ([UInt8](repeating: 0xFF, count: 256), [2]),
      ([UInt8](repeating: 0xFF, count: 256), []),
      ([UInt8](repeating: 0xFF, count: 256), [UInt8](repeating: 1, count: 9)),
      ([], [1, 0, 1]),
      ([0, 0, 0], [1, 0, 1]),
    ] as [([UInt8], [UInt8])]
  )
  func `numbers that make a weak key are refused`(modulus: [UInt8], exponent: [UInt8]) {
    #expect(throws: CryptoError.self) {
      try RSAPublicKey(modulus: modulus, exponent: exponent)
    }
  }

  @Test func `zeros before a number do not make another key`() throws {
    let key = try Keys.ours.get().publicKey
    let same = try RSAPublicKey(modulus: [0, 0] + key.modulus, exponent: [0] + key.exponent)
    #expect(same == key)
  }

  @Test func `several threads sign with one key`() async throws {
    let key = try Keys.ours.get()
    let verified = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<16 {
        group.addTask {
          let bytes = [UInt8(number)]
          guard let signature = try? key.sign(bytes, scheme: .ps256) else { return false }
          return key.publicKey.verifies(signature, over: bytes, scheme: .ps256)
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(verified)
  }

  private static func foreign() throws -> RSAPublicKey {
    try RSAPublicKey(
      modulus: #require(Base64URL.decode(Foreign.modulus)),
      exponent: [1, 0, 1]
    )
  }
}
