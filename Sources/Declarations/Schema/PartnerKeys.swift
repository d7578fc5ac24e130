enum PartnerKey: String, SectionKeys {
  case name, domains, `public`, sponsor, invitation, includes, allows, limits, requires, accounts
  case signUp

  static let title = "partners"
  static let what = "a partner"
  static let stands = "in `partners`, under the partner's name"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .name: KeyDefinition(.text, "The organisation's name.", default: "its key")
    case .domains:
      KeyDefinition(
        .list(.domain),
        "Whose addresses are its; `*.` is any depth below, `*` alone any address.",
        required: true
      )
    case .public:
      KeyDefinition(.boolean, "Must be said of a partner for any address.", default: "`false`")
    case .sponsor:
      KeyDefinition(
        .oneOrMore(.address),
        "Who answers for its guests; at most five.",
        default: "that of `defaults`"
      )
    case .invitation: KeyDefinition(.section(InvitationKey.title), "How its guests are invited.")
    case .includes:
      KeyDefinition(
        .list(.either(.alias("a bundle"), .section(BundleGrantKey.title))),
        "Bundles that every guest of it gets.",
        default: "none"
      )
    case .allows:
      KeyDefinition(
        .section(AllowsKey.title),
        "What its guests may be given.",
        default: "anything in the catalog"
      )
    case .limits:
      KeyDefinition(.section(LimitsKey.title), "How long and how many.", default: "none")
    case .requires:
      KeyDefinition(
        .list(.choice(Requirement.allCases.map(\.rawValue))),
        "What an entry, or for the sponsor its partner, must say; `defaults` do not count.",
        default: "nothing"
      )
    case .accounts:
      KeyDefinition(
        .choice(["invite", "sync"]),
        "`sync`: the accounts come from cross-tenant synchronisation; grants only.",
        default: "`invite`"
      )
    case .signUp:
      KeyDefinition(
        .text,
        "How its people sign up by themselves. Not supported by this version.",
        default: "they cannot"
      )
    }
  }
}

enum AllowsKey: String, SectionKeys {
  case apps, groups, packages

  static let title = "allows"
  static let what = "`allows`"
  static let stands = "in a partner"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .apps: KeyDefinition(.list(.pattern), "Roles.", default: "none")
    case .groups: KeyDefinition(.list(.alias("a group")), "Groups.", default: "none")
    case .packages: KeyDefinition(.list(.alias("a package")), "Access packages.", default: "none")
    }
  }
}

enum LimitsKey: String, SectionKeys {
  case stay, guests

  static let title = "limits"
  static let what = "`limits`"
  static let stands = "in a partner"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .stay: KeyDefinition(.span, "How long a guest may stay.", default: "no limit")
    case .guests: KeyDefinition(.integer, "How many guests it may have.", default: "no limit")
    }
  }
}

/// What a partner may require of its entries.
package enum Requirement: String, Hashable, Sendable, CaseIterable {
  case sponsor, expires, starts, reviewed, ticket, reason, name
}
