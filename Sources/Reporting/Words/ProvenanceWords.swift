internal import Access

extension Provenance {
  /// `1a2b3c4d5e6f (#12) by Lena Sjöberg on 2026-11-20, desired-state/…:31:5`, as raw text.
  ///
  /// Where a merge brought a commit that made the change, that follows the merge: `… (#12) with …`.
  func words(_ origin: ReportOrigin) -> String {
    words(at: place.map { [origin.spelled($0)] } ?? [])
  }

  /// The same with places that are spelled already.
  func words(at places: [String]) -> String {
    var words = commit.short
    if let pullRequest { words += " (#\(pullRequest))" }
    if let inner { words += " with \(inner.short)" }
    words += " by \(author) on \(CalendarDay(containing: committed))"
    return places.isEmpty ? words : words + ", " + Wording.list(places)
  }
}
