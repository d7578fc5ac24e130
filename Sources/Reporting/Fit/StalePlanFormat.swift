/// The forms in which the differences of two plans are written.
package enum StalePlanFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}
