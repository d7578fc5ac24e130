/// What the faults of a single call do to it.
enum Strike {
  /// - Throws: the failure that a fault makes of the call, before anything is applied.
  static func failure(
    _ strikes: [FaultRule],
    _ call: GraphCall,
    _ query: QueryOptions,
    _ operation: Operation,
    tenantID: String
  ) throws(GraphFailure) {
    for strike in strikes {
      switch strike.kind {
      case .throttle:
        throw .throttled(
          retryAfter: strike.seconds ?? 1,
          scope: "Tenant_Application/ReadWrite/\(call.caller.appID)/\(tenantID)",
          information: "CPULimitExceeded",
          percentage: 1.2
        )
      case .error503: throw .unavailable
      case .error500:
        throw .init(500, "Service_InternalServerError", "Encountered an internal server error.")
      case .conflict: if operation.writeCount > 0 { throw .concurrentWrite }
      case .partial: if call.isBatchItem { throw .unavailable }
      case .expired: try expire(call, query, operation)
      case .lag, .reorder, .reset, .truncate, .lost, .slow, .stall, .html200: break
      }
    }
  }

  /// FACTS section 2.3: a delta token ends in 410 with a fresh start, a page token in 400.
  private static func expire(
    _ call: GraphCall,
    _ query: QueryOptions,
    _ operation: Operation
  ) throws(GraphFailure) {
    guard query.skipToken != nil || query.deltaToken != nil else { return }
    guard operation.template.hasSuffix("/delta()") else {
      throw .init(
        400,
        "Directory_ExpiredPageToken",
        "The specified page token value has expired and can no longer be included in your request."
      )
    }
    var failure = GraphFailure(410, "resyncRequired", "Resync required: start without a token.")
    let path = call.target.prefix { $0 != "?" }
    failure.headers = [("Location", "\(call.base)/\(call.version)\(path)?$deltatoken=")]
    throw failure
  }
}

extension GraphFailure {
  /// FACTS section 8: transient, to be tried again.
  static let concurrentWrite = Self(
    409,
    "Directory_ConcurrencyViolation",
    "Error due to concurrent requests being made to the tenant. Please wait briefly and retry."
  )

  /// FACTS section 8: transient, to be tried again on a new connection.
  static let unavailable = Self(
    503,
    "serviceNotAvailable",
    "The service is temporarily unavailable. You may retry after a delay."
  )
}
