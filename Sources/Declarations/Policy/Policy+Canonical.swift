package import Access

extension Policy {
  /// Everything that the policy says, in the form over which its digest is taken; the place of
  /// something in the files makes no difference.
  package var canonical: CanonicalJSON {
    .object([
      "tenant": .object([
        "id": .string(tenant.id.description), "name": .string(tenant.name),
        "domains": .list(tenant.domains), "cloud": .string(tenant.cloud.rawValue),
        "ref": .string(tenant.ref), "ownsAccounts": .bool(tenant.ownsAccounts),
      ]),
      "formerly": .list(formerly),
      "defaults": .object([
        "sponsors": .list(defaults.sponsors.map(\.normalised)),
        "invitation": defaults.invitation.canonical,
      ]),
      "lifecycle": lifecycle.canonical,
      "guards": limits.canonical,
      "catalog": catalog.canonical,
      "bundles": .object(bundles.mapValues { .array($0.grants.map(\.canonical)) }),
      "partners": .named(partners.partners.values.map { ($0.partner.name.text, $0.canonical) }),
      "separation": .array(separations.map { .list(Set($0.map(\.canonicalText))) }),
      "authority": authority.map { .array($0.rules.map(\.canonical)) } ?? .null,
      "trust": .object([
        "require": .string(trust.requirement.rawValue), "signers": .list(Set(trust.signers)),
      ]),
      "exceptions": .array(exceptions.map(\.canonical).sorted { $0.precedes($1) }),
      "links": .object([
        "commit": .optional(links.commit), "pull": .optional(links.pull),
        "file": .optional(links.file),
      ]),
      "suspend": suspension.map {
        .object(["until": .moment($0.until), "reason": .string($0.reason)])
      } ?? .null,
    ])
  }
}

extension CanonicalJSON {
  fileprivate static func list(_ texts: some Sequence<String>) -> Self {
    .array(texts.map { .string($0) })
  }

  /// The order of a set means nothing.
  fileprivate static func list(_ texts: Set<String>) -> Self { list(texts.sorted()) }

  fileprivate static func named(_ items: [(String, CanonicalJSON)]) -> Self {
    .object(Dictionary(items) { first, _ in first })
  }

  fileprivate static func span(_ span: Moment.Span?) -> Self {
    span.map { .integer($0.seconds) } ?? .null
  }

  fileprivate func precedes(_ other: Self) -> Bool {
    bytes.lexicographicallyPrecedes(other.bytes)
  }
}

extension InvitationOverrides {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "redirect": .optional(redirect), "send": send.map { .bool($0) } ?? .null,
      "language": .optional(language), "cc": .optional(cc?.normalised),
    ])
  }
}

extension Lifecycle {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "block": .bool(block), "deleteAfter": .span(deleteAfter), "resendAfter": .span(resendAfter),
      "resendLimit": .integer(Int64(resendLimit)), "reviewEvery": .span(reviewEvery),
      "warnBefore": .span(warnBefore), "drift": .string(drift.rawValue),
    ])
  }
}

extension GuardLimits {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "removedGuests": .integer(Int64(removedGuests)),
      "removedPercent": .integer(Int64(removedPercent)),
      "removedFloor": .integer(Int64(removedFloor)),
      "expiredGuests": .integer(Int64(expiredGuests)),
      "invitedGuests": .integer(Int64(invitedGuests)), "grants": .integer(Int64(grants)),
      "identityChanges": .integer(Int64(identityChanges)),
      "loosened": .string(loosened.rawValue),
      "protected": .list(Set(protected.map(\.normalised))),
    ])
  }
}

extension Catalog {
  fileprivate var canonical: CanonicalJSON {
    func moment(_ moment: Moment?) -> CanonicalJSON { moment.map { .moment($0) } ?? .null }
    return .object([
      "apps": .object(
        apps.mapValues { app in
          .object([
            "id": .string(app.id.description), "name": .optional(app.name),
            "exclusiveFrom": moment(app.exclusiveFrom),
            "via": .named(app.via.map { ($0.key.text, .string($0.value.description)) }),
          ])
        }
      ),
      "groups": .object(
        groups.mapValues { group in
          .object([
            "id": .string(group.id.description), "name": .optional(group.name),
            "exclusiveFrom": moment(group.exclusiveFrom),
          ])
        }
      ),
      "packages": .object(
        packages.mapValues { package in
          .object([
            "id": .string(package.id.description), "name": .optional(package.name),
            "policy": .string(package.policy.description),
          ])
        }
      ),
    ])
  }
}

extension Policy.Bundle.Grant {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "resource": .string(resource.canonicalText), "ends": .array(ends.map(\.canonical)),
    ])
  }
}

extension Ending {
  fileprivate var canonical: CanonicalJSON {
    switch rule {
    case .at(let moment): .object(["at": .moment(moment)])
    case .afterIntroduction(let span): .object(["after": .span(span)])
    }
  }
}

extension PartnerPolicy {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "title": .optional(partner.title), "domains": .list(Set(partner.domains)),
      "sponsors": .list(partner.sponsors.map(\.normalised)),
      "accounts": .string(partner.accounts.rawValue), "invitation": invitation.canonical,
      "includes": .array(
        included.map { grant in
          .object([
            "resource": .string(grant.resource.canonicalText),
            "ends": .array(grant.ends.map(\.canonical)),
          ])
        }
      ),
      "allows": allows?.canonical ?? .null, "stay": .span(stay),
      "guests": guestLimit.map { .integer(Int64($0)) } ?? .null,
      "requires": .list(Set(requires.map(\.rawValue))),
    ])
  }
}

extension Allowance {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "anyApp": .bool(anyApp), "anyGroup": .bool(anyGroup), "anyPackage": .bool(anyPackage),
      "roles": .named(
        roles.map { app, roles in
          (app.description, roles.map { .list(Set($0.map(\.text))) } ?? .null)
        }
      ),
      "groups": .list(Set(groups.map(\.description))),
      "packages": .list(Set(packages.map(\.description))),
    ])
  }
}

extension Authority.Rule {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "glob": .string(glob.text), "anyPartner": .bool(anyPartner),
      "partners": .list(Set(partners.map(\.text))), "allows": allowance.canonical,
    ])
  }
}

extension RuleException {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "guest": .string(guest.normalised), "rule": .string(rule.rawValue), "until": .moment(until),
      "reason": .string(reason),
    ])
  }
}

extension Resource {
  /// The kind and identifiers, in a form that no two resources share.
  fileprivate var canonicalText: String {
    switch self {
    case .appRole(let app, let role): "role \(app) \(role.text)"
    case .group(let group): "group \(group)"
    case .package(let package): "package \(package)"
    }
  }
}
