/// The forms in which drift is written.
package enum DriftFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}
