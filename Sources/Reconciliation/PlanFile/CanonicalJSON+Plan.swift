internal import Access

extension CanonicalJSON {
  /// An action; without moments where a digest is taken over it.
  init(_ action: Action, withMoments: Bool) {
    var members: [String: CanonicalJSON] = [
      "guest": .string(action.guest.normalised),
      "partner": .optional(action.partner?.text),
      "account": .optional(action.account?.description),
      "operation": CanonicalJSON(action.operation),
      "reason": CanonicalJSON(action.reason, withMoments: withMoments),
      "prerequisites": .array(action.prerequisites.map { .integer(Int64($0)) }),
      "wave": .string("\(action.wave)"),
    ]
    if withMoments {
      members["hadNotice"] = .bool(action.hadNotice)
      members["provenance"] = action.provenance.map { CanonicalJSON($0) } ?? .null
    } else {
      members["provenance"] = .optional(action.provenance?.commit.hex)
    }
    self = .object(members)
  }

  private init(_ operation: Action.Operation) {
    var members: [String: CanonicalJSON] = ["verb": .string(operation.verb.rawValue)]
    switch operation {
    case .invite(let address, let name, let settings, let sponsors):
      members["address"] = .string(address)
      members["name"] = .optional(name)
      members["settings"] = CanonicalJSON(settings)
      members["sponsors"] = .array(sponsors.map { .string($0.description) })
    case .resend(let address, let settings), .resetRedemption(let address, let settings):
      members["address"] = .string(address)
      members["settings"] = CanonicalJSON(settings)
    case .addSponsor(let id, let address):
      members["sponsor"] = .string(id.description)
      members["address"] = .string(address.normalised)
    case .removeSponsor(let id): members["sponsor"] = .string(id.description)
    case .grant(let resource, let target):
      members["resource"] = CanonicalJSON(resource)
      members["target"] = CanonicalJSON(target)
    case .revoke(let resource, let target):
      members["resource"] = CanonicalJSON(resource)
      members["target"] = CanonicalJSON(target)
    case .block, .unblock, .restore, .delete: break
    }
    self = .object(members)
  }

  init(_ settings: InvitationSettings) {
    self = .object([
      "redirect": .string(settings.redirect),
      "send": .bool(settings.send),
      "language": .optional(settings.language),
      "cc": .optional(settings.cc?.normalised),
    ])
  }

  init(_ resource: Resource) {
    switch resource {
    case .appRole(let app, let role):
      self = .object(["app": .string(app.description), "role": .string(role.text)])
    case .group(let id): self = .object(["group": .string(id.description)])
    case .package(let id): self = .object(["package": .string(id.description)])
    }
  }

  private init(_ target: Action.GrantTarget) {
    switch target {
    case .role(let principal, let role):
      self = .object([
        "servicePrincipal": .string(principal.description), "appRole": .string(role.description),
      ])
    case .membership(let group): self = .object(["group": .string(group.description)])
    case .package(let id, let policy):
      self = .object(["package": .string(id.description), "policy": .string(policy.description)])
    }
  }

  private init(_ target: Action.RevocationTarget) {
    switch target {
    case .assignment(let principal, let id):
      self = .object([
        "servicePrincipal": .string(principal.description), "assignment": .string(id),
      ])
    case .membership(let group): self = .object(["group": .string(group.description)])
    case .package(let id): self = .object(["packageAssignment": .string(id.description)])
    }
  }

  init(_ snapshot: Snapshot) {
    self = .object([
      "subject": CanonicalJSON(snapshot.subject),
      "facts": .object(snapshot.facts.mapValues { .string($0) }),
    ])
  }

  private init(_ subject: Snapshot.Subject) {
    switch subject {
    case .address(let address): self = .object(["address": .string(address.normalised)])
    case .account(let id): self = .object(["account": .string(id.description)])
    case .grant(let id, let resource):
      self = .object(["holder": .string(id.description), "held": CanonicalJSON(resource)])
    case .resource(let resource): self = .object(["resource": CanonicalJSON(resource)])
    }
  }

  init(_ place: SourcePlace) {
    self = .object([
      "file": .string(place.file), "line": .integer(Int64(place.line)),
      "column": .integer(Int64(place.column)),
    ])
  }

  init(_ provenance: Provenance) {
    self = .object([
      "commit": .string(provenance.commit.hex),
      "inner": .optional(provenance.inner?.hex),
      "author": .string(provenance.author),
      "committed": .moment(provenance.committed),
      "pullRequest": provenance.pullRequest.map { .integer(Int64($0)) } ?? .null,
      "place": provenance.place.map { CanonicalJSON($0) } ?? .null,
    ])
  }
}
