package import Access
internal import Journal

extension LifeEvent {
  /// What happened, without the details of how the journal keeps it.
  package enum Summary: Hashable, Sendable {
    /// A commit declared it, for the first time or again.
    case declared(Origin, isAgain: Bool)
    /// A commit no longer declared it.
    case undeclared(Origin)
    /// A run wrote to the tenant.
    case wrote(Writing)
    /// A run first saw that somebody else had blocked or deleted the account.
    case lost(run: GUID)
    /// A run saw that an account that had been lost is back.
    case regained(run: GUID)
    /// Somebody answered a guard, or gave an order by hand.
    case decided(Decision)
  }

  /// What somebody decided, by whom and why.
  package struct Decision: Hashable, Sendable {
    package var kind: Kind
    package var runner: String?
    package var reason: String?
    package var run: GUID

    package enum Kind: Hashable, Sendable {
      case accepted(GuardVerdict.Guard)
      case declined(GuardVerdict.Guard)
      /// By the command of this name.
      case ordered(String)
    }
  }

  /// One write, whole or part of an action, and its outcome.
  package struct Writing: Hashable, Sendable {
    /// The action that the write belongs to.
    package var verb: Action.Verb
    package var part: Part
    package var outcome: Outcome
    package var run: GUID
    /// The `client-request-id`, which finds the write in the tenant's audit log.
    package var requestID: GUID
    /// The commit to which the action leads back.
    package var commit: CommitID?
  }

  /// Which part of an action a write was.
  package enum Part: Hashable, Sendable {
    case whole
    /// The sessions of a blocked account were revoked.
    case sessions
    /// A further address was put on the account, before its sign-in moves there.
    case furtherAddress
  }

  /// The outcome of a write.
  package enum Outcome: Hashable, Sendable {
    case changed, alreadyThere, alreadyGone
    /// The reply was lost, and a later look found that it had been carried out.
    case foundDone
    /// The reply was lost, and later looks found that it had not.
    case foundUndone
    /// The reply was lost and nothing can tell.
    case assumedDone
    /// It was never sent.
    case notSent
    case failed(TenantError.Kind, status: Int?, code: String?)
    /// No outcome is known yet.
    case open
  }

  /// What happened.
  package var summary: Summary {
    switch kind {
    case .declared(let origin, let isAgain): .declared(origin, isAgain: isAgain)
    case .undeclared(let origin): .undeclared(origin)
    case .journaled(let event):
      switch event.kind {
      case .lost: .lost(run: event.run)
      case .regained: .regained(run: event.run)
      case .decided(let decision): .decided(Decision(decision, event.run))
      case .write(let intent, let outcome):
        .wrote(
          Writing(
            verb: intent.verb,
            part: Part(intent.step),
            outcome: Outcome(outcome),
            run: event.run,
            requestID: intent.requestID,
            commit: intent.commit
          )
        )
      }
    }
  }
}

extension LifeEvent.Decision {
  fileprivate init(_ decision: JournalEvent.Decision, _ run: GUID) {
    kind =
      switch decision.kind {
      case .accepted(let name): .accepted(name)
      case .declined(let name): .declined(name)
      case .ordered(let command): .ordered(command)
      }
    (runner, reason, self.run) = (decision.runner, decision.reason, run)
  }
}

extension LifeEvent.Part {
  fileprivate init(_ step: Intent.Step) {
    switch step {
    case .revokeSessions: self = .sessions
    case .changeMail: self = .furtherAddress
    case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete, .addSponsor,
      .removeSponsor, .assign, .unassign, .join, .leave, .requestPackage, .removePackage:
      self = .whole
    }
  }
}

extension LifeEvent.Outcome {
  fileprivate init(_ outcome: Settlement.Outcome?) {
    switch outcome {
    case nil: self = .open
    case .changed: self = .changed
    case .alreadyThere: self = .alreadyThere
    case .alreadyGone: self = .alreadyGone
    case .foundDone: self = .foundDone
    case .foundUndone: self = .foundUndone
    case .assumedDone: self = .assumedDone
    case .notSent: self = .notSent
    case .failed(let kind, let status, let code): self = .failed(kind, status: status, code: code)
    }
  }
}
