/// How often a kind of fault strikes, and where.
package struct FaultRule: Sendable, Equatable {
  package let kind: FaultKind
  /// Between 0 and 1: the share of requests that are struck.
  package let rate: Double
  /// A part of `METHOD /path`, such as `POST /invitations`, with the version or without; nil means
  /// everywhere.
  package let route: String?
  /// Seconds, for `lag`, `slow` and `stall`.
  package let seconds: Int?
  /// How often it may strike at most.
  package let count: Int?

  package init(
    _ kind: FaultKind,
    rate: Double,
    route: String? = nil,
    seconds: Int? = nil,
    count: Int? = nil
  ) {
    self.kind = kind
    self.rate = rate
    self.route = route
    self.seconds = seconds
    self.count = count
  }

  /// Reads `KIND=RATE,…`; nil for what is none.
  package static func list(_ text: String) -> [FaultRule]? {
    var rules: [FaultRule] = []
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=")
      guard words.count == 2, let kind = FaultKind(rawValue: String(words[0])),
        let rate = Double(words[1]), (0...1).contains(rate)
      else { return nil }
      rules.append(FaultRule(kind, rate: rate))
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

  /// Reads a rule from `/_emulator/faults`; nil for what is none.
  init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.string.flatMap({ FaultKind(rawValue: $0) }) else { return nil }
    let rate = value["rate"]?.double ?? 1
    guard (0...1).contains(rate) else { return nil }
    self.init(
      kind,
      rate: rate,
      route: value["route"]?.string,
      seconds: value["seconds"]?.integer.map { min(max($0, 0), 86_400) },
      count: value["count"]?.integer
    )
  }
}
