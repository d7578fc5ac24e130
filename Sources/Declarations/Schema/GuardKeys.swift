internal import Access

enum GuardsKey: String, SectionKeys {
  case removals, expiries, invitations, grants, identityChanges, loosened, protected

  static let title = "guards"
  static let what = "`guards`"
  static let stands = "in one file"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .removals: KeyDefinition(.section(RemovalsKey.title), "Guests that lose something.")
    case .expiries:
      KeyDefinition(
        .section(GuestCountKey.title),
        "Guests whose dated end, merged at least seven days before, comes.",
        default: "`{guests: 100}`"
      )
    case .invitations:
      KeyDefinition(
        .section(GuestCountKey.title),
        "Guests that are mailed, resends included.",
        default: "`{guests: 50}`"
      )
    case .grants:
      KeyDefinition(.section(GrantCountKey.title), "Grants given.", default: "`{count: 200}`")
    case .identityChanges:
      KeyDefinition(
        .section(GuestCountKey.title),
        "Guests whose address changes.",
        default: "`{guests: 3}`"
      )
    case .loosened:
      KeyDefinition(
        .choice(["report", "hold"]),
        "What happens when a rule is loosened and used at once.",
        default: "`report`"
      )
    case .protected:
      KeyDefinition(.list(.address), "Addresses that nothing is taken from.", default: "none")
    }
  }
}

enum RemovalsKey: String, SectionKeys {
  case guests, percent, floor

  static let title = "guards.removals"
  static let what = "`guards.removals`"
  static let stands = "in `guards`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .guests: KeyDefinition(.integer, "Distinct guests in one run.", default: "`10`")
    case .percent: KeyDefinition(.integer, "Share of the owned guests.", default: "`25`")
    case .floor:
      KeyDefinition(
        .integer,
        "How many must be owned before the share means anything.",
        default: "`20`"
      )
    }
  }
}

enum GuestCountKey: String, SectionKeys {
  case guests

  static let title = "guards.guests"
  static let what = "a guard"
  static let stands = "in `guards`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    KeyDefinition(.integer, "Distinct guests in one run.", required: true)
  }
}

enum GrantCountKey: String, SectionKeys {
  case count

  static let title = "guards.grants"
  static let what = "`guards.grants`"
  static let stands = "in `guards`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition { KeyDefinition(.integer, "Grants in one run.", required: true) }
}

enum AuthorityKey: String, SectionKeys {
  case partners, apps, groups, packages

  static let title = "authority"
  static let what = "a path of `authority`"
  static let stands = "in one file, directly in the folder"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .partners:
      KeyDefinition(
        .list(.alias("a partner")),
        "Partners that may be declared, with their guests.",
        default: "none"
      )
    case .apps: KeyDefinition(.list(.pattern), "Roles that may be granted.", default: "none")
    case .groups:
      KeyDefinition(.list(.alias("a group")), "Groups that may be granted.", default: "none")
    case .packages:
      KeyDefinition(.list(.alias("a package")), "Packages that may be granted.", default: "none")
    }
  }
}

enum TrustKey: String, SectionKeys {
  case require, signers, portal

  static let title = "trust"
  static let what = "`trust`"
  static let stands = "in one file, directly in the folder"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .require:
      KeyDefinition(
        .choice(["none", "range"]),
        "`range`: every commit since the last applied one is signed.",
        default: "`none`"
      )
    case .signers:
      KeyDefinition(
        .list(.path),
        "Files of signers; `*.asc` holds OpenPGP keys, any other is in the form of SSH.",
        default: "none"
      )
    case .portal:
      KeyDefinition(
        .path,
        "The key of the sign-up page. Not supported by this version.",
        default: "none"
      )
    }
  }
}

enum ExceptionKey: String, SectionKeys {
  case entry, rule, until, reason

  static let title = "exceptions"
  static let what = "an exception"
  static let stands = "in any file that may declare everything"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .entry: KeyDefinition(.address, "The guest.", required: true)
    case .rule:
      KeyDefinition(.choice(ExceptedRule.allCases.map(\.rawValue)), "The rule.", required: true)
    case .until: KeyDefinition(.day, "The last day of the exception.", required: true)
    case .reason: KeyDefinition(.text, "Why.", required: true)
    }
  }
}
