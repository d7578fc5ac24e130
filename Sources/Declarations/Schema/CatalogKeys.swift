enum AppKey: String, SectionKeys {
  case appId, name, exclusive, via, roles

  static let title = "apps"
  static let what = "an app"
  static let stands = "in `apps`, under the app's name"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .appId:
      KeyDefinition(.identifier, "The application's identifier; it decides.", required: true)
    case .name:
      KeyDefinition(.text, "Checked against the name in the tenant.", default: "not checked")
    case .exclusive:
      KeyDefinition(
        .section(ExclusiveKey.title),
        "From that day on, an assignment that is not declared is revoked, even one made outside Guestlist.",
        default: "never"
      )
    case .via:
      KeyDefinition(
        .named("role", .alias("a group")),
        "Roles that are given through membership of a group.",
        default: "none"
      )
    case .roles:
      KeyDefinition(
        .list(.text),
        "The app's roles, so that `validate` finds an unknown one.",
        default: "not checked"
      )
    }
  }
}

enum ExclusiveKey: String, SectionKeys {
  case from

  static let title = "exclusive"
  static let what = "`exclusive`"
  static let stands = "in an app or a group"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition { KeyDefinition(.day, "The first day.", required: true) }
}

enum GroupKey: String, SectionKeys {
  case id, name, exclusive

  static let title = "groups"
  static let what = "a group"
  static let stands = "in `groups`, under the group's name"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .id: KeyDefinition(.identifier, "The group's object identifier.", required: true)
    case .name:
      KeyDefinition(.text, "Checked against the name in the tenant.", default: "not checked")
    case .exclusive:
      KeyDefinition(
        .section(ExclusiveKey.title),
        "From that day on, a membership that is not declared is ended, even one made outside Guestlist.",
        default: "never"
      )
    }
  }
}

enum PackageKey: String, SectionKeys {
  case id, policy, name

  static let title = "packages"
  static let what = "an access package"
  static let stands = "in `packages`, under the package's name"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .id: KeyDefinition(.identifier, "The access package's identifier.", required: true)
    case .policy:
      KeyDefinition(
        .identifier,
        "The identifier of the policy by which it is assigned.",
        required: true
      )
    case .name:
      KeyDefinition(.text, "Checked against the name in the tenant.", default: "not checked")
    }
  }
}

enum BundleKey: String, SectionKeys {
  case apps, groups, packages, expires

  static let title = "bundles"
  static let what = "a bundle"
  static let stands = "in `bundles`, under the bundle's name"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .apps:
      KeyDefinition(
        .list(.either(.resource, .section(AppGrantKey.title))),
        "Roles.",
        default: "none"
      )
    case .groups:
      KeyDefinition(
        .list(.either(.alias("a group"), .section(GroupGrantKey.title))),
        "Groups.",
        default: "none"
      )
    case .packages:
      KeyDefinition(
        .list(.either(.alias("a package"), .section(PackageGrantKey.title))),
        "Access packages.",
        default: "none"
      )
    case .expires: KeyDefinition(.expiry, "The end of whatever it gives.", default: "none")
    }
  }
}

enum RulesKey: String, SectionKeys {
  case separation

  static let title = "rules"
  static let what = "`rules`"
  static let stands = "in any file that may declare everything"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    KeyDefinition(.list(.list(.resource)), "Roles of which no guest holds two.", default: "none")
  }
}
