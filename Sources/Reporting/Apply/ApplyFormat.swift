/// The forms in which the result of an apply is written.
package enum ApplyFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}
