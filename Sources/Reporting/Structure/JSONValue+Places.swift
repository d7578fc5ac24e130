internal import Access

extension JSONValue {
  /// Where something stands, its file from the top of the repository.
  static func place(_ place: SourcePlace, origin: ReportOrigin) -> Self {
    [
      "file": .string(origin.path(of: place)),
      "line": .integer(place.line),
      "column": .integer(place.column),
    ]
  }
}
