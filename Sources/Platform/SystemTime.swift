internal import CPOSIX

/// The machine's own clock and source of randomness.
package enum SystemTime {
  /// Whole seconds since 1970 in UTC.
  package static func secondsSinceEpoch() -> Int64 { Int64(time(nil)) }

  /// The processor time of the calling thread in seconds, which does not grow while others run.
  package static func threadSeconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A word that nobody can foresee.
  package static func randomWord() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }

  /// The number of this process.
  package static func processID() -> Int { Int(getpid()) }

  /// What tells this run of this machine's kernel from every other, containers on it included; empty
  /// where the system does not say.
  package static func bootID() -> String {
    let bytes = (try? PublicFile.read("/proc/sys/kernel/random/boot_id", limit: 100)) ?? []
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

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
