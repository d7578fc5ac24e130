internal import Access

extension DiffReport {
  /// The comparison as JSON: one item for each change.
  var json: JSONValue {
    let head =
      tenant.map {
        origin.members(kind: "diff", tenant: $0.id, named: $0.name, commit: self.head)
      } ?? []
    let changes = glossary.map { names in diff.changes.map { $0.json(names, origin) } } ?? []
    return .object(
      head + [
        .init("base", .string(base.hex)),
        .init("isUsable", .bool(diff.isUsable)),
        .init("isBaseUsable", .bool(diff.isBaseUsable)),
        .init(
          "errors",
          .array(
            diff.errors.map { error in
              [
                "code": .string("\(error.code)"), "message": .string(error.message),
                "place": error.place.map { .place($0, origin: origin) } ?? .null,
              ]
            }
          )
        ),
        .init("changes", .array(changes)),
        .init(
          "reviewers",
          diff.reviewers.map { .array($0.map(\.json)) } ?? .null
        ),
      ]
    )
  }
}

extension DeclarationChange {
  fileprivate func json(_ glossary: Glossary, _ origin: ReportOrigin) -> JSONValue {
    .object(
      [
        .init("kind", .string(effect.name)),
        .init("isHighRisk", .bool(effect.heading.isHighRisk)),
        .init("mail", .described(guest)),
        .init("partner", .described(partner)),
        .init("words", .string(effect.words(glossary))),
        .init("place", place.map { .place($0, origin: origin) } ?? .null),
        .init("isGone", .bool(isGone)),
      ] + effect.members(glossary)
    )
  }
}

extension DeclarationChange.Effect {
  /// The stable name of the effect.
  fileprivate var name: String {
    switch self {
    case .usesLoosenedRule: "usesLoosenedRule"
    case .loosens: "ruleLoosened"
    case .repoints: "namePointedElsewhere"
    case .pinsAccount: "accountPinned"
    case .ordersRemoval: "removalOrdered"
    case .makesExclusive: "madeExclusive"
    case .changesAddress: "addressChanged"
    case .changesRoles: "roleChanged"
    case .invites: "guestAdded"
    case .isNoLongerSkipped: "noLongerSkipped"
    case .gives: "accessGiven"
    case .unblocks: "unblocked"
    case .returns: "givenBack"
    case .extends: "extended"
    case .restartsStay: "stayRestarted"
    case .changesStart: "startChanged"
    case .changesSponsors: "sponsorsChanged"
    case .blocks: "blocked"
    case .removes: "guestRemoved"
    case .takes: "accessTaken"
    case .shortens: "shortened"
    case .changesRule: "ruleChanged"
    case .changesDetails: "detailsChanged"
    case .skips: "skipped"
    case .isHeldBack: "heldBack"
    }
  }

  /// What belongs to the effect, besides its words.
  fileprivate func members(_ glossary: Glossary) -> [JSONValue.Member] {
    func resources(_ resources: [Resource]) -> JSONValue.Member {
      .init("resources", .array(resources.map { $0.json(glossary) }))
    }
    func roles(_ roles: [RoleValue]) -> JSONValue { .array(roles.map { .string($0.text) }) }
    func people(_ people: [EmailAddress]) -> JSONValue {
      .array(people.map { .string($0.normalised) })
    }
    switch self {
    case .usesLoosenedRule(let resource?, _): return [resources([resource])]
    case .pinsAccount(let account): return [.init("userId", .described(account))]
    case .ordersRemoval(let extent, let reason):
      return [.init("removes", .string(extent.rawValue)), .init("reason", .string(reason))]
    case .changesAddress(let former): return [.init("from", .string(former.normalised))]
    case .changesRoles(let app, let old, let new):
      return [
        .init("appId", .string(app.description)), .init("from", roles(old)),
        .init("to", roles(new)),
      ]
    case .invites(let given, let end): return [resources(given), .init("ends", end.json)]
    case .isNoLongerSkipped(let given), .gives(let given), .removes(let given), .takes(let given):
      return [resources(given)]
    case .extends(let resource, let old, let new), .shortens(let resource, let old, let new):
      return [
        resources(resource.map { [$0] } ?? []), .init("from", old.json), .init("to", new.json),
      ]
    case .changesStart(let old, let new):
      return [.init("from", .described(old)), .init("to", .described(new))]
    case .changesSponsors(let old, let new):
      return [.init("from", people(old)), .init("to", people(new))]
    case .changesDetails(let keys): return [.init("keys", .array(keys.map { .string($0) }))]
    case .isHeldBack(let name, _): return [.init("guard", .string(name.rawValue))]
    case .usesLoosenedRule, .loosens, .repoints, .makesExclusive, .unblocks, .returns,
      .restartsStay, .blocks, .changesRule, .skips:
      return []
    }
  }
}

extension DeclaredEnd {
  fileprivate var json: JSONValue {
    switch self {
    case .never: .null
    case .after(let span): ["afterSeconds": .integer(Int(span.seconds))]
    case .at(let end): ["at": .string(end.description)]
    }
  }
}

extension ReviewArea {
  fileprivate var json: JSONValue {
    let owners = JSONValue.array(owners.map { .string($0) })
    return switch subject {
    case .files(let path, let count):
      ["path": .string(path), "files": .integer(count), "owners": owners]
    case .resource(let name, let path):
      ["resource": .string(name), "path": .optional(path), "owners": owners]
    }
  }
}
