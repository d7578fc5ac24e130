/// The ways in which the emulator can fail on request.
package enum FaultKind: String, CaseIterable, Sendable {
  /// 429 although no limit is reached.
  case throttle
  case error503
  case error500
  /// 409 to a write, as when another one to the same object is under way.
  case conflict
  /// The connection is reset before anything happens.
  case reset
  /// The reply ends early.
  case truncate
  /// Applied, never answered.
  case lost
  /// The reply comes late.
  case slow
  /// The reply does not come for as long as clients wait.
  case stall
  /// Some items of a batch fail.
  case partial
  /// A write is not visible to reads for a time.
  case lag
  /// A delta query repeats and reorders.
  case reorder
  /// Page and delta tokens are refused.
  case expired
  /// 200 with a page of HTML.
  case html200

  /// Whether the fault strikes the whole HTTP exchange rather than one call of Graph.
  var isOfExchange: Bool {
    switch self {
    case .reset, .truncate, .lost, .slow, .stall, .html200: true
    case .throttle, .error503, .error500, .conflict, .partial, .lag, .reorder, .expired: false
    }
  }
}
