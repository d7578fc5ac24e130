/// A call whose words do not fit.
package struct UsageError: Error, Hashable, Sendable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String?) {
    self.message = message
    self.hint = hint
  }
}
