/// The forms in which findings are written.
package enum FindingFormat: String, Hashable, Sendable, CaseIterable {
  case text, json, sarif, junit, github, gitlab, azure
}
