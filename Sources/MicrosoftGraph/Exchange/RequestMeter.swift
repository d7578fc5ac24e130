internal import Access

/// Counts what a connection asks of Graph, and stops it at the limit of `--max-requests`.
actor RequestMeter {
  private let limit: Int?
  private var spent = 0
  private var cost = ReadCost()

  init(limit: Int?) { self.limit = limit }

  /// Takes requests out of the budget before they are sent; each item of a batch is one.
  func spend(_ requests: Int, on operation: GraphOperation) throws(TenantError) {
    if let limit, spent + requests > limit {
      throw TenantError(
        .budgetExhausted,
        operation: operation.words,
        message: "the limit of \(limit) requests is reached"
      )
    }
    spent += requests
    cost.requests += requests
  }

  /// Counts one trip over the network.
  func recordTrip() { cost.roundTrips += 1 }

  /// Counts what the service metered.
  func record(resourceUnits: Int) { cost.resourceUnits += resourceUnits }

  /// Yields what was spent since it was last asked.
  func takeCost() -> ReadCost {
    defer { cost = ReadCost() }
    return cost
  }
}
