/// Decides which requests are struck: the same seed strikes the same requests, in whatever order
/// they arrive, and a repeated request is decided anew.
struct FaultPlan: Sendable {
  private(set) var rules: [FaultRule] = []
  private var seed: UInt64
  private var strikes: [Int] = []
  private var occurrences: [UInt64: UInt64] = [:]

  /// Requests whose repetitions are told apart; beyond, counting starts over.
  private static let memory = 200_000

  init(rules: [FaultRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
    strikes = rules.map { _ in 0 }
  }

  mutating func replace(_ rules: [FaultRule], seed: UInt64?) {
    self = FaultPlan(rules: rules, seed: seed ?? self.seed)
  }

  /// How often each rule has struck.
  var report: JSONValue {
    [
      "seed": .integer(Int(clamping: seed)),
      "faults": .array(
        zip(rules, strikes).map { rule, count in
          rule.json.setting(["struck": .integer(count)])
        }
      ),
    ]
  }

  /// The rules that strike a request, of those that concern the exchange or the single call.
  ///
  /// `target` is the whole one, with the version; the items of a batch have that of the batch.
  mutating func strikes(
    _ method: String,
    _ whole: some StringProtocol,
    _ body: [UInt8],
    ofExchange: Bool
  ) -> [FaultRule] {
    guard rules.contains(where: { $0.kind.isOfExchange == ofExchange }) else { return [] }
    let target = Self.belowVersion(whole)
    let identity = Self.identity(method, target, body) &+ (ofExchange ? 1 : 0)
    if occurrences.count >= Self.memory { occurrences = [:] }
    let occurrence = occurrences[identity, default: 0]
    occurrences[identity] = occurrence + 1
    var found: [FaultRule] = []
    // A route is named with the version or without.
    let places = ["\(method) \(target)", "\(method) \(whole)"]
    for (index, rule) in rules.enumerated() where rule.kind.isOfExchange == ofExchange {
      guard rule.count.map({ strikes[index] < $0 }) ?? true,
        rule.route.map({ route in places.contains { $0.contains(route) } }) ?? true
      else { continue }
      var generator = SeededGenerator(
        seed: seed ^ identity ^ SeededGenerator.mix(occurrence &* 64 &+ UInt64(index))
      )
      guard generator.unit() < rule.rate else { continue }
      strikes[index] += 1
      found.append(rule)
    }
    return found
  }

  private static func belowVersion(_ target: some StringProtocol) -> Substring {
    for version in ["/v1.0/", "/beta/"] where target.hasPrefix(version) {
      return Substring(target.dropFirst(version.count - 1))
    }
    return Substring(target)
  }

  /// Digests a request without what differs from run to run: its tokens (FNV-1a).
  private static func identity(_ method: String, _ target: Substring, _ body: [UInt8]) -> UInt64 {
    let parts = target.split(separator: "&").filter { !$0.contains("token=") }
    return SeededGenerator.digest(Array("\(method)\(parts.joined())".utf8) + body)
  }
}
