internal import Access

/// Decides what to do about a request that did not succeed at once (FACTS sections 6 to 8).
///
/// It knows nothing of clocks or sockets; the sender asks it after each attempt.
struct RetryPolicy: Hashable, Sendable {
  var attempts = 6
  /// How often something new is asked for before it counts as missing.
  var sightings = 9
  var firstDelay: Duration = .seconds(1)
  var longestDelay: Duration = .seconds(60)
  /// The longest that a service may ask us to wait; beyond it we give up.
  var patience: Duration = .seconds(300)

  enum Outcome: Hashable, Sendable {
    case status(Int, retryAfter: Duration?)
    /// Something that was just made, or just written, is not seen yet.
    case notThereYet
    /// The request did not reach the service, or its reply did not reach us.
    case noReply(isWorthRepeating: Bool)
  }

  enum Decision: Hashable, Sendable {
    case accept
    case retry(after: Duration)
    /// The token is no longer accepted: get another one, then try again.
    case reauthenticate
    case giveUp
  }

  /// Decides after an attempt, of which the first is number 1; `spread` is a random word, so that
  /// many clients do not come back at the same moment.
  func decide(attempt: Int, _ outcome: Outcome, spread: UInt64) -> Decision {
    switch outcome {
    case .status(200..<300, _): .accept
    case .status(401, _): attempt == 1 ? .reauthenticate : .giveUp
    case .status(429, let wait), .status(500..<600, let wait):
      again(attempt, asked: wait, spread)
    // The directory's own words for it: somebody else was writing to the same object.
    case .status(409, let wait): again(attempt, asked: wait, spread)
    case .status: .giveUp
    case .notThereYet: again(attempt, of: sightings, asked: nil, spread)
    case .noReply(let isWorthRepeating):
      isWorthRepeating ? again(attempt, asked: nil, spread) : .giveUp
    }
  }

  private func again(
    _ attempt: Int,
    of limit: Int? = nil,
    asked: Duration?,
    _ spread: UInt64
  ) -> Decision {
    guard attempt < limit ?? attempts else { return .giveUp }
    if let asked {
      guard asked <= patience else { return .giveUp }
      return .retry(after: asked + .milliseconds(Int64(spread % 250)))
    }
    let doubled = firstDelay * (1 << min(max(attempt - 1, 0), 16))
    let delay = min(doubled, longestDelay)
    return .retry(after: delay / 2 + delay * Double(spread % 1024) / 2048)
  }
}

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
