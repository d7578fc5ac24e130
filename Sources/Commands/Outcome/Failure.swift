package import Access
package import Platform

/// Why a command could not go on: the error of one boundary, or one of our own.
package enum Failure: Error, Sendable {
  case usage(UsageError)
  case tenant(TenantError)
  case file(PlatformError)
  /// A fault that has no boundary of its own, with the way out.
  case refused(Outcome, String, hints: [String])

  /// What the failure comes to: the outcome, the text after `error:`, and the ways out.
  package struct Report: Hashable, Sendable {
    package var outcome: Outcome
    package var message: String
    package var hints: [String]
  }

  /// The one place at which errors turn into text and outcomes.
  package var report: Report {
    switch self {
    case .usage(let error):
      Report(outcome: .usage, message: error.message, hints: error.hint.map { [$0] } ?? [])
    case .tenant(let error): Self.report(error)
    case .file(let error):
      Report(outcome: .error, message: "\(error.operation): \(error.detail)", hints: [])
    case .refused(let outcome, let message, let hints):
      Report(outcome: outcome, message: message, hints: hints)
    }
  }
}
