internal import FoundationEssentials
internal import Platform

/// One measurement that `scripts/bench` can make, in a process of its own.
struct Benchmark: Sendable {
  /// Words with hyphens, by which it is asked for.
  var name: String
  /// Programs without which it is skipped.
  var needs: [String] = []
  /// Measures, and yields a line for each figure.
  var measure: @Sendable () async throws -> [Measurement]
  /// What is done once in a process whose memory is measured, with the words that `peak` was given.
  var work: @Sendable ([String]) async throws -> Void = { _ in }

  /// By this word the program knows that it is the process whose memory is measured.
  static let peakArgument = "--peak"

  /// The highest resident size, in MiB, of a process of its own that does the work of a benchmark.
  static func peak(of name: String, _ words: String...) async throws -> Double {
    let child = ChildProcess(
      "/proc/self/exe",
      [peakArgument, name] + words,
      environment: ["SWIFT_BACKTRACE": "enable=no", "PATH": "/usr/bin:/bin"]
    )
    let done = try await child.run(timeout: .seconds(600))
    let text = String(decoding: done.output, as: UTF8.self)
    guard done.isSuccess, let peak = Double(text.filter { !$0.isNewline }) else {
      throw Failure(description: "\(name): \(String(decoding: done.errors, as: UTF8.self))")
    }
    return peak
  }

  /// Does the work, and yields the highest resident size of this process so far, in MiB.
  func peakOfWork(_ words: [String]) async throws -> Double {
    try await work(words)
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return (Double(line.filter { $0.isNumber }) ?? .infinity) / 1024
    }
    return .infinity
  }

  struct Failure: Error, CustomStringConvertible { var description: String }
}

/// A figure beside the yardstick that was measured in the same run, and the bar that it must reach.
struct Measurement: Sendable {
  var name: String
  var figure: Double
  var unit: String
  /// What is demanded, in words (`at most 6 x`).
  var bar: String
  /// What the figure is compared with (`guestlist --version 0.012 s`); `nil` for an absolute bar.
  var yardstick: String?
  /// The figure over the yardstick.
  var ratio: Double?
  var isMet: Bool

  /// A figure that must not exceed a multiple of the yardstick's.
  static func ratio(
    _ name: String,
    figure: Double,
    unit: String = "s",
    to yardstick: Double,
    of yardstickName: String,
    atMost limit: Double
  ) -> Self {
    let ratio = yardstick > 0 ? figure / yardstick : .infinity
    return Self(
      name: name,
      figure: figure,
      unit: unit,
      bar: "at most \(rounded(limit)) x",
      yardstick: "\(yardstickName) \(rounded(yardstick)) \(unit)",
      ratio: ratio,
      isMet: ratio <= limit
    )
  }

  /// A rate that must reach a share of the yardstick's.
  static func rate(
    _ name: String,
    figure: Double,
    unit: String,
    to yardstick: Double,
    of yardstickName: String,
    atLeast share: Double
  ) -> Self {
    Self(
      name: name,
      figure: figure,
      unit: unit,
      bar: "at least \(rounded(share)) x",
      yardstick: "\(yardstickName) \(rounded(yardstick)) \(unit)",
      ratio: figure / yardstick,
      isMet: figure >= share * yardstick
    )
  }

  /// A figure with a limit of its own.
  static func absolute(_ name: String, figure: Double, unit: String, atMost limit: Double) -> Self {
    Self(
      name: name,
      figure: figure,
      unit: unit,
      bar: "at most \(rounded(limit)) \(unit)",
      isMet: figure <= limit
    )
  }

  /// The line that `scripts/bench` prints.
  var line: String {
    var parts = ["bar \(bar)"]
    if let yardstick { parts.append("yardstick \(yardstick)") }
    if let ratio { parts.append("ratio \(Self.rounded(ratio))") }
    if !isMet { parts.append("FALLS SHORT") }
    return "\(name): \(Self.rounded(figure)) \(unit) (\(parts.joined(separator: "; ")))"
  }

  /// Three significant digits; whole numbers whole.
  static func rounded(_ number: Double) -> String {
    guard number.isFinite else { return "\(number)" }
    if number == number.rounded(), abs(number) < 1e9 { return "\(Int64(number))" }
    var scale = 1.0
    while abs(number) * scale < 100, scale < 1e9 { scale *= 10 }
    let value = (number * scale).rounded() / scale
    return "\(value)"
  }
}
