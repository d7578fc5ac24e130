/// The forms in which a misfit is written.
package enum MisfitFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}
