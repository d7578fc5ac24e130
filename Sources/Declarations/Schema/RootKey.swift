/// The keys at the top of a file.
enum RootKey: String, SectionKeys {
  case version, tenant, formerly, defaults, lifecycle, guards, authority, trust, exceptions, links
  case suspend, apps, groups, packages, bundles, rules, partners, guests, grants, removed

  static let title = "file"
  static let what = "this file"
  static let stands = "at the top of any file; where a line stands changes only who may write it"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .version: KeyDefinition(.integer, "The version of the format: 1.", default: "1")
    case .tenant:
      KeyDefinition(
        .section(TenantKey.title),
        "The tenant. Exactly one file has this section.",
        required: false
      )
    case .formerly:
      KeyDefinition(
        .list(.path),
        "Folders of the repository in which the declarations stood before; beside `tenant`.",
        default: "none"
      )
    case .defaults:
      KeyDefinition(
        .section(DefaultsKey.title),
        "Settings for entries that have none of their own."
      )
    case .lifecycle:
      KeyDefinition(.section(LifecycleKey.title), "How access begins, is renewed and ends.")
    case .guards:
      KeyDefinition(.section(GuardsKey.title), "Limits above which a plan is held back.")
    case .authority:
      KeyDefinition(
        .named("glob of files", .section(AuthorityKey.title)),
        "What files in subfolders may declare. Files directly in the folder may declare everything; "
          + "a file in a subfolder what every glob that fits it gives, else nothing.",
        default: "no limit by path"
      )
    case .trust: KeyDefinition(.section(TrustKey.title), "Whose signatures commits need.")
    case .exceptions:
      KeyDefinition(.list(.section(ExceptionKey.title)), "Rules from which an entry is excepted.")
    case .links: KeyDefinition(.section(LinksKey.title), "Where reports link to.")
    case .suspend:
      KeyDefinition(.section(SuspendKey.title), "A pause in which only blocks are written.")
    case .apps: KeyDefinition(.named("name", .section(AppKey.title)), "The apps of the catalog.")
    case .groups:
      KeyDefinition(.named("name", .section(GroupKey.title)), "The groups of the catalog.")
    case .packages:
      KeyDefinition(
        .named("name", .section(PackageKey.title)),
        "The access packages of the catalog."
      )
    case .bundles:
      KeyDefinition(.named("name", .section(BundleKey.title)), "Grants that are given together.")
    case .rules: KeyDefinition(.section(RulesKey.title), "Rules for all entries.")
    case .partners:
      KeyDefinition(.named("name", .section(PartnerKey.title)), "The partner organisations.")
    case .guests: KeyDefinition(.list(.section(GuestKey.title)), "The guest users.")
    case .grants:
      KeyDefinition(
        .named("app", .named("role", .list(.either(.address, .section(HolderKey.title))))),
        "Grants by resource; for a group or an access package, only the list."
      )
    case .removed:
      KeyDefinition(
        .list(.section(RemovedKey.title)),
        "Removes what was never declared here."
      )
    }
  }
}
