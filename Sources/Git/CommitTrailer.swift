/// One `Key: value` line at the end of a message.
package struct CommitTrailer: Hashable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
