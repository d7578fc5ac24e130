/// One request on its way in and the reply to it, owned by the connection's thread.
final class Exchange {
  let target: String
  let startedAt = ContinuousClock.now
  var phase = Phase.begun
  var body: [UInt8] = []
  var discarded = 0

  enum Phase {
    case begun
    case receiving
    case oversized
    case waiting(ServerResponse)
  }

  init(target: String) { self.target = target }
}
