import Crypto
import Testing

struct EncodingTests {
  /// RFC 4648 section 10, without the padding.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
    ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
  ])
  func `base64url writes and reads the standard's examples`(text: String, encoded: String) {
    #expect(Base64URL.encode(Array(text.utf8)) == encoded)
    #expect(Base64URL.decode(encoded) == Array(text.utf8))
  }

  @Test func `base64url uses the alphabet for URLs, base64 the first one with padding`() {
    #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
    #expect(Base64.encode([0xFB, 0xFF, 0xBF, 0x00]) == "+/+/AA==")
  }

  @Test(arguments: ["Zg==", "Zm9v\n", "Z", "Zm9vZ", "Zm+v", "Zm/v", "Zh", "Zm9", "Zm9vYm\u{E9}"])
  func `base64url refuses padding, other alphabets, stray bits and cut digits`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test func `every sequence of bytes comes back from base64url`() {
    var state: UInt64 = 42
    for length in 0..<200 {
      let bytes = (0..<length).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      }
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }
  }

  @Test func `hexadecimal digits are small and two for each byte`() {
    #expect(Hexadecimal.text([0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
  }

  @Test(
    arguments: [
      ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1], false),
      ([1, 2, 3], [1, 2, 2], false), ([0x80], [0], false), ([2, 1], [1, 1], false),
    ] as [([UInt8], [UInt8], Bool)]
  )
  func `a comparison in constant time is a comparison`(
    left: [UInt8],
    right: [UInt8],
    equal: Bool
  ) {
    #expect(ConstantTime.equal(left, right) == equal)
  }

  @Test func `random bytes are as many as asked for and not the same twice`() throws {
    #expect(try RandomBytes.draw(0).isEmpty)
    let first = try RandomBytes.draw(32)
    let second = try RandomBytes.draw(32)
    #expect(first.count == 32)
    #expect(first != second)
  }
}
