enum AppGrantKey: String, SectionKeys {
  case app, expires

  static let title = "role with an end"
  static let what = "a grant"
  static let stands = "in a list of roles"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .app: KeyDefinition(.resource, "The role.", required: true)
    case .expires: KeyDefinition(.expiry, "The end of this grant.", default: "the guest's")
    }
  }
}

enum GroupGrantKey: String, SectionKeys {
  case group, expires

  static let title = "group with an end"
  static let what = "a grant"
  static let stands = "in a list of groups"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .group: KeyDefinition(.alias("a group"), "The group.", required: true)
    case .expires: KeyDefinition(.expiry, "The end of this membership.", default: "the guest's")
    }
  }
}

enum PackageGrantKey: String, SectionKeys {
  case package, expires

  static let title = "package with an end"
  static let what = "a grant"
  static let stands = "in a list of packages"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .package: KeyDefinition(.alias("a package"), "The access package.", required: true)
    case .expires: KeyDefinition(.expiry, "The end of this assignment.", default: "the guest's")
    }
  }
}

enum BundleGrantKey: String, SectionKeys {
  case bundle, expires

  static let title = "bundle with an end"
  static let what = "a bundle of a guest"
  static let stands = "in a list of bundles"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .bundle: KeyDefinition(.alias("a bundle"), "The bundle.", required: true)
    case .expires: KeyDefinition(.expiry, "The end of what it gives.", default: "the guest's")
    }
  }
}

enum HolderKey: String, SectionKeys {
  case guest, expires

  static let title = "holder"
  static let what = "a grant"
  static let stands = "in `grants`"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .guest: KeyDefinition(.address, "Who holds the grant.", required: true)
    case .expires: KeyDefinition(.expiry, "The end of this grant.", default: "the guest's")
    }
  }
}
