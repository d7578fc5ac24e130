package import Access
package import Journal

extension Executor {
  /// Looks up what earlier runs left without an outcome, and records what was found.
  ///
  /// One reading of the tenant, and only where something is open. Run it before the plan is made,
  /// so that the plan knows; `carryOut` does it by itself where it was not handed the result.
  /// Blocked accounts whose sessions were perhaps never revoked are left to `carryOut`.
  package func recover(in run: JournaledRun) async throws(ExecutionError) -> Recovery {
    let open = try await journaled { () async throws(JournalError) in
      try await journal.openIntents(of: run.tenant)
    }
    guard !open.isEmpty else { return Recovery() }
    progress(.lookingUp(open.count))
    let state: TenantState
    do throws(TenantError) {
      state = try await reader.observe(OpenWriteJudge.scope(of: open))
    } catch { throw .tenant(error) }
    guard state.tenant == run.tenant else {
      throw .otherTenant(planned: run.tenant, found: state.tenant)
    }
    let judge = OpenWriteJudge(state: state, now: clock.now(), run: run.id)
    let (recovery, settlements, unknown) = Self.judge(open, by: judge)
    try await journaled { () async throws(JournalError) in
      if !settlements.isEmpty { try await journal.settle(settlements, in: run) }
      if !unknown.isEmpty { try await journal.lookedUp(unknown, in: run) }
    }
    return recovery
  }

  private static func judge(
    _ open: [OpenIntent],
    by judge: OpenWriteJudge
  ) -> (Recovery, [Settlement.Of], lookedUp: [GUID]) {
    var recovery = Recovery()
    var settlements: [Settlement.Of] = []
    var unknown: [GUID] = []
    for write in open {
      let intent = write.intent
      let account = judge.account(of: intent)
      if intent.step == .revokeSessions, let account,
        judge.state.accounts[account]?.isEnabled == false
      {
        // Left open until it is done: revoking twice harms nobody, not at all leaves an intruder.
        recovery.owedRevocations.append(write)
        continue
      }
      let verdict = judge.verdict(on: write)
      recovery.verdicts[intent.requestID] = verdict
      let outcome: Settlement.Outcome
      switch verdict {
      case .done:
        outcome = .foundDone
        if intent.step == .invite, let account { recovery.found[intent.guest] = account }
      case .undone: outcome = .foundUndone
      case .assumedDone:
        outcome = .assumedDone
        recovery.assumed[intent.guest] = max(
          write.intended,
          recovery.assumed[intent.guest] ?? write.intended
        )
      case .stillUnknown:
        if !write.lookUps.contains(where: { $0.run == judge.run }) {
          unknown.append(intent.requestID)
        }
        recovery.wait(for: write, now: judge.now)
        continue
      }
      let settlement = Settlement(
        requestID: intent.requestID,
        outcome: outcome,
        account: verdict == .done ? account : nil
      )
      settlements.append(.init(settlement, guest: intent.guest))
    }
    return (recovery, settlements, unknown)
  }

  /// Runs a body that uses the journal, and converts its errors.
  func journaled<Result>(
    _ body: () async throws(JournalError) -> Result
  ) async throws(ExecutionError) -> Result {
    do throws(JournalError) { return try await body() } catch { throw .journal(error) }
  }
}

extension Recovery {
  /// Keeps a write from being repeated before its outcome is known.
  fileprivate mutating func wait(for write: OpenIntent, now: Moment) {
    let guest = write.intent.guest
    let until = max(write.intended + OpenWriteJudge.mailPatience, now)
    if write.intent.step.traits.isMailing {
      waiting[guest] = max(until, waiting[guest] ?? until)
    } else if write.intent.step == .requestPackage, let resource = write.intent.resource {
      let key = GrantKey(guest: guest, resource: resource)
      waitingRequests[key] = max(until, waitingRequests[key] ?? until)
    }
  }
}

/// What was found of the writes that earlier runs left without an outcome.
package struct Recovery: Hashable, Sendable {
  /// Accounts that an invitation without a reply turned out to have made.
  package var found: [EmailAddress: UserID] = [:]
  /// Guests whom a mail may have reached that nothing can confirm, and when it was sent.
  package var assumed: [EmailAddress: Moment] = [:]
  /// Guests who must not be mailed yet, and from when on a look-up may settle it.
  package var waiting: [EmailAddress: Moment] = [:]
  /// Access packages that must not be requested again yet, in the same way.
  package var waitingRequests: [GrantKey: Moment] = [:]
  /// Blocked accounts whose sessions were perhaps never revoked.
  package var owedRevocations: [OpenIntent] = []
  /// What each open write turned out to be, by its request.
  package var verdicts: [GUID: Verdict] = [:]

  package init() {}

  package enum Verdict: String, Hashable, Sendable {
    case done, undone, assumedDone, stillUnknown
  }
}
