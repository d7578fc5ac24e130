/// A stretch of the chain in which one entry was declared.
package struct DeclaredInterval: Hashable, Sendable {
  package var opened: Edge
  /// The step that no longer declares the entry; `nil` while it is declared.
  package var closed: Edge?
  /// True where the interval begins at the boundary of a shallow clone.
  package var startsAtBoundary: Bool
  /// The roles that gave a membership `via` its group, by the catalogs of the interval's commits;
  /// empty where some commit of the interval declares the entry itself.
  ///
  /// A role given `via` a group declares two entries, its own grant and the membership. The
  /// membership is declared as long as anything declares it: changing or dropping `via`, or the
  /// app, ends it.
  package var via: Set<Resource>

  package init(
    opened: Edge,
    closed: Edge? = nil,
    startsAtBoundary: Bool = false,
    via: Set<Resource> = []
  ) {
    self.opened = opened
    self.closed = closed
    self.startsAtBoundary = startsAtBoundary
    self.via = via
  }

  /// Where an interval begins or ends.
  package struct Edge: Hashable, Sendable {
    /// Index into the chain.
    package var step: Int
    /// The commit inside the merged range that made the change, where it is not the step itself and
    /// somebody asked.
    package var inner: CommitID?
    /// Where the entry was: at an opening in the step itself, at a closing in the one before.
    package var place: SourcePlace?

    package init(step: Int, inner: CommitID? = nil, place: SourcePlace? = nil) {
      self.step = step
      self.inner = inner
      self.place = place
    }
  }
}

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
