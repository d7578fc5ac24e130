/// The forms in which a life is written.
package enum HistoryFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}
