package import Access
internal import HTTP

/// Changes a tenant through Microsoft Graph.
///
/// It repeats what may be repeated, looks where a reply was lost or says that something is already
/// done, and never sends an invitation again whose reply it did not get. The order of writes to one
/// account or group is the caller's matter.
package struct GraphWriter: TenantWriter {
  private let connection: GraphConnection
  private let requests: WriteRequest
  private let channel: ReadChannel
  private let pacing: WritePacing
  private let fresh = FreshAccounts()

  package init(_ connection: GraphConnection) {
    self.connection = connection
    requests = WriteRequest(endpoints: connection.endpoints)
    channel = ReadChannel(connection)
    pacing = WritePacing(clock: connection.clock)
  }

  package func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>] {
    var results: [Result<WriteReceipt, TenantError>] = []
    for start in stride(from: 0, to: writes.count, by: GraphMessage.largestBatch) {
      let load = Array(writes[start..<min(start + GraphMessage.largestBatch, writes.count)])
      results += await carryOut(load)
    }
    return results
  }

  /// A write on its way, by its place among those of its batch.
  private struct Pending {
    var index: Int
    var change: TenantWrite.Change
    var message: GraphMessage
    /// True once a reply was lost: what is found done afterwards was perhaps done by us.
    var wasLost = false
    /// True once `mail` was refused and the address goes to `otherMails` instead.
    var usesOtherMails = false
  }

  private typealias Results = [Int: Result<WriteReceipt, TenantError>]

  private func carryOut(
    _ writes: [TenantWrite]
  ) async -> [Result<WriteReceipt, TenantError>] {
    var results: Results = [:]
    var pending = writes.enumerated().map { index, write in
      Pending(index: index, change: write.change, message: requests.message(write))
    }
    var attempt = 1
    while !pending.isEmpty {
      do {
        let invitations = pending.filter(\.change.kind.isInvitation).count
        try await pacing.admit(writes: pending.count, invitations: invitations)
      } catch {
        for item in pending { results[item.index] = .failure(item.change.cancelled) }
        break
      }
      let outcomes = await connection.exchange(
        pending.map(\.message),
        survivesCancellation: true
      )
      await noteThrottling(outcomes)
      let waits = await settle(pending, outcomes, attempt, &results)
      guard let longest = waits.map(\.delay).max() else { break }
      do {
        try await connection.clock.sleep(for: longest)
      } catch {
        for wait in waits { results[wait.item.index] = .failure(wait.error.interrupted) }
        break
      }
      pending = waits.map(\.item)
      attempt += 1
    }
    return writes.indices.map { results[$0] ?? .failure(writes[$0].change.cancelled) }
  }

  private typealias Wait = (item: Pending, delay: Duration, error: TenantError)

  /// Sends an address that the service refuses as `mail` to `otherMails` instead, a list that grows
  /// by what is added; `nil` where that is not the way, or the address is there already.
  private func secondWay(
    _ item: Pending,
    _ error: TenantError,
    _ results: inout Results
  ) async -> Wait? {
    results[item.index] = .failure(error)
    guard case .changeMail(let user, let address) = item.change, !item.usesOtherMails,
      error.kind == .refused || error.kind == .permission
    else { return nil }
    switch await channel.fetchEach([.account(user)]).first {
    case .success(let reply) where reply.isSuccess:
      // The list is replaced as a whole: one that was not read would be lost.
      guard let account = reply.content as? GraphUser.Changeable else {
        results[item.index] = .failure(error)
        return nil
      }
      let known = account.otherMails ?? []
      guard !known.contains(address) else {
        results[item.index] = .success(WriteReceipt(effect: .alreadyThere))
        return nil
      }
      var second = item
      second.usesOtherMails = true
      second.message.body = GraphMessage.Body(WriteRequest.otherMails(known + [address]))
      return (second, .zero, error)
    case .success(let reply):
      results[item.index] = .failure(reply.error(item.change.kind.operation))
    case .failure(let error): results[item.index] = .failure(error)
    case nil: break
    }
    return nil
  }

  /// Decides each outcome, looks where looking decides, and yields what must be sent again.
  private func settle(
    _ pending: [Pending],
    _ outcomes: [MessageOutcome],
    _ attempt: Int,
    _ results: inout Results
  ) async -> [Wait] {
    var waits: [Wait] = []
    var checks: [(item: Pending, effect: WriteReceipt.Effect, WriteVerdict.Otherwise)] = []
    for (var item, outcome) in zip(pending, outcomes) {
      let now = connection.clock.now()
      let circumstances = WriteVerdict.Circumstances(
        attempt: attempt,
        now: now,
        isFresh: await fresh.holds(item.change.kind.user, at: now),
        policy: connection.policy,
        spread: connection.randomness.word()
      )
      switch WriteVerdict(item.change, outcome, circumstances) {
      case .done(var receipt):
        if item.wasLost { receipt.effect = .changed }
        if let address = receipt.redeemURL {
          await connection.tokens.hold(Secret(address.reveal()))
        }
        results[item.index] = .success(receipt)
      case .failed(let error):
        if let wait = await secondWay(item, error, &results) { waits.append(wait) }
      case .again(let delay, let error): waits.append((item, delay, error))
      case .check(let effect, let otherwise):
        item.wasLost = item.wasLost || effect == .changed
        checks.append((item, item.wasLost ? .changed : effect, otherwise))
      }
    }
    let answers = await channel.answers(checks.map(\.item.change.kind.check))
    for (check, answer) in zip(checks, answers) {
      switch (answer, check.2) {
      case (true, _): results[check.item.index] = .success(WriteReceipt(effect: check.effect))
      case (_, .fail(let error)):
        if let wait = await secondWay(check.item, error, &results) { waits.append(wait) }
      case (_, .again(let delay, let error)): waits.append((check.item, delay, error))
      }
    }
    await noteFresh(pending, results)
    return waits
  }

  private func noteFresh(_ pending: [Pending], _ results: Results) async {
    for item in pending {
      guard case .success(let receipt)? = results[item.index] else { continue }
      if let made = receipt.user { await fresh.note(made, at: connection.clock.now()) }
      if case .restore(let user) = item.change {
        await fresh.note(user, at: connection.clock.now())
      }
    }
  }

  private func noteThrottling(_ outcomes: [MessageOutcome]) async {
    var highest = 0
    for case .reply(let reply) in outcomes { highest = max(highest, reply.throttlePercentage ?? 0) }
    await pacing.note(percentage: highest)
  }
}

extension TenantWrite.Change {
  /// The change was not sent because its caller stopped.
  fileprivate var cancelled: TenantError {
    TenantError(
      .cancelled,
      operation: kind.operation.words,
      message: "cancelled before it was sent"
    )
  }
}

extension TenantError {
  /// What remains of a failure when nobody waits for another attempt: an outcome that was open
  /// stays open, and a service that failed may have done it all the same.
  fileprivate var interrupted: Self {
    kind == .unknownOutcome || kind == .unavailable && status != 503 ? self : cancelled
  }
}

/// The accounts that this writer made or gave back lately, which Graph may not show everywhere yet
/// (FACTS sections 1.6 and 9).
actor FreshAccounts {
  private var made: [UserID: Moment] = [:]

  /// How long an account counts as made lately.
  static let age = Moment.Span.minutes(15)

  /// Notes an account that was just made or restored.
  func note(_ user: UserID, at now: Moment) { made[user] = now }

  /// Whether an account was noted lately; false for `nil`.
  func holds(_ user: UserID?, at now: Moment) -> Bool {
    guard let user, let moment = made[user] else { return false }
    return now - moment < Self.age
  }
}
