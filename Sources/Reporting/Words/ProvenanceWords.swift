internal import Access

extension Provenance {
  /// `1a2b3c4d5e6f (#12) by Lena Sjöberg on 2026-11-20, desired-state/…:31:5`, as raw text.
  func words(_ origin: ReportOrigin) -> String {
    var words = commit.short
    if let pullRequest { words += " (#\(pullRequest))" }
    words += " by \(author) on \(CalendarDay(containing: committed))"
    if let place { words += ", \(origin.spelled(place))" }
    return words
  }
}
