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
