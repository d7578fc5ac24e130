internal import Access
internal import Journal

/// One plan while it is being carried out: what is over, what is in flight, why it stops.
final class PlanExecution {
  let plan: Plan
  let run: JournaledRun
  private let occasion: Executor.Occasion
  let executor: Executor
  private let recovery: Recovery
  private let record: JournalRecord
  private var schedule: Schedule
  private var outcomes: [ActionOutcome?]
  var accounts: [EmailAddress: UserID]
  var steps: [Int: PendingSteps] = [:]
  var resumed: [Int] = []
  private var stop: ExecutionResult.Stop?
  var undelivered: [EmailAddress] = []
  private var settledCount = 0

  init(
    _ plan: Plan,
    run: JournaledRun,
    occasion: Executor.Occasion,
    recovery: Recovery,
    record: JournalRecord,
    by executor: Executor
  ) {
    self.plan = plan
    self.run = run
    self.occasion = occasion
    self.record = record
    self.executor = executor
    self.recovery = recovery
    accounts = recovery.found
    let outcomes = Self.settledAtOnce(plan)
    self.outcomes = outcomes
    schedule = Schedule(
      plan.actions,
      settled: Set(outcomes.indices.filter { outcomes[$0] != nil })
    )
  }

  /// What no write is sent for: held back, or contradicting the plan itself.
  private static func settledAtOnce(_ plan: Plan) -> [ActionOutcome?] {
    var outcomes = [ActionOutcome?](repeating: nil, count: plan.actions.count)
    for (index, action) in plan.actions.enumerated()
    where !action.prerequisites.allSatisfy({ (0..<index).contains($0) }) {
      outcomes[index] = .skipped(because: .malformed)
    }
    var holders: [Int: [GuardVerdict.Guard]] = [:]
    for verdict in plan.guards where !verdict.isAccepted {
      for index in verdict.heldBack { holders[index, default: []].append(verdict.name) }
    }
    for (index, action) in plan.actions.enumerated() where outcomes[index] == nil {
      // What waits for something that is held back is held back with it.
      for prerequisite in action.prerequisites {
        holders[index] = holders[index] ?? holders[prerequisite]
      }
      if let guards = holders[index] { outcomes[index] = .skipped(because: .heldBack(guards)) }
    }
    return outcomes
  }

  /// The outcomes, once `carryOut` has returned.
  func result(recordedCommit: Bool) -> ExecutionResult {
    let rest: ActionOutcome = stop == .interrupted ? .interrupted : .skipped(because: .stopped)
    return ExecutionResult(
      outcomes: outcomes.map { $0 ?? rest },
      recovery: recovery,
      stop: stop,
      undelivered: undelivered,
      recordedCommit: recordedCommit
    )
  }

  func carryOut() async {
    executor.progress(.began(outcomes.count { $0 == nil }))
    await revokeOwedSessions()
    for wave in Wave.allCases where stop == nil {
      let count = schedule.count(in: wave)
      guard count > 0 else { continue }
      executor.progress(.wave(wave, actions: count))
      schedule.begin(wave)
      await carryOutWave()
    }
    await recordLosses()
  }

  /// Records which accounts were deleted or blocked outside, as the plan found them, and which are
  /// back.
  private func recordLosses() async {
    guard !plan.isPartial else { return }
    let lost = plan.lost
    // An account that a `return` gives back is lost until that has succeeded.
    var pending: Set<UserID> = []
    for (index, action) in plan.actions.enumerated() where outcomes[index]?.isSuccess != true {
      if let account = action.account ?? record.accounts[action.guest] { pending.insert(account) }
    }
    let regained = Set(record.losses.keys).subtracting(pending)
    guard !lost.isEmpty || !regained.isEmpty else { return }
    do throws(JournalError) {
      try await executor.journal.see(lost: lost, regained: regained, in: run)
    } catch { halt(.journal(error)) }
  }

  /// Revokes sessions that an earlier run owed; what fails again is owed still.
  private func revokeOwedSessions() async {
    var chunk: [Sending] = []
    for open in recovery.owedRevocations {
      guard let account = open.intent.account else { continue }
      let write = TenantWrite(
        requestID: open.intent.requestID,
        change: .revokeSessions(account)
      )
      chunk.append(Sending(index: nil, guest: open.intent.guest, write: write))
    }
    for start in stride(from: 0, to: chunk.count, by: executor.pace.chunk) where canGoOn() {
      let part = Array(chunk[start..<min(start + executor.pace.chunk, chunk.count)])
      executor.progress(.sent(part.count))
      await settle(part, await executor.writer.perform(part.map(\.write)))
    }
  }

  private func carryOutWave() async {
    let writer = executor.writer
    await withTaskGroup(of: Reply.self) { group in
      var inFlight = 0
      while true {
        while inFlight < executor.pace.chunksInFlight, canGoOn() {
          let chunk = await intendedChunk()
          guard !chunk.isEmpty else { break }
          executor.progress(.sent(chunk.count))
          inFlight += 1
          group.addTask { Reply(chunk, await writer.perform(chunk.map(\.write))) }
        }
        guard let reply = await group.next() else { break }
        inFlight -= 1
        await settle(reply.chunk, reply.results)
      }
    }
  }

  /// False from the moment on at which no new chunk may begin.
  private func canGoOn() -> Bool {
    if stop == nil, Task.isCancelled { halt(.interrupted) }
    return stop == nil
  }

  /// Begins nothing any more, for the first reason that is given.
  func halt(_ reason: ExecutionResult.Stop) {
    guard stop == nil else { return }
    stop = reason
    executor.progress(.stopping(reason))
  }

  /// Takes what is ready, at most a chunk of it, and records it as intended; empty where nothing is
  /// ready or the journal takes no more.
  private func intendedChunk() async -> [Sending] {
    var chunk: [Sending] = []
    var intents: [Intent] = []
    while chunk.count < executor.pace.chunk {
      if let index = resumed.popLast() {
        if let sending = nextStep(of: index) { chunk.append(sending) }
        continue
      }
      guard let index = schedule.next() else { break }
      if let outcome = obstacle(to: index) {
        finish(index, outcome)
        continue
      }
      if let sending = begin(index, &intents) { chunk.append(sending) }
    }
    guard !intents.isEmpty else { return chunk }
    do throws(JournalError) {
      try await executor.journal.intend(intents, in: run)
      return chunk
    } catch {
      // What is not on the disk is not sent, the further steps of others in this chunk included.
      halt(.journal(error))
      return []
    }
  }

  /// Why an action that is ready is not sent after all.
  private func obstacle(to index: Int) -> ActionOutcome? {
    let action = plan.actions[index]
    for prerequisite in action.prerequisites where outcomes[prerequisite]?.isSuccess != true {
      return .skipped(because: .prerequisite(prerequisite))
    }
    switch action.verb {
    case .invite where recovery.found[action.guest] != nil: return .alreadyDone
    case .invite, .resend:
      return openMail(to: action.guest) ?? recentMail(to: action.guest)
    // A change of address is a decision of its own, and the journal tells whether it is finished.
    case .resetRedemption: return openMail(to: action.guest)
    default: break
    }
    guard case .grant(let resource, .package) = action.operation,
      let until = recovery.waitingRequests[GrantKey(guest: action.guest, resource: resource)]
    else { return nil }
    return .skipped(because: .mailUnresolved(until: until))
  }

  /// Why a guest is not mailed now: the outcome of an earlier mail is not known yet.
  private func openMail(to guest: EmailAddress) -> ActionOutcome? {
    if let until = recovery.waiting[guest] {
      return .skipped(because: .mailUnresolved(until: until))
    }
    // A person asked for one more mail.
    guard occasion != .resend else { return nil }
    return recovery.assumed[guest].map { .skipped(because: .mailedAlready(at: $0)) }
  }

  /// Why a guest is not mailed now: a mail went out moments ago, to the person who still has the
  /// address.
  private func recentMail(to guest: EmailAddress) -> ActionOutcome? {
    guard occasion != .resend else { return nil }
    let movedTo = record.accounts[guest].flatMap { record.addressChanges[$0]?.to }
    guard let moment = record.invitations[guest]?.last, movedTo ?? guest == guest,
      executor.clock.now() - moment < OpenWriteJudge.mailPatience
    else { return nil }
    return .skipped(because: .mailedAlready(at: moment))
  }

  /// Draws the writes of an action and what is intended by them, and returns the first; `nil` where
  /// no account is known to write to.
  private func begin(_ index: Int, _ intents: inout [Intent]) -> Sending? {
    let action = plan.actions[index]
    let account = action.account ?? accounts[action.guest]
    guard let changes = action.steps(account: account) else {
      finish(index, .skipped(because: .noAccount))
      return nil
    }
    let writes = changes.map { TenantWrite(requestID: executor.randomness.guid(), change: $0) }
    for write in writes {
      intents.append(
        Intent(
          requestID: write.requestID,
          guest: action.guest,
          verb: action.verb,
          step: write.change.step,
          account: account,
          resource: action.operation.resource,
          commit: action.provenance?.commit ?? plan.commit,
          blockCause: blockCause(of: action)
        )
      )
    }
    steps[index] = PendingSteps(writes)
    return nextStep(of: index)
  }

  private func blockCause(of action: Action) -> JournalRecord.BlockCause? {
    guard action.verb == .block else { return nil }
    if occasion == .incident { return .incident }
    if case .declaredBlocked = action.reason { return .declared }
    return .removal
  }

  private func nextStep(of index: Int) -> Sending? {
    guard let write = steps[index]?.next else { return nil }
    return Sending(index: index, guest: plan.actions[index].guest, write: write)
  }

  /// Ends an action.
  func finish(_ index: Int, _ outcome: ActionOutcome) {
    outcomes[index] = outcome
    settledCount += 1
    schedule.finish(index)
    executor.progress(.settled(index, outcome, settled: settledCount))
  }
}
