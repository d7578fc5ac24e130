internal import Access
internal import YAML

extension SourceText {
  /// The line and column of a mark in this file.
  func place(_ mark: Mark, in path: String) -> SourcePlace {
    let (line, column) = position(of: Int(mark.offset))
    return SourcePlace(file: path, line: line, column: column)
  }
}

extension Finding {
  /// A finding at a mark, with the line that it is in.
  init(
    _ rule: DeclarationRule,
    _ severity: Severity,
    _ message: String,
    at mark: Mark,
    in text: SourceText,
    path: String,
    suggestion: String? = nil,
    related: [SourcePlace] = [],
    scope: Scope = .repository
  ) {
    let place = text.place(mark, in: path)
    self.init(
      rule.code,
      severity,
      message,
      place: place,
      excerpt: text.line(place.line),
      length: text.length(from: Int(mark.offset), to: Int(mark.offset) + Int(mark.length)),
      suggestion: suggestion,
      related: related,
      scope: scope
    )
  }
}
