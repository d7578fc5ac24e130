internal import HTTPServer

/// What the faults of a whole HTTP exchange do to it.
enum ExchangeFault {
  /// The reply of a fault that strikes before anything is applied; nil where the request goes on.
  static func before(_ strikes: [FaultRule]) -> ServerResponse? {
    let kinds = strikes.map(\.kind)
    if kinds.contains(.reset) { return ServerResponse(status: 500, delivery: .reset) }
    guard kinds.contains(.html200) else { return nil }
    let text = "<html><body><h1>Our services aren't available right now</h1></body></html>"
    return ServerResponse(
      status: 200,
      headers: [.init("Content-Type", "text/html")],
      body: Array(text.utf8)
    )
  }

  /// The reply as it leaves: late, cut off, or not at all.
  static func after(_ strikes: [FaultRule], _ response: ServerResponse) -> ServerResponse {
    var response = response
    for strike in strikes {
      switch strike.kind {
      case .lost: response.delivery = .dropped
      case .truncate:
        response.delivery =
          response.body.isEmpty ? .dropped : .truncated(after: response.body.count / 2)
      case .slow: response.delay = .seconds(strike.seconds ?? 2)
      case .stall: response.delay = .seconds(strike.seconds ?? 600)
      default: continue
      }
    }
    return response
  }
}

/// What the faults of a single call do to it.
enum Strike {
  /// - Throws: the failure that a fault makes of the call, before anything is applied.
  static func failure(
    _ strikes: [FaultRule],
    _ call: Call,
    _ operation: Operation,
    tenantID: String
  ) throws {
    for strike in strikes {
      switch strike.kind {
      case .throttle:
        throw GraphFailure.throttled(
          retryAfter: strike.seconds ?? 1,
          scope: "Tenant_Application/ReadWrite/\(call.caller.appID)/\(tenantID)",
          information: "CPULimitExceeded",
          percentage: 1.2
        )
      case .error503: throw GraphFailure.unavailable
      case .error500:
        throw GraphFailure(
          500,
          "Service_InternalServerError",
          "Encountered an internal server error."
        )
      case .conflict: if operation.isWrite { throw GraphFailure.concurrentWrite }
      case .partial: if call.isBatchItem { throw GraphFailure.unavailable }
      case .expired: try expire(call, operation)
      default: continue
      }
    }
  }

  /// FACTS section 2.3: a delta token ends in 410 with a fresh start, a page token in 400.
  private static func expire(
    _ call: Call,
    _ operation: Operation
  ) throws {
    guard call.query.skipToken != nil || call.query.deltaToken != nil else { return }
    guard operation.template.hasSuffix("/delta()") else {
      throw GraphFailure(
        400,
        "Directory_ExpiredPageToken",
        "The specified page token value has expired and can no longer be included in your request."
      )
    }
    var failure = GraphFailure(410, "resyncRequired", "Resync required: start without a token.")
    failure.headers = [("Location", "\(call.address)?$deltatoken=")]
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
