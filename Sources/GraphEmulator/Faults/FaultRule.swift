/// How often a kind of fault strikes, and where.
struct FaultRule: Sendable {
  let kind: FaultKind
  /// Between 0 and 1: the share of requests that are struck.
  let rate: Double
  /// A part of `METHOD /path`, such as `POST /invitations`, with the version or without; nil means
  /// everywhere.
  var route: String?
  /// Seconds, for `lag`, `slow` and `stall`.
  var seconds: Int?
  /// How often it may strike at most.
  var count: Int?

  /// Reads `KIND=RATE,…`; nil for anything else.
  static func list(_ text: String) -> [FaultRule]? {
    var rules: [FaultRule] = []
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=")
      guard words.count == 2, let kind = FaultKind(rawValue: String(words[0])),
        let rate = Double(words[1]), (0...1).contains(rate)
      else { return nil }
      rules.append(FaultRule(kind: kind, rate: rate))
    }
    return rules
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["kind": .string(kind.rawValue), "rate": .number(rate)]
    members["route"] = route.map { .string($0) }
    members["seconds"] = seconds.map { .integer($0) }
    members["count"] = count.map { .integer($0) }
    return .object(members)
  }
}

extension FaultRule {
  /// Reads a rule from `/_emulator/faults`; nil for anything else.
  init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.string.flatMap({ FaultKind(rawValue: $0) }) else { return nil }
    let rate = value["rate"]?.double ?? 1
    guard (0...1).contains(rate) else { return nil }
    self.init(
      kind: kind,
      rate: rate,
      route: value["route"]?.string,
      seconds: value["seconds"]?.integer.map { min(max($0, 0), 86_400) },
      count: value["count"]?.integer
    )
  }
}

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
