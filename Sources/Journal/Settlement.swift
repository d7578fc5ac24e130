package import Access

/// The outcome of an intended write.
package struct Settlement: Hashable, Sendable {
  package var requestID: GUID
  package var outcome: Outcome
  /// The account that an invitation made or found, or that a look-up found.
  package var account: UserID?
  /// The service's own identifier for the request.
  package var serviceRequestID: String?

  package init(
    requestID: GUID,
    outcome: Outcome,
    account: UserID? = nil,
    serviceRequestID: String? = nil
  ) {
    self.requestID = requestID
    self.outcome = outcome
    self.account = account
    self.serviceRequestID = serviceRequestID
  }

  /// An outcome with the guest whose write it was.
  package struct Of: Hashable, Sendable {
    package var settlement: Settlement
    package var guest: EmailAddress

    package init(_ settlement: Settlement, guest: EmailAddress) {
      self.settlement = settlement
      self.guest = guest
    }
  }

  package enum Outcome: Hashable, Sendable {
    case changed, alreadyThere, alreadyGone
    /// The reply was lost, and a look-up found that the write had been carried out.
    case foundDone
    /// The reply was lost, and look-ups found that the write had not been carried out.
    case foundUndone
    /// The reply was lost and nothing can tell; what it would have used up counts as used up.
    case assumedDone
    /// It was never sent: the run ended, or an earlier write of the same action failed.
    case notSent
    /// Refused; `code` is the service's word for it, cut to 100 characters.
    case failed(TenantError.Kind, status: Int?, code: String?)
  }
}

extension Settlement.Outcome {
  /// The word under which the journal keeps the outcome.
  var word: String {
    switch self {
    case .changed: "changed"
    case .alreadyThere: "alreadyThere"
    case .alreadyGone: "alreadyGone"
    case .foundDone: "foundDone"
    case .foundUndone: "foundUndone"
    case .assumedDone: "assumedDone"
    case .notSent: "notSent"
    case .failed: "failed"
    }
  }

  /// Reads what `word` and the details beside it say; anything else is `nil`.
  init?(word: String, error: String?, status: Int?, code: String?) {
    switch word {
    case "changed": self = .changed
    case "alreadyThere": self = .alreadyThere
    case "alreadyGone": self = .alreadyGone
    case "foundDone": self = .foundDone
    case "foundUndone": self = .foundUndone
    case "assumedDone": self = .assumedDone
    case "notSent": self = .notSent
    case "failed":
      guard let kind = error.flatMap({ TenantError.Kind(rawValue: $0) }) else { return nil }
      self = .failed(kind, status: status, code: code)
    default: return nil
    }
  }
}
