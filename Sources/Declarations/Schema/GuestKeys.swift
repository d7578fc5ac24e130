enum GuestKey: String, SectionKeys {
  case email, name, id, sponsor, invitation, starts, expires, reviewed, ticket, reason, bundles
  case apps, groups, packages, previously, blocked, `return`

  static let title = "guests"
  static let what = "a guest"
  static let stands = "in the list `guests`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .email: KeyDefinition(.address, "The guest's address; it decides.", required: true)
    case .name:
      KeyDefinition(.text, "Given at invitation, not enforced afterwards.", default: "none")
    case .id: KeyDefinition(.identifier, "Pins an existing account.", default: "found by address")
    case .sponsor:
      KeyDefinition(
        .oneOrMore(.address),
        "Who answers for the guest; at most five.",
        default: "the partner's"
      )
    case .invitation: KeyDefinition(.section(InvitationKey.title), "How this guest is invited.")
    case .starts: KeyDefinition(.day, "Before it, no grants are given.", default: "at once")
    case .expires:
      KeyDefinition(
        .expiry,
        "The end: of that day in UTC, or so long after the merge.",
        default: "the partner's limit"
      )
    case .reviewed: KeyDefinition(.day, "When the entry was last reviewed.", default: "its merge")
    case .ticket: KeyDefinition(.text, "A reference to a ticket.", default: "none")
    case .reason: KeyDefinition(.text, "Why.", default: "none")
    case .bundles:
      KeyDefinition(
        .list(.either(.alias("a bundle"), .section(BundleGrantKey.title))),
        "Bundles given.",
        default: "none"
      )
    case .apps:
      KeyDefinition(
        .list(.either(.resource, .section(AppGrantKey.title))),
        "Roles given.",
        default: "none"
      )
    case .groups:
      KeyDefinition(
        .list(.either(.alias("a group"), .section(GroupGrantKey.title))),
        "Groups given.",
        default: "none"
      )
    case .packages:
      KeyDefinition(
        .list(.either(.alias("a package"), .section(PackageGrantKey.title))),
        "Access packages given.",
        default: "none"
      )
    case .previously:
      KeyDefinition(
        .oneOrMore(.address),
        "Earlier addresses: an address change keeps the account.",
        default: "none"
      )
    case .blocked:
      KeyDefinition(.text, "Sign-in is blocked, for this reason; access is kept.", default: "no")
    case .return:
      KeyDefinition(
        .day,
        "Gives back an account that was removed or blocked outside Guestlist; counts once, from its merge.",
        default: "never"
      )
    }
  }
}

enum RemovedKey: String, SectionKeys {
  case email, id, reason, removes

  static let title = "removed"
  static let what = "a removal"
  static let stands = "in the list `removed`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .email: KeyDefinition(.address, "The guest's address.", required: true)
    case .id: KeyDefinition(.identifier, "Pins the account.", default: "found by address")
    case .reason: KeyDefinition(.text, "Why.", required: true)
    case .removes:
      KeyDefinition(.choice(["account", "grants"]), "What is taken away.", required: true)
    }
  }
}
