/// What `GET /_emulator/` answers: the emulator's own routes, one sentence each.
enum ControlIndex {
  static var json: JSONValue {
    ["routes": .object(routes.map { .init($0.0, .string($0.1)) })]
  }

  private static let routes: [(String, String)] = [
    ("GET state", "the tenant, in the shape of a scenario"),
    ("GET outbox", "the mails that would have been sent"),
    ("GET counts", "requests, resource units, writes and failures by route"),
    ("POST counts/reset", "starts counting from nothing"),
    ("GET clock", "the emulator's time"),
    (
      "POST clock",
      "now (a moment) sets it, advance (seconds) moves it, hold (Boolean) stops it, skew (seconds) "
        + "falsifies the Date header"
    ),
    ("POST redeem", "user redeems the invitation; issuer says with which kind of account"),
    ("POST leave", "user leaves the tenant"),
    (
      "POST interfere",
      "action: block, unblock, delete, purge, leave, convert, changeMail (mail) of a user; grant, "
        + "revoke (servicePrincipal, appRole); join, remove (group); sponsor (sponsor); approve, "
        + "deny (request)"
    ),
    ("GET faults", "the faults that are set, and how often each has struck"),
    (
      "POST faults",
      "faults: a list of kind, rate, route, seconds, count; seed. An empty list ends them"
    ),
    ("POST limits", "enforced and retryAfter (Boolean)"),
    ("POST snapshot", "keeps the state in memory under name"),
    ("POST restore", "brings back the state kept under name, or the one in state"),
    ("POST reset", "the state of the start; clock, faults and limits stay"),
  ]
}
