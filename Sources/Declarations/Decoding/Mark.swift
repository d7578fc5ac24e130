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
