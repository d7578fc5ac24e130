internal import Access
internal import Journal

extension PlanExecution {
  /// Records the outcomes of a chunk and goes on.
  func settle(_ chunk: [Sending], _ results: [Result<WriteReceipt, TenantError>]) async {
    var settlements: [Settlement.Of] = []
    var endings: [(Int, ActionOutcome)] = []
    for (position, sending) in chunk.enumerated() {
      // A writer that answers too little has lost the rest.
      let reply =
        results.indices.contains(position)
        ? results[position] : .failure(.lost(sending.write.change.step))
      await deliver(reply, of: sending)
      let outcome = Settlement.Outcome(reply, of: sending.write.change.step)
      if let outcome { settlements.append(sending.settlement(outcome, reply)) }
      guard let index = sending.index else { continue }
      if let ending = advance(index, reply, isOpen: outcome == nil, &settlements) {
        endings.append((index, ending))
      }
    }
    stopIfHopeless(results)
    do throws(JournalError) {
      if !settlements.isEmpty { try await executor.journal.settle(settlements, in: run) }
    } catch { halt(.journal(error)) }
    for (index, outcome) in endings { finish(index, outcome) }
  }

  /// Takes an action one write further; returns its outcome once it is over.
  private func advance(
    _ index: Int,
    _ reply: Result<WriteReceipt, TenantError>,
    isOpen: Bool,
    _ settlements: inout [Settlement.Of]
  ) -> ActionOutcome? {
    let guest = plan.actions[index].guest
    switch reply {
    case .success(let receipt):
      if let account = receipt.user { accounts[guest] = account }
      steps[index]?.succeed(receipt.effect)
      if steps[index]?.next != nil {
        resumed.append(index)
        return nil
      }
      defer { steps[index] = nil }
      return steps[index]?.changed == false ? .alreadyDone : .done
    case .failure(let error):
      let rest = steps.removeValue(forKey: index)?.afterNext ?? []
      for write in rest where !(isOpen && write.change.step == .revokeSessions) {
        // Sessions stay owed where the block before them was perhaps carried out.
        let settlement = Settlement(requestID: write.requestID, outcome: .notSent)
        settlements.append(.init(settlement, guest: guest))
      }
      return error.kind == .cancelled ? .interrupted : .failed(error)
    }
  }

  private func deliver(_ reply: Result<WriteReceipt, TenantError>, of sending: Sending) async {
    guard case .success(let receipt) = reply, let url = receipt.redeemURL else { return }
    // Before the outcome is recorded: an address that nobody got must not look handed over.
    do { try await executor.redeem(sending.guest, url) } catch { undelivered.append(sending.guest) }
  }

  /// Stops where the rest of the plan could only fail in the same way.
  private func stopIfHopeless(_ results: [Result<WriteReceipt, TenantError>]) {
    var unreachable: [TenantError] = []
    for case .failure(let error) in results {
      switch error.kind {
      case .authentication, .budgetExhausted: return halt(.tenant(error))
      case .cancelled: return halt(.interrupted)
      case .unreachable: unreachable.append(error)
      default: break
      }
    }
    if let error = unreachable.first, unreachable.count == results.count { halt(.tenant(error)) }
  }
}
