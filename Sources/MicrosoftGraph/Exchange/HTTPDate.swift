internal import Access

/// The dates of HTTP header fields (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 section 5.6.7).
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads the one form that is sent today; anything else is `nil`.
  static func moment(_ text: String) -> Moment? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(where: { $0 == parts[2] }),
      let date = CalendarDay(year: year, month: month + 1, day: day)
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
      (0...60).contains(clock[2])
    else { return nil }
    return date.start + Moment.Span(seconds: clock[0] * 3600 + clock[1] * 60 + clock[2])
  }

  /// How long `Retry-After` asks to wait: a number of seconds, or a date; `nil` for neither.
  static func wait(_ text: String?, now: Moment) -> Duration? {
    guard let text else { return nil }
    if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
    guard let moment = moment(text) else { return nil }
    return .seconds(min(max(0, (moment - now).seconds), 86_400))
  }
}
