internal import Access
internal import Journal

/// One write that is about to be sent or in flight.
struct Sending: Sendable {
  /// The action's position in the plan; `nil` for a write that an earlier run owed.
  let index: Int?
  let guest: EmailAddress
  let write: TenantWrite

  /// The outcome as the journal takes it.
  func settlement(
    _ outcome: Settlement.Outcome,
    _ reply: Result<WriteReceipt, TenantError>
  ) -> Settlement.Of {
    var settlement = Settlement(requestID: write.requestID, outcome: outcome)
    switch reply {
    case .success(let receipt):
      settlement.account = receipt.user
      settlement.serviceRequestID = receipt.serviceRequestID
    case .failure(let error): settlement.serviceRequestID = error.requestID
    }
    return .init(settlement, guest: guest)
  }
}

/// A chunk that came back.
struct Reply: Sendable {
  let chunk: [Sending]
  let results: [Result<WriteReceipt, TenantError>]

  init(_ chunk: [Sending], _ results: [Result<WriteReceipt, TenantError>]) {
    self.chunk = chunk
    self.results = results
  }
}

/// The writes of an action that are not over, in order.
struct PendingSteps {
  private var writes: ArraySlice<TenantWrite>
  /// Whether any write that is over changed something.
  private(set) var changed = false

  init(_ writes: [TenantWrite]) { self.writes = writes[...] }

  var next: TenantWrite? { writes.first }
  var afterNext: [TenantWrite] { Array(writes.dropFirst()) }

  mutating func succeed(_ effect: WriteReceipt.Effect) {
    if effect == .changed { changed = true }
    writes = writes.dropFirst()
  }
}

extension Settlement.Outcome {
  /// What a reply means for the journal; `nil` where the write may have been carried out and the
  /// next run has to look.
  init?(_ reply: Result<WriteReceipt, TenantError>, of step: Intent.Step) {
    switch reply {
    case .success(let receipt):
      switch receipt.effect {
      case .changed: self = .changed
      case .alreadyThere: self = .alreadyThere
      case .alreadyGone: self = .alreadyGone
      }
    case .failure(let error):
      // Owed until it succeeds: an intruder's sessions would outlive the block.
      if step == .revokeSessions, error.kind != .notFound { return nil }
      switch error.kind {
      case .unknownOutcome: return nil
      // A gateway that gives up says nothing about the invitation behind it.
      case .unavailable where step.isMailing, .malformedReply where step.isMailing: return nil
      case .cancelled, .budgetExhausted: self = .notSent
      default: self = .failed(error.kind, status: error.status, code: error.code)
      }
    }
  }
}

extension TenantError {
  /// A write that the writer did not answer.
  static func lost(_ step: Intent.Step) -> Self {
    Self(.unknownOutcome, operation: step.rawValue, message: "no answer came")
  }
}
