/// An instant in UTC, in whole seconds since 1970-01-01T00:00:00Z.
///
/// The gregorian calendar is followed in both directions without limit; leap seconds do not exist.
package struct Moment: Hashable, Sendable, Comparable {
  package let seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  /// The nearest moment in the years 0001 to 9999.
  var clampedToCalendar: Self { Self(seconds: min(max(seconds, -62_135_596_800), 253_402_300_799)) }

  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
  package static func + (moment: Self, span: Span) -> Self {
    Self(seconds: moment.seconds &+ span.seconds)
  }
  package static func - (moment: Self, span: Span) -> Self {
    Self(seconds: moment.seconds &- span.seconds)
  }
  package static func - (later: Self, earlier: Self) -> Span {
    Span(seconds: later.seconds &- earlier.seconds)
  }

  /// A length of time in whole seconds.
  package struct Span: Hashable, Sendable, Comparable {
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }
    package static func minutes(_ count: Int64) -> Self { Self(seconds: count * 60) }
    package static func hours(_ count: Int64) -> Self { Self(seconds: count * 3600) }
    package static func days(_ count: Int64) -> Self { Self(seconds: count * 86_400) }
    package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
  }
}
