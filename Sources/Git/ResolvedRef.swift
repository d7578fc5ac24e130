/// A name together with the commit that it led to.
package struct ResolvedRef: Hashable, Sendable {
  /// The whole name of the ref; `nil` where a hash or an expression was given.
  package var name: String?
  package var commit: ObjectID

  package init(name: String?, commit: ObjectID) {
    self.name = name
    self.commit = commit
  }
}
