/// One thing that a run can end with; the exit codes of the program, and the only place that knows
/// their numbers.
package enum Outcome: String, Hashable, Sendable, CaseIterable {
  case success, changes, error, invalid, heldBack, partial, noLongerFits, authentication
  case usage, interrupted

  package var exitCode: Int32 {
    switch self {
    case .success: 0
    case .error: 1
    case .changes: 2
    case .invalid: 3
    case .heldBack: 4
    case .partial: 5
    case .noLongerFits: 6
    case .authentication: 7
    case .usage: 64
    case .interrupted: 130
    }
  }

  /// The place in the order of seriousness, the most serious first.
  fileprivate var rank: Int {
    switch self {
    case .usage: 0
    case .interrupted: 1
    case .authentication: 2
    case .noLongerFits: 3
    case .error: 4
    case .invalid: 5
    case .heldBack: 6
    case .partial: 7
    case .changes: 8
    case .success: 9
    }
  }
}

/// Everything that a run ended with; the most serious one decides the exit code.
package struct Outcomes: Hashable, Sendable {
  package private(set) var all: Set<Outcome>

  package init(_ all: Set<Outcome> = []) { self.all = all }
  package mutating func insert(_ outcome: Outcome) { all.insert(outcome) }
  package mutating func formUnion(_ other: Outcomes) { all.formUnion(other.all) }

  /// The most serious outcome; success where there is none.
  package var mostSerious: Outcome { all.min { $0.rank < $1.rank } ?? .success }

  /// All of them, the most serious first.
  package var ordered: [Outcome] { all.sorted { $0.rank < $1.rank } }
}
