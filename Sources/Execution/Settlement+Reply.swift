internal import Access
internal import Journal

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
      // A gateway that gives up says nothing about the invitation behind it; 503 is said before
      // a request is looked at.
      case .unavailable where !step.traits.isRepeatable && error.status != 503: return nil
      case .malformedReply where !step.traits.isRepeatable: return nil
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
