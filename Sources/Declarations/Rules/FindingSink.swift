internal import Access

/// Collects findings up to a number that somebody could read, and knows of those that it leaves out
/// how many they were and whom they stop.
struct FindingSink: Sendable {
  /// Of one file by itself.
  static let mostOfFile = 1000
  /// Of everything that is read together.
  static let mostOfAll = 10_000

  private(set) var findings: [Finding] = []
  /// The addresses that errors which are left out speak of.
  private(set) var withheld: [EmailAddress: WithheldEntry] = [:]
  /// True where an error that is left out stops everything.
  private(set) var stopsAll = false
  private var errors = 0
  private var leftOut: [Finding.Severity: Int] = [:]
  private let limit: Int

  /// Keeps as many errors as the limit says, and as many of what is less, so that neither crowds
  /// out the other.
  init(limit: Int) { self.limit = limit }

  mutating func add(_ finding: Finding) {
    let isError = finding.severity == .error
    guard (isError ? errors : findings.count - errors) < limit else { return leaveOut(finding) }
    if isError { errors += 1 }
    findings.append(finding)
  }

  /// Whether anything that was added stops everything.
  var stops: Bool {
    stopsAll || findings.contains { $0.severity == .error && $0.scope == .repository }
  }

  mutating func add(_ other: Self) {
    for finding in other.findings { add(finding) }
    withheld.merge(other.withheld) { first, _ in first }
    stopsAll = stopsAll || other.stopsAll
    leftOut.merge(other.leftOut, uniquingKeysWith: +)
  }

  private mutating func leaveOut(_ finding: Finding) {
    leftOut[finding.severity, default: 0] += 1
    guard finding.severity == .error else { return }
    switch finding.scope {
    case .repository: stopsAll = true
    case .entry(let address):
      guard withheld[address] == nil else { return }
      withheld[address] = WithheldEntry(
        address: address,
        reason: finding.message,
        places: finding.place.map { [$0] } ?? []
      )
    }
  }

  /// Speaks for the findings that are left out, as severe as the worst of them; `nil` where there
  /// are none.
  var remainder: Finding? {
    guard let severity = leftOut.keys.max() else { return nil }
    let count = leftOut.values.reduce(0, +)
    let errors = leftOut[.error] ?? 0
    let noun = (errors == count ? "error" : "finding") + (count == 1 ? "" : "s")
    let share = errors == 0 || errors == count ? "" : ", \(errors) of them errors,"
    return Finding(
      DeclarationRule.moreFindings.code,
      severity,
      "and \(count) more \(noun)\(share) \(count == 1 ? "is" : "are") not shown",
      suggestion: "correct what is shown first",
      scope: stopsAll ? .repository : withheld.keys.min().map { .entry($0) } ?? .repository
    )
  }
}
