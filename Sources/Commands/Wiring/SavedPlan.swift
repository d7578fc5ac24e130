internal import Access
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation

/// A plan that was written to a file: a promise to check, never an instruction.
struct SavedPlan: Sendable {
  let promise: PlanPromise
  let path: String

  /// Larger plans than that of a hundred thousand guests are refused unread.
  private static let limit = 2 << 30

  /// Writes a plan, readable by its owner only: it names people and what they may reach.
  static func write(
    _ plan: Plan,
    _ options: PlanningOptions,
    to path: String
  ) throws(Failure) {
    do { try PrivateFile.write(PlanFile.encode(plan, options: options), to: path) } catch {
      throw .file(error)
    }
  }

  /// Reads what a plan promises.
  init(readingFrom path: String) throws(Failure) {
    self.path = path
    let bytes: [UInt8]
    do { bytes = try PublicFile.read(path, limit: Self.limit) } catch { throw .file(error) }
    do throws(PlanFileError) { promise = try PlanFile.decode(bytes) } catch {
      throw Self.refusal(error, path)
    }
  }

  /// The options to plan with again: those of the saved plan, limits lowered and guards answered by
  /// those of the call.
  func options(_ call: PlanningOptions) throws(Failure) -> PlanningOptions {
    guard call.targets.isEmpty, call.only.isEmpty, call.at == nil else {
      throw .usage(
        UsageError(
          "`--target`, `--only` and `--at` cannot be given beside a plan file",
          hint: "a saved plan is applied with the options that it was made with"
        )
      )
    }
    var options = promise.options
    options.accepted = call.accepted
    options.declined = call.declined
    options.maxRemovals = Self.lower(options.maxRemovals, call.maxRemovals)
    options.maxInvitations = Self.lower(options.maxInvitations, call.maxInvitations)
    return options
  }

  private static func lower(_ one: Int?, _ other: Int?) -> Int? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }

  private static func refusal(_ error: PlanFileError, _ path: String) -> Failure {
    let reason =
      switch error.kind {
      case .syntax: "is no plan: it is not the JSON that `guestlist plan --out` writes"
      case .schemaVersion: "was written by another version of guestlist"
      case .malformed: "is no whole plan"
      }
    return .refused(
      .noLongerFits,
      "`\(path)` \(reason) (at \(error.place))",
      hints: ["nothing was written; make a new one with `guestlist plan --out`"]
    )
  }
}
