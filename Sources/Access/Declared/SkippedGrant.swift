/// A grant that a guest's declarations name with a fault: it is not given, and what was given stays
/// until one of its end dates passes (DESIGN section 4).
package struct SkippedGrant: Hashable, Sendable {
  /// What is granted; `nil` where the name resolves to nothing.
  ///
  /// An unresolved name keeps what it gave at the last applied commit: an alias the grant with the
  /// same `origin` and `spelled`, and with an empty `spelled` every grant of that `origin`. An
  /// empty name of a bundle or partner in the `origin` represents any.
  package var resource: Resource?
  /// The alias and role as written (`expenses:Submitter`); empty for all that the `origin` gave.
  package var spelled: String
  /// The end dates that could be read.
  package var ends: [Ending]
  package var origin: GrantEntry.Origin
  /// What is wrong, in a sentence.
  package var reason: String
  package var place: SourcePlace
  /// True where the file of the grant has no authority over it: unless the last applied commit
  /// declared it in the same file and with authority, the grant is as if it were not written.
  package var isOutsideAuthority: Bool

  package init(
    resource: Resource?,
    spelled: String,
    ends: [Ending] = [],
    origin: GrantEntry.Origin,
    reason: String,
    place: SourcePlace,
    isOutsideAuthority: Bool = false
  ) {
    self.resource = resource
    self.spelled = spelled
    self.ends = ends
    self.origin = origin
    self.reason = reason
    self.place = place
    self.isOutsideAuthority = isOutsideAuthority
  }
}
