internal import Access

extension Resource {
  /// What the resource is called, and what the directory calls it.
  func json(_ glossary: Glossary) -> JSONValue {
    switch self {
    case .appRole(let app, let role):
      [
        "kind": "appRole", "name": .string(glossary.name(of: self)),
        "appId": .string(app.description), "role": .string(role.text),
      ]
    case .group(let group):
      [
        "kind": "group", "name": .string(glossary.name(of: self)),
        "group": .string(group.description),
      ]
    case .package(let package):
      [
        "kind": "accessPackage", "name": .string(glossary.name(of: self)),
        "accessPackage": .string(package.description),
      ]
    }
  }
}

extension Provenance {
  /// The commit, who made it, and where the entry stands in it.
  func json(_ origin: ReportOrigin) -> JSONValue {
    [
      "commit": .string(commit.hex),
      "inner": .optional(inner?.hex),
      "author": .string(author),
      "committed": .string(committed.description),
      "pullRequest": .optional(pullRequest),
      "place": place.map { .place($0, origin: origin) } ?? .null,
    ]
  }
}

extension PlanFinding {
  /// The finding with its stable kind.
  func json(_ glossary: Glossary) -> JSONValue {
    [
      "kind": .string(kind.rawValue),
      "guest": .described(guest),
      "account": .described(account),
      "resource": resource.map { $0.json(glossary) } ?? .null,
      "detail": .string(detail),
    ]
  }
}

extension ReadCost {
  /// What the reading cost.
  var json: JSONValue {
    [
      "requests": .integer(requests),
      "roundTrips": .integer(roundTrips),
      "resourceUnits": .integer(resourceUnits),
      "extras": .array(
        extras.map { ["purpose": .string($0.purpose), "requests": .integer($0.requests)] }
      ),
    ]
  }
}
