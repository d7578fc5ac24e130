package import Access
package import Execution
package import Git
package import Journal
package import MicrosoftGraph
package import Platform

/// Why a command could not go on: the error of one boundary, or one of our own.
package enum Failure: Error, Sendable {
  case usage(UsageError)
  case git(GitError)
  case setup(GraphSetupError)
  case tenant(TenantError)
  case journal(JournalError)
  case execution(ExecutionError)
  case file(PlatformError)
  /// A fault that has no boundary of its own, with hints.
  case refused(Outcome, String, hints: [String])

  /// The outcome, the text after `error:`, and the hints.
  package struct Report: Hashable, Sendable {
    package var outcome: Outcome
    package var message: String
    package var hints: [String]

    init(_ outcome: Outcome, _ message: String, hint: String? = nil) {
      self.outcome = outcome
      self.message = message
      hints = hint.map { [$0] } ?? []
    }
  }

  /// The one place at which errors turn into text and outcomes.
  package var report: Report {
    switch self {
    case .usage(let error): return Report(.usage, error.message, hint: error.hint)
    case .git(let error): return Self.report(error)
    case .setup(let error): return Self.report(error)
    case .tenant(let error): return Self.report(error)
    case .journal(let error): return Self.report(error)
    case .execution(let error): return Self.report(error)
    case .file(let error): return Report(.error, "\(error.operation): \(error.detail)")
    case .refused(let outcome, let message, let hints):
      var report = Report(outcome, message)
      report.hints = hints
      return report
    }
  }

  private static func report(_ error: GitError) -> Report {
    let hint =
      switch error.kind {
      case .unborn: "commit first; until then `guestlist validate --worktree` checks the files"
      case .notARepository: "name the repository with `--repo`"
      default: error.hint
      }
    return Report(.error, "\(error)", hint: hint)
  }

  private static func report(_ error: JournalError) -> Report {
    Report(.error, "\(error)", hint: error.hint)
  }

  private static func report(_ error: GraphSetupError) -> Report {
    switch error {
    case .unreadableEndpoint, .endpointNotLoopback: Report(.usage, "\(error)")
    case .missingVariables, .unusableVariable: Report(.authentication, "\(error)")
    }
  }

  private static func report(_ error: ExecutionError) -> Report {
    switch error {
    case .otherTenant(let planned, let found):
      Report(.heldBack, "the plan is for tenant \(planned), and the credentials are for \(found)")
    case .journal(let error): report(error)
    case .tenant(let error): report(error)
    }
  }
}
