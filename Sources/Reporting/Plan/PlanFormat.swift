/// The forms in which a plan is written.
package enum PlanFormat: String, Hashable, Sendable, CaseIterable {
  case text, json, markdown
}
