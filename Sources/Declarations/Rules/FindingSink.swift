internal import Access

/// A sentence about several guests with the same fault, their number between the two parts.
struct CommonCause: Hashable, Sendable {
  var before = ""
  var after = ""

  func sentence(count: Int) -> String { "\(before)\(count) guests\(after)" }
}

/// Collects a limited number of findings; those with a common cause are one.
struct FindingSink: Sendable {
  /// Of one file by itself.
  static let mostOfFile = 1000
  /// Of everything that is read together.
  static let mostOfAll = 10_000

  /// True where an error was added for which the commit cannot be used.
  private(set) var stopsAll = false
  private var separate: [Finding] = []
  private var common: [CommonCause: CommonFindings] = [:]
  private var errors = 0
  private var leftOut: [Finding.Severity: Int] = [:]
  private let limit: Int

  /// The first by place of several findings, which are shown.
  private struct CommonFindings {
    var first: [Finding] = []
    var count = 0

    mutating func add(_ finding: Finding) {
      count += 1
      first.append(finding)
      first.sort { ($0.place ?? .folder, $0.message) < ($1.place ?? .folder, $1.message) }
      first = Array(first.prefix(3))
    }
  }

  /// Keeps as many errors as the limit says, and as many of what is less, so that neither crowds
  /// out the other.
  init(limit: Int) { self.limit = limit }

  var hasErrors: Bool { errors > 0 }

  /// Tells whether a finding names a place beside its own.
  func mentions(_ place: SourcePlace) -> Bool {
    findings.contains { $0.related.contains(place) }
  }

  mutating func add(_ finding: Finding, cause: CommonCause? = nil) {
    let isError = finding.severity == .error
    if isError, finding.scope == .repository { stopsAll = true }
    if let cause, common[cause] != nil {
      common[cause]?.add(finding)
      return
    }
    guard (isError ? errors : separate.count + common.count - errors) < limit else {
      leftOut[finding.severity, default: 0] += 1
      return
    }
    if isError { errors += 1 }
    if let cause {
      common[cause, default: CommonFindings()].add(finding)
    } else {
      separate.append(finding)
    }
  }

  mutating func add(_ other: Self) {
    for finding in other.separate { add(finding) }
    for (cause, findings) in other.common.sorted(by: { $0.key.before < $1.key.before }) {
      for finding in findings.first { add(finding, cause: cause) }
      common[cause]?.count += findings.count - findings.first.count
    }
    stopsAll = stopsAll || other.stopsAll
    leftOut.merge(other.leftOut, uniquingKeysWith: +)
  }

  /// Forgets what follows from the finding of a rule at the same place.
  mutating func removeFindings(at place: SourcePlace?, except rule: DeclarationRule) {
    separate.removeAll { $0.place == place && $0.code != rule.code }
  }

  /// Everything that was kept, and a last finding that counts what was not; in no order.
  var findings: [Finding] {
    separate
      + common.compactMap { cause, findings in
        guard var finding = findings.first.first else { return nil }
        if findings.count > 1 {
          finding.message = cause.sentence(count: findings.count)
          finding.related = findings.first.dropFirst().compactMap(\.place)
          finding.scope = .part
        }
        return finding
      } + [remainder].compactMap { $0 }
  }

  /// Speaks for the findings that are omitted, as severe as the worst of them.
  private var remainder: Finding? {
    guard let severity = leftOut.keys.max() else { return nil }
    let count = leftOut.values.reduce(0, +)
    let errors = leftOut[.error] ?? 0
    let noun = (errors == count ? "error" : "finding") + (count == 1 ? "" : "s")
    let share = errors == 0 || errors == count ? "" : ", \(errors) of them errors,"
    return Finding(
      DeclarationRule.moreFindings.code,
      severity,
      "and \(count) more \(noun)\(share) \(count == 1 ? "is" : "are") not shown",
      hint: "correct what is shown first",
      scope: stopsAll ? .repository : .part
    )
  }
}

extension Finding {
  /// By place, then by code; what has no place comes first, and what counts those that are omitted
  /// comes last.
  static func precedes(_ left: Finding, _ right: Finding) -> Bool { left.order < right.order }

  private var order: (Int, SourcePlace, Int, String) {
    let isLast = code == DeclarationRule.moreFindings.code
    return (isLast ? 1 : 0, place ?? .folder, code.number, message)
  }
}

extension SourcePlace {
  /// Represents no place in a file.
  fileprivate static let folder = SourcePlace(file: "", line: 0, column: 0)
}
