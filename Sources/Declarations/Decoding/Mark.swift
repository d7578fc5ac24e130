internal import Access
internal import YAML

/// A stretch of one of the files that are read together, before it is a line and a column.
///
/// Twelve bytes, because every entry and every grant has one.
struct Mark: Hashable, Sendable, Comparable {
  /// Index of the file, in the order of their paths.
  var file: Int32
  var offset: UInt32
  /// In bytes.
  var length: UInt32

  static func < (left: Self, right: Self) -> Bool {
    (left.file, left.offset) < (right.file, right.offset)
  }
}

/// A value and where it was written.
struct Marked<Value> {
  var value: Value
  var mark: Mark
}

extension Marked: Sendable where Value: Sendable {}
extension Marked: Equatable where Value: Equatable {}
extension Marked: Hashable where Value: Hashable {}

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
    hint: String? = nil,
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
      hint: hint,
      related: related,
      scope: scope
    )
  }
}

extension Finding {
  /// An error about one entry, which skips it; its line is looked up later.
  init(
    _ rule: DeclarationRule,
    _ message: String,
    at place: SourcePlace,
    of guest: EmailAddress,
    related: [SourcePlace] = [],
    hint: String? = nil
  ) {
    self.init(
      rule.code,
      .error,
      message,
      place: place,
      hint: hint,
      related: related,
      scope: .entry(guest)
    )
  }
}
