/// An item that a list may show.
struct Candidate {
  /// Ascending along the list, and kept for good: what a page token remembers.
  let cursor: UInt64
  let record: Record
  /// Nil for entities that are no directory objects.
  var kind: ObjectKind?
  var handle: Handle?
}
