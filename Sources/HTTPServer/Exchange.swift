/// One request on its way in and the reply to it, owned by the connection's thread.
final class Exchange {
  /// Path and query; anything else where the request line has no such target.
  let target: String
  /// What replaces `Host` where the target came in absolute form (RFC 9112, section 3.2.2).
  let authority: String?
  /// Read once, when the head is complete.
  var headers: [ServerRequest.Header] = []
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

  init(target: String) {
    let scheme = ["http://", "https://"].first { target.prefix($0.utf8.count).lowercased() == $0 }
    guard let scheme else {
      self.target = target
      authority = nil
      return
    }
    let rest = target.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest.dropFirst(authority.count)
    self.authority = String(authority)
    self.target = path.hasPrefix("/") ? String(path) : "/" + path
  }
}
