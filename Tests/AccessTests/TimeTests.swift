import Access
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-20T11:56:00Z", 1_795_175_760),
    ("2000-02-29T23:59:59Z", 951_868_799), ("1969-12-31T23:59:59Z", -1),
    ("2027-03-31T00:00:00+02:00", 1_806_444_000), ("2026-11-20T11:56:00.1234567Z", 1_795_175_760),
    ("2026-11-20T11:56Z", 1_795_175_760),
  ])
  func `a moment is read in UTC seconds`(text: String, seconds: Int) {
    #expect(Moment(text)?.seconds == Int64(seconds))
  }

  @Test(arguments: [
    "", "2026-11-20", "2026-02-30T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T11:56:00",
    "2026-11-20T11:56:00Zx", "2026-11-20T11:56:00.Z", "+026-11-20T11:56:00Z",
    "0000-01-01T00:00:00Z",
  ])
  func `what is not a moment is refused`(text: String) { #expect(Moment(text) == nil) }

  @Test func `days and moments survive the way to text and back`() {
    for days in stride(from: Int64(-719_162), through: 2_932_896, by: 997) {
      let moment = Moment(seconds: days * 86_400 + 12_345)
      #expect(Moment(moment.description) == moment)
      let day = CalendarDay(containing: moment)
      #expect(CalendarDay(day.description) == day)
      #expect(day.start <= moment && moment < day.end)
    }
  }

  @Test func `a day ends where the next begins, across leap days and years`() throws {
    let leap = try #require(CalendarDay("2028-02-28"))
    #expect(CalendarDay(containing: leap.end).description == "2028-02-29")
    let year = try #require(CalendarDay("2026-12-31"))
    #expect(year.end == Moment("2027-01-01T00:00:00Z"))
    #expect(CalendarDay("2027-02-29") == nil)
    #expect(CalendarDay("1900-02-29") == nil)
  }

  @Test func `moments beyond the calendar are clamped and do not trap`() {
    #expect(Moment(seconds: .max).description.hasPrefix("9999-12-31"))
    #expect(Moment(seconds: .min).description.hasPrefix("0001-01-01"))
  }
}
