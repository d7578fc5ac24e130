internal import Access

extension Action {
  /// The members that describe an action in every JSON report.
  func json(_ glossary: Glossary, origin: ReportOrigin) -> [JSONValue.Member] {
    [
      .init("verb", .string(verb.rawValue)),
      .init("wave", .string(wave.name)),
      .init("guest", .string(guest.normalised)),
      .init("name", .optional(glossary.displayName(of: guest))),
      .init("partner", .described(partner)),
      .init("account", .described(account)),
      .init("resource", resource.map { $0.json(glossary) } ?? .null),
      .init("details", operation.details),
      .init("reason", reason.json),
      .init("provenance", provenance.map { $0.json(origin) } ?? .null),
    ]
  }

  private var resource: Resource? {
    switch operation {
    case .grant(let resource, _), .revoke(let resource, _): resource
    case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete, .addSponsor,
      .removeSponsor:
      nil
    }
  }
}

extension Action.Operation {
  /// What an action needs besides its guest and resource.
  fileprivate var details: JSONValue {
    switch self {
    case .invite(let address, let name, let settings, let sponsors):
      [
        "address": .string(address), "displayName": .optional(name),
        "invitation": settings.json,
        "sponsors": .array(sponsors.map { .string($0.description) }),
      ]
    case .resend(let address, let settings), .resetRedemption(let address, let settings):
      ["address": .string(address), "invitation": settings.json]
    case .block, .unblock, .restore, .delete: .null
    case .addSponsor(let user, let address):
      ["sponsor": .string(user.description), "address": .string(address.normalised)]
    case .removeSponsor(let user): ["sponsor": .string(user.description)]
    case .grant(_, let target): target.json
    case .revoke(_, let target): target.json
    }
  }
}

extension Action.GrantTarget {
  fileprivate var json: JSONValue {
    switch self {
    case .role(let principal, let role):
      ["servicePrincipal": .string(principal.description), "appRole": .string(role.description)]
    case .membership(let group): ["group": .string(group.description)]
    case .package(let package, let policy):
      ["accessPackage": .string(package.description), "policy": .string(policy.description)]
    }
  }
}

extension Action.RevocationTarget {
  fileprivate var json: JSONValue {
    switch self {
    case .assignment(let principal, let id):
      ["servicePrincipal": .string(principal.description), "assignment": .string(id)]
    case .membership(let group): ["group": .string(group.description)]
    case .package(let assignment): ["packageAssignment": .string(assignment.description)]
    }
  }
}

extension InvitationSettings {
  fileprivate var json: JSONValue {
    [
      "redirect": .string(redirect), "send": .bool(send), "language": .optional(language),
      "cc": .described(cc),
    ]
  }
}

extension Wave {
  /// The stable name of the stage.
  var name: String {
    switch self {
    case .contain: "contain"
    case .identity: "identity"
    case .grant: "grant"
    case .revoke: "revoke"
    case .delete: "delete"
    }
  }
}
