/// One measurement that `scripts/bench` can make.
struct Benchmark: Sendable {
  /// Words with hyphens, by which it is asked for.
  var name: String
  /// Measures, and yields a line for each figure.
  var measure: @Sendable () async throws -> [Measurement]
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
    unit: String,
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
