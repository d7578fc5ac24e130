extension Moment: CustomStringConvertible {
  /// The moment as `YYYY-MM-DDTHH:MM:SSZ`; one outside the years 0001 to 9999 as the nearest inside.
  package var description: String {
    let day = CalendarDay(containing: self)
    let second = Int(clampedToCalendar.seconds - day.start.seconds)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day)T\(clock.joined(separator: ":"))Z"
  }

  /// Reads `YYYY-MM-DDTHH:MM[:SS[.fraction]]` followed by `Z` or `±HH:MM`; the fraction is dropped.
  ///
  /// This is what Graph sends (ISO 8601, always UTC) and what a declaration may say.
  package init?(_ text: some StringProtocol) {
    var reader = DigitReader(text.utf8.map { $0 })
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take("t"),
      let hour = reader.number(2), hour < 24, reader.take(":"),
      let minute = reader.number(2), minute < 60,
      let date = CalendarDay(year: year, month: month, day: day)
    else { return nil }
    var second = 0
    if reader.take(":") {
      guard let given = reader.number(2), given < 61 else { return nil }
      second = given
      if reader.take(".") { guard reader.skipDigits() else { return nil } }
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let clock = Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: date.start.seconds + clock - offset)
  }
}

extension CalendarDay {
  /// Reads `YYYY-MM-DD`; anything else, or a day that does not exist, is `nil`.
  package init?(_ text: some StringProtocol) {
    var reader = DigitReader(text.utf8.map { $0 })
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.isAtEnd
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

/// Reads fixed-width numbers and punctuation from the front of a text.
private struct DigitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + width] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += width
    return value
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      position += 1
    }
    return position > start
  }

  /// Seconds east of Greenwich.
  mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(2), hours < 24, take(":"), let minutes = number(2),
      minutes < 60
    else { return nil }
    return sign * Int64(hours * 3600 + minutes * 60)
  }
}
