internal import Access

extension Reason {
  /// Why the plan holds the action, as the part of a sentence after `because it is`.
  var words: String {
    switch self {
    case .declared: "declared"
    case .undeclared: "no longer declared"
    case .expired(let moment, let origin): "expired at \(moment), \(origin.words)"
    case .declaredBlocked(let text): "declared blocked: \(text)"
    case .declaredAgain: "declared again after our removal"
    case .returned: "given back by a later commit"
    case .drifted: "declared, and another hand took it"
    case .notRedeemed(let since): "not redeemed since \(since)"
    case .addressChanged(let former): "a change of address from \(former)"
    case .ordered(let text): "ordered under `removed`: \(text)"
    case .exclusive: "undeclared in an app or group that is exclusive"
    case .graceOver(let blocked): "over its grace, blocked at \(blocked)"
    case .blockLifted: "no longer declared blocked"
    case .resourceMissing: "given for something that the tenant no longer has"
    }
  }

  /// The stable name of the reason, and what belongs to it.
  var json: JSONValue {
    switch self {
    case .declared: ["kind": "declared"]
    case .undeclared: ["kind": "undeclared"]
    case .expired(let moment, let origin):
      ["kind": "expired", "at": .string(moment.description), "origin": .string(origin.words)]
    case .declaredBlocked(let text): ["kind": "declaredBlocked", "text": .string(text)]
    case .declaredAgain: ["kind": "declaredAgain"]
    case .returned: ["kind": "returned"]
    case .drifted: ["kind": "drifted"]
    case .notRedeemed(let since):
      ["kind": "notRedeemed", "since": .string(since.description)]
    case .addressChanged(let former):
      ["kind": "addressChanged", "from": .string(former.normalised)]
    case .ordered(let text): ["kind": "ordered", "text": .string(text)]
    case .exclusive: ["kind": "exclusive"]
    case .graceOver(let blocked):
      ["kind": "graceOver", "blocked": .string(blocked.description)]
    case .blockLifted: ["kind": "blockLifted"]
    case .resourceMissing: ["kind": "resourceMissing"]
    }
  }
}

extension Ending.Origin {
  /// Which declaration set the end.
  var words: String {
    switch self {
    case .guest: "the end of the guest"
    case .grant: "the end of this grant"
    case .bundle(let name): "the end set by bundle \(name)"
    case .partnerLimit(let partner): "the limit of stay of partner \(partner)"
    }
  }
}
