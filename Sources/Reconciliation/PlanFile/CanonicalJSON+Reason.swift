package import Access

extension CanonicalJSON {
  /// A reason by its name, with what it carries; without moments where a digest is taken.
  init(_ reason: Reason, withMoments: Bool) {
    var members: [String: CanonicalJSON] = ["kind": .string(reason.name)]
    func add(_ name: String, _ moment: Moment) {
      if withMoments { members[name] = .moment(moment) }
    }
    switch reason {
    case .expired(let moment, let origin):
      add("at", moment)
      members["origin"] = CanonicalJSON(origin)
    case .declaredBlocked(let words), .ordered(let words): members["words"] = .string(words)
    case .notRedeemed(let moment): add("since", moment)
    case .addressChanged(let address): members["from"] = .string(address.normalised)
    case .graceOver(let moment): add("blocked", moment)
    case .declared, .undeclared, .declaredAgain, .returned, .drifted, .exclusive, .blockLifted,
      .resourceMissing:
      break
    }
    self = .object(members)
  }

  private init(_ origin: Ending.Origin) {
    switch origin {
    case .guest: self = .object(["kind": .string("guest")])
    case .grant: self = .object(["kind": .string("grant")])
    case .bundle(let name): self = .object(["kind": .string("bundle"), "name": .string(name)])
    case .partnerLimit(let name):
      self = .object(["kind": .string("partnerLimit"), "name": .string(name.text)])
    }
  }
}

extension Reason {
  /// The reason's stable name, in files and machine output.
  package var name: String {
    switch self {
    case .declared: "declared"
    case .undeclared: "undeclared"
    case .expired: "expired"
    case .declaredBlocked: "declaredBlocked"
    case .declaredAgain: "declaredAgain"
    case .returned: "returned"
    case .drifted: "drifted"
    case .notRedeemed: "notRedeemed"
    case .addressChanged: "addressChanged"
    case .ordered: "ordered"
    case .exclusive: "exclusive"
    case .graceOver: "graceOver"
    case .blockLifted: "blockLifted"
    case .resourceMissing: "resourceMissing"
    }
  }
}
