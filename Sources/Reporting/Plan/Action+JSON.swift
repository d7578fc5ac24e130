internal import Access

extension Action {
  /// The members that describe an action in every JSON report.
  func json(_ glossary: Glossary, origin: ReportOrigin) -> [JSONValue.Member] {
    [
      .init("action", .string(verb.rawValue)),
      .init("stage", .string(wave.json)),
      .init("mail", .string(guest.normalised)),
      .init("displayName", .optional(glossary.guest(guest)?.name)),
      .init("partner", .described(partner)),
      .init("userId", .described(account)),
      .init("resource", resource.map { $0.json(glossary) } ?? .null),
      .init("parameters", parameters(glossary)),
      .init("reason", reason.json),
      .init("declaredBy", provenance.map { $0.json(origin) } ?? .null),
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

  /// What the write needs besides its guest and resource.
  private func parameters(_ glossary: Glossary) -> JSONValue {
    switch operation {
    case .invite(let address, let name, let settings, let sponsors):
      let addresses = glossary.guest(guest)?.sponsors ?? []
      let isKnown = addresses.count == sponsors.count
      return settings.json(
        to: address,
        [
          .init("invitedUserDisplayName", .optional(name)),
          .init(
            "sponsors",
            .array(
              sponsors.enumerated().map { index, sponsor in
                [
                  "userId": .string(sponsor.description),
                  "mail": .described(isKnown ? addresses[index] : nil),
                ]
              }
            )
          ),
        ]
      )
    case .resend(let address, let settings), .resetRedemption(let address, let settings):
      return settings.json(to: address)
    case .block, .unblock, .restore, .delete: return .null
    case .addSponsor(let user, let address):
      return [
        "sponsor": [
          "userId": .string(user.description), "mail": .string(address.normalised),
        ]
      ]
    case .removeSponsor(let user):
      return ["sponsor": ["userId": .string(user.description), "mail": .null]]
    case .grant(_, .role(let principal, let role)):
      return [
        "servicePrincipalId": .string(principal.description),
        "appRoleId": .string(role.description),
      ]
    case .grant(_, .membership(let group)), .revoke(_, .membership(let group)):
      return ["groupId": .string(group.description)]
    case .grant(_, .package(let package, let policy)):
      return [
        "accessPackageId": .string(package.description),
        "assignmentPolicyId": .string(policy.description),
      ]
    case .revoke(_, .assignment(let principal, let id)):
      return [
        "servicePrincipalId": .string(principal.description), "appRoleAssignmentId": .string(id),
      ]
    case .revoke(_, .package(let assignment)):
      return ["accessPackageAssignmentId": .string(assignment.description)]
    }
  }
}

extension InvitationSettings {
  /// Graph's names of the parts of an invitation.
  fileprivate func json(to address: String, _ more: [JSONValue.Member] = []) -> JSONValue {
    .object(
      [
        .init("invitedUserEmailAddress", .string(address)),
        .init("inviteRedirectUrl", .string(redirect)),
        .init("sendInvitationMessage", .bool(send)),
        .init("messageLanguage", .optional(language)),
        .init("ccRecipient", .described(cc)),
      ] + more
    )
  }
}

extension Wave {
  /// The stable name of the stage.
  fileprivate var json: String {
    switch self {
    case .contain: "block"
    case .identity: "identity"
    case .grant: "grant"
    case .revoke: "revoke"
    case .delete: "delete"
    }
  }
}

extension Resource {
  /// What the resource is called, and what the directory calls it.
  func json(_ glossary: Glossary) -> JSONValue {
    let name = JSONValue.string(glossary.name(of: self))
    return switch self {
    case .appRole(let app, let role):
      [
        "kind": "appRole", "name": name, "appId": .string(app.description),
        "appRole": .string(role.text),
      ]
    case .group(let group):
      ["kind": "group", "name": name, "groupId": .string(group.description)]
    case .package(let package):
      ["kind": "accessPackage", "name": name, "accessPackageId": .string(package.description)]
    }
  }
}
