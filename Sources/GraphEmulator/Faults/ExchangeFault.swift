internal import HTTPServer

/// What the faults of a whole HTTP exchange do to it.
enum ExchangeFault {
  /// The reply of a fault that strikes before anything is applied; nil where the request goes on.
  static func before(_ strikes: [FaultRule]) -> ServerResponse? {
    for strike in strikes {
      switch strike.kind {
      case .reset: return ServerResponse(status: 500, delivery: .reset)
      case .html200:
        return ServerResponse(
          status: 200,
          headers: [.init("Content-Type", "text/html")],
          body: Array(
            "<html><body><h1>Our services aren't available right now</h1></body></html>".utf8
          )
        )
      case .throttle, .error503, .error500, .conflict, .truncate, .lost, .slow, .stall, .partial,
        .lag,
        .reorder, .expired:
        continue
      }
    }
    return nil
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
      case .throttle, .error503, .error500, .conflict, .reset, .partial, .lag, .reorder, .expired,
        .html200:
        continue
      }
    }
    return response
  }
}
