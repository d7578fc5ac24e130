import Access
import Testing

struct MomentTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-20T12:00:00Z", 1_795_176_000),
    ("2000-02-29T23:59:59Z", 951_868_799),
  ])
  func `a moment reads and prints the same text`(text: String, seconds: Int64) throws {
    let moment = try #require(Moment(text))
    #expect(moment.seconds == seconds)
    #expect(moment.description == text)
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "2026-01-01 ", ""])
  func `a day that does not exist is refused`(text: String) {
    #expect(CalendarDay(text) == nil)
  }
}
