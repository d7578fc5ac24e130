internal import Access
internal import HTTP

/// What the outcome of one attempt means for a change: a pure function, so that every row of it can
/// be held against FACTS.
enum WriteVerdict: Sendable {
  case done(WriteReceipt)
  case failed(TenantError)
  case again(after: Duration, TenantError)
  /// Look whether the tenant is as the change wants it; if it is not, do what is said.
  case check(ifSo: WriteReceipt.Effect, otherwise: Otherwise)

  enum Otherwise: Sendable {
    case fail(TenantError)
    case again(after: Duration, TenantError)
  }

  struct Circumstances: Sendable {
    var attempt: Int
    var now: Moment
    /// Whether the account was made or restored so lately that Graph may not show it everywhere.
    var isFresh: Bool
    var policy: RetryPolicy
    var spread: UInt64

    func decide(_ outcome: RetryPolicy.Outcome) -> RetryPolicy.Decision {
      policy.decide(attempt: attempt, outcome, spread: spread)
    }
  }

  init(_ change: TenantWrite.Change, _ outcome: MessageOutcome, _ circumstances: Circumstances) {
    switch outcome {
    case .reply(let reply): self.init(change, reply, circumstances)
    case .notSent(let error): self = .failed(error)
    case .noReply(let error) where error.delivery == .notSent:
      let refusal = TenantError(
        error,
        operation: change.kind.operation.words,
        HeldSecrets()
      )
      self.init(refusal, circumstances.decide(.noReply(isWorthRepeating: true)))
    case .noReply(let error): self.init(lost: change, "\(error)", circumstances)
    case .garbled(let reason): self.init(lost: change, reason, circumstances)
    }
  }

  private init(_ error: TenantError, _ decision: RetryPolicy.Decision) {
    switch decision {
    case .retry(let delay): self = .again(after: delay, error)
    case .reauthenticate: self = .again(after: .zero, error)
    case .accept, .giveUp: self = .failed(error)
    }
  }

  /// The change was sent, and its outcome is unknown.
  private init(
    lost change: TenantWrite.Change,
    status: Int? = nil,
    _ reason: String,
    _ circumstances: Circumstances
  ) {
    let error = TenantError(
      .unknownOutcome,
      operation: change.kind.operation.words,
      status: status,
      message: reason
    )
    guard change.kind.isRepeatable || change.kind.check != nil else {
      self = .failed(error)
      return
    }
    let decision = circumstances.decide(.noReply(isWorthRepeating: true))
    if change.kind.isRepeatable, case .retry(let delay) = decision {
      self = .check(ifSo: .changed, otherwise: .again(after: delay, error))
    } else {
      self = .check(ifSo: .changed, otherwise: .fail(error))
    }
  }

  private init(
    _ change: TenantWrite.Change,
    _ reply: GraphReply,
    _ circumstances: Circumstances
  ) {
    let error = reply.error(change.kind.operation)
    let wait = reply.retryAfter(now: circumstances.now)
    let decision = circumstances.decide(.status(reply.status, retryAfter: wait))
    switch reply.status {
    case 200..<300: self.init(success: reply, of: change)
    case 404: self.init(absence: error, of: change, circumstances)
    case 400, 409: self.init(conflict: error, of: change, decision, circumstances)
    // Shed before it was looked at; what failed inside may have been done all the same.
    case 429, 503: self.init(error, decision)
    case 500... where !change.kind.isRepeatable:
      self.init(lost: change, status: reply.status, error.message, circumstances)
    default: self.init(error, decision)
    }
  }

  private init(success reply: GraphReply, of change: TenantWrite.Change) {
    var receipt = WriteReceipt(effect: .changed, serviceRequestID: reply.requestID)
    guard change.kind.isInvitation else {
      self = .done(receipt)
      return
    }
    let invitation = reply.content as? GraphInvitation
    // A guest who has redeemed already was not invited again.
    if invitation?.status == "Completed" { receipt.effect = .alreadyThere }
    receipt.user = invitation?.invitedUser?.id.id
    if change.isHandedOver { receipt.redeemURL = invitation?.inviteRedeemUrl.map { RedeemURL($0) } }
    if receipt.user == nil || invitation?.status == "Error" {
      self = .failed(
        TenantError(
          .unknownOutcome,
          operation: change.kind.operation.words,
          status: reply.status,
          message: "the invitation was answered without the account that it made",
          requestID: reply.requestID
        )
      )
    } else {
      self = .done(receipt)
    }
  }

  private init(
    absence error: TenantError,
    of change: TenantWrite.Change,
    _ circumstances: Circumstances
  ) {
    if change.kind.isRemoval {
      self = .done(WriteReceipt(effect: .alreadyGone, serviceRequestID: error.requestID))
    } else if case .restore = change {
      self = .check(ifSo: .alreadyThere, otherwise: .fail(error))
    } else if circumstances.isFresh {
      self.init(error, circumstances.decide(.notThereYet))
    } else {
      self = .failed(error)
    }
  }

  /// A refusal that may only say that it is so already; the text would tell, and is not asked.
  private init(
    conflict error: TenantError,
    of change: TenantWrite.Change,
    _ decision: RetryPolicy.Decision,
    _ circumstances: Circumstances
  ) {
    let isWorthAnother: RetryPolicy.Decision =
      error.status == 400 && circumstances.isFresh ? circumstances.decide(.notThereYet) : decision
    guard change.kind.check != nil else {
      self.init(error, isWorthAnother)
      return
    }
    let effect: WriteReceipt.Effect = change.kind.isRemoval ? .alreadyGone : .alreadyThere
    if case .retry(let delay) = isWorthAnother {
      self = .check(ifSo: effect, otherwise: .again(after: delay, error))
    } else {
      self = .check(ifSo: effect, otherwise: .fail(error))
    }
  }
}

/// The reply to an invitation (FACTS section 1.1).
struct GraphInvitation: GraphModel {
  var status: String?
  var invitedUser: DirectoryObject?
  var inviteRedeemUrl: String?
}
