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
  /// Reads `2026-11-20`, `2026-11-20T12:00:00Z`, and the same with a fraction or an offset.
  package init?(text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
      scanner.skip("-"), let day = scanner.number(2), (1...12).contains(month),
      (1...Self.lengthOfMonth(month, year)).contains(day)
    else { return nil }
    var total = Self.days(year, month, day) * 86_400_000
    if !scanner.isAtEnd {
      guard let time = scanner.timeOfDay() else { return nil }
      total += time
    }
    self.init(milliseconds: total)
  }

  /// `2026-11-20T12:00:00Z`, as Graph writes moments.
  package var text: String {
    let (year, month, day, second) = parts
    return
      "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
      + "T\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))Z"
  }

  /// `Fri, 20 Nov 2026 12:00:00 GMT`, as HTTP headers write moments.
  package var httpText: String {
    let (year, month, day, second) = parts
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let days = Self.floored(seconds, 86_400).quotient
    let weekday = weekdays[Int(Self.floored(days, 7).remainder)]
    return
      "\(weekday), \(day.padded(2)) \(months[Int(month) - 1]) \(year.padded(4)) "
      + "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2)) GMT"
  }

  private var parts: (year: Int64, month: Int64, day: Int64, second: Int64) {
    let (days, second) = Self.floored(seconds, 86_400)
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on the first of March.
    let shifted = days + 719_468
    let era = Self.floored(shifted, 146_097).quotient
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index < 10 ? index + 3 : index - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * index + 2) / 5 + 1, second)
  }

  private static func floored(_ value: Int64, _ by: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
  }

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floored(shifted, 400).quotient
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let yearOfEra = shifted - era * 400
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func lengthOfMonth(_ month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

extension Int64 {
  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

/// Walks over the digits and signs of a moment's text.
private struct DigitScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    guard position + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[position..<(position + width)] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    position += width
    return value
  }

  /// Reads `T12:00:00.123+01:00`, whose zone is required, as milliseconds in UTC.
  mutating func timeOfDay() -> Int64? {
    guard skip("T") || skip("t"), let hour = number(2), skip(":"), let minute = number(2),
      hour < 24,
      minute < 60
    else { return nil }
    var total = (hour * 60 + minute) * 60_000
    if skip(":") {
      guard let second = number(2), second <= 60 else { return nil }
      total += second * 1000
      if skip(".") {
        guard let fraction = fraction() else { return nil }
        total += fraction
      }
    }
    if skip("Z") || skip("z") { return isAtEnd ? total : nil }
    let sign: Int64 = skip("+") ? -1 : skip("-") ? 1 : 0
    guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), isAtEnd else {
      return nil
    }
    return total + sign * (hours * 60 + minutes) * 60_000
  }

  private mutating func fraction() -> Int64? {
    var digits = 0
    var milliseconds: Int64 = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      if digits < 3 { milliseconds = milliseconds * 10 + Int64(bytes[position] - 0x30) }
      digits += 1
      position += 1
    }
    guard digits > 0 else { return nil }
    for _ in digits..<Swift.max(3, digits) { milliseconds *= 10 }
    return milliseconds
  }
}
