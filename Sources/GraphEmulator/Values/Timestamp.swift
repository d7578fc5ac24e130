internal import FoundationEssentials

/// A moment in UTC, in milliseconds since 1970.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The whole seconds since 1970, as tokens carry them.
  package var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
  }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// Returns the moment so many seconds later, held at the ends of the range.
  package func adding(seconds: Int64) -> Timestamp {
    let (product, tooLarge) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, overflow) = milliseconds.addingReportingOverflow(product)
    if tooLarge || overflow { return .init(milliseconds: seconds < 0 ? .min / 2 : .max / 2) }
    return .init(milliseconds: sum)
  }
}

extension Timestamp {
  private static let style = Date.ISO8601FormatStyle()

  /// Reads `2026-11-20`, `2026-11-20T12:00:00Z`, and the same without seconds, with a fraction or an
  /// offset.
  package init?(text: String) {
    let text = text.uppercased()
    var (local, rest) = (text, Substring("Z"))
    if text.utf8.count == 10 {
      local += "T00:00:00"
    } else {
      let hasSeconds = text.dropFirst(16).first == ":"
      local = text.prefix(hasSeconds ? 19 : 16) + (hasSeconds ? "" : ":00")
      rest = text.dropFirst(hasSeconds ? 19 : 16)
    }
    // The toolchain also takes 30 February and 25 o'clock; what it writes tells them apart.
    guard let date = try? Self.style.parse(local + "Z"),
      date.formatted(Self.style) == local + "Z"
    else { return nil }
    var fraction = 0.0
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) }
      guard let value = Double("0.\(digits)"), !digits.isEmpty else { return nil }
      (fraction, rest) = (value, rest.dropFirst(1 + digits.count))
    }
    guard let offset = Self.offset(rest) else { return nil }
    let seconds = Int64(date.timeIntervalSince1970) - offset
    self.init(milliseconds: seconds * 1000 + Int64(fraction * 1000))
  }

  /// The seconds by which `Z`, `+01:00` or `-08:00` is east of Greenwich.
  private static func offset(_ zone: Substring) -> Int64? {
    if zone == "Z" { return 0 }
    let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = zone.first, "+-".contains(sign), parts.count == 2,
      let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), zone.utf8.count == 6
    else { return nil }
    return (sign == "-" ? -60 : 60) * (Int64(hours) * 60 + Int64(minutes))
  }

  /// `2026-11-20T12:00:00Z`, as Graph writes moments.
  package var text: String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(Self.style)
  }

  /// `Fri, 20 Nov 2026 12:00:00 GMT`, as HTTP headers write moments.
  package var httpText: String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = text
    let date = text.prefix(10).split(separator: "-")
    let weekday = weekdays[Int(max(0, seconds) / 86_400 % 7)]
    let month = months[(Int(date[1]) ?? 1) - 1]
    return "\(weekday), \(date[2]) \(month) \(date[0]) \(text.dropFirst(11).prefix(8)) GMT"
  }
}
