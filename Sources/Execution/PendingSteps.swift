internal import Access

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
