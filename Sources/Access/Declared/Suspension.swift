/// A declared pause: until its end, plans and reports are made and only blocks are written.
package struct Suspension: Hashable, Sendable {
  package var until: Moment
  package var reason: String

  package init(until: Moment, reason: String) {
    self.until = until
    self.reason = reason
  }
}
