/// A `reviewed` or `return` of a guest's entry, with the step that brought it into the chain: both
/// count from their merge (DESIGN sections 4 and 6).
package struct DeclaredDate: Hashable, Sendable {
  package var kind: Kind
  /// The date that was written.
  package var date: Moment
  /// Index into the chain.
  package var step: Int

  package init(_ kind: Kind, _ date: Moment, step: Int) {
    self.kind = kind
    self.date = date
    self.step = step
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case reviewed, returned
  }
}
