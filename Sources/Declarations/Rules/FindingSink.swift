internal import Access

/// Collects the findings of one file, up to a number that somebody could read.
struct FindingSink: Sendable {
  private(set) var findings: [Finding] = []
  private(set) var leftOut = 0
  private let limit: Int

  init(limit: Int = 1000) { self.limit = limit }

  mutating func add(_ finding: Finding) {
    // What withholds an entry must not get lost, however many there are.
    if findings.count >= limit, finding.scope == .repository || finding.severity != .error {
      leftOut += 1
      return
    }
    findings.append(finding)
  }

  mutating func add(_ other: Self) {
    for finding in other.findings { add(finding) }
    leftOut += other.leftOut
  }

  /// Gives findings from an index on to one guest.
  mutating func rescope(from index: Int, to scope: Finding.Scope) {
    for position in findings.indices.dropFirst(index) { findings[position].scope = scope }
  }
}
