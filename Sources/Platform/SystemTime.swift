internal import CPOSIX

/// The machine's own clock and source of randomness.
package enum SystemTime {
  /// Whole seconds since 1970 in UTC.
  package static func secondsSinceEpoch() -> Int64 { Int64(time(nil)) }

  /// A word that nobody can foresee.
  package static func randomWord() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }

  /// The number of this process.
  package static func processID() -> Int { Int(getpid()) }

  /// The name of this machine, `localhost` where it has none.
  package static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let code = unsafe buffer.withUnsafeMutableBufferPointer { space in
      unsafe space.baseAddress.map { unsafe gethostname($0, 255) }
    }
    guard code == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
