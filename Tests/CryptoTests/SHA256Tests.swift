import Crypto
import Testing

struct SHA256Tests {
  /// FIPS 180-4's examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `digests are those of the standard's examples`(text: String, hex: String) {
    #expect(SHA256.digest(Array(text.utf8)).hex == hex)
  }

  @Test func `a digest does not depend on how its bytes were handed over`() {
    let bytes = (0..<1000).map { UInt8($0 & 0xFF) }
    let hash = SHA256()
    hash.update(bytes[..<1])
    hash.update([])
    hash.update(bytes[1..<64])
    hash.update(AnySequence(bytes[64...]))
    #expect(hash.finalize() == SHA256.digest(bytes))
  }

  @Test func `a million bytes digest as the standard says`() {
    let digest = SHA256.digest([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(
      digest.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
  }
}
