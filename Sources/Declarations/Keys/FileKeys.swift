internal import Access
internal import YAML

/// Everything that one file declares, with names still to be resolved.
struct FileDeclarations: Sendable {
  var path: String
  var text: SourceText
  var version: Marked<Int>?
  var tenant: Marked<TenantSettings>?
  var formerly: Marked<[String]>?
  var defaults: Marked<Defaults>?
  var lifecycle: Marked<Lifecycle>?
  var guards: Marked<GuardLimits>?
  var trust: Marked<TrustPolicy>?
  var links: Marked<ReportLinks>?
  var suspension: Marked<Suspension>?
  var authority: [Marked<AuthorityDeclaration>] = []
  var exceptions: [Marked<RuleException>] = []
  var apps: [Marked<Named<AppDeclaration>>] = []
  var groups: [Marked<Named<GroupDeclaration>>] = []
  var packages: [Marked<Named<PackageDeclaration>>] = []
  var bundles: [Marked<Named<BundleDeclaration>>] = []
  var rules = RuleDeclarations()
  var partners: [Marked<Named<PartnerDeclaration>>] = []
  var guests: [Boxed<GuestDeclaration>] = []
  var holders: [ResourceGrant] = []
  var removed: [RemovalDeclaration] = []
  /// The keys at the top that the file uses, with the places of their values.
  var sections: [Marked<String>] = []
  var sink = FindingSink(limit: FindingSink.mostOfFile)
  /// Entries that were counted and not kept, because there are too many of them.
  var uncounted = 0
  /// False where the file, or one of its sections, could not be read: a name that no file has may
  /// be there.
  var isComplete = true

  init(path: String, text: SourceText) {
    self.path = path
    self.text = text
  }

  /// Reads the document of a file; `identitiesOnly` is for history.
  init(_ document: Document, path: String = "", file: Int = 0, identitiesOnly: Bool = false) {
    self.init(path: path, text: document.text)
    var decoder = FileDecoder(
      document: document,
      path: path,
      file: file,
      identitiesOnly: identitiesOnly
    )
    guard let root = document.root, !decoder.isEmpty(root) else { return }
    let section = Self.section
    let fields = decoder.fields(of: root, section.definition)
    isComplete = fields != nil && decoder.strangers.isEmpty
    if let fields {
      sections = fields.map {
        Marked(value: section.definition.keys[$0.key].name, mark: decoder.mark($0.value))
      }
      section.read(fields, into: &self, &decoder)
    }
    let hasUnknownPartner = partners.contains { $0.value.value.domains.isEmpty }
    isComplete = isComplete && decoder.isComplete && !hasUnknownPartner
    sink = decoder.sink
  }

  /// Reads some of the guests of a file.
  init(guests document: Document, path: String, file: Int) {
    self.init(path: path, text: document.text)
    var decoder = FileDecoder(document: document, path: path, file: file)
    for item in document.roots {
      if let guest = ValueType.guest.read(&decoder, item, "guests") { guests.append(guest) }
    }
    sink = decoder.sink
  }

  /// False for files directly in the folder, which may declare everything.
  var isInSubfolder: Bool { path.utf8.contains(UInt8(ascii: "/")) }

  func has(_ section: String) -> Bool { sections.contains { $0.value == section } }

  /// Forgets everything but guests, grants, removals and partners.
  mutating func dropSettings() {
    (tenant, formerly, defaults, lifecycle, guards) = (nil, nil, nil, nil, nil)
    (trust, links, suspension) = (nil, nil, nil)
    (authority, exceptions, rules) = ([], [], RuleDeclarations())
    (apps, groups, packages, bundles) = ([], [], [], [])
  }

  // A wrong value in what only some entries use skips those; anywhere else it stops the commit.
  static let section = Section<Self>(
    "file",
    "this file",
    "at the top of any file; which file it is changes only who may write it"
  ) {
    Key("version", .marked(.integer)) { $0.version = $1 }
      .means("The version of the format: 1.", default: "1")
    Key("tenant", .marked(.section(TenantSettings.section, over: TenantSettings())), identity: true)
    { $0.tenant = $1 }
    .means("The tenant. Exactly one file has this section.")
    Key("formerly", .marked(.list(.folder)), identity: true) { $0.formerly = $1 }
      .means(
        "Earlier folders of the declarations; in the same file as `tenant`.",
        default: "none"
      )
    Key("defaults", .marked(.defaults), scope: .part) { $0.defaults = $1 }
      .means("Settings of guests and partners that do not have their own.")
    Key("lifecycle", .marked(.section(Lifecycle.section, over: Lifecycle()))) { $0.lifecycle = $1 }
      .means("How access ends, is reviewed and repaired.")
    Key("guards", .marked(.section(GuardLimits.section, over: GuardLimits()))) { $0.guards = $1 }
      .means("Limits above which changes are held back.")
    Key("authority", .authority) { $0.authority = $1 }
      .means(
        "What files in subfolders may declare. Files directly in the folder may declare everything, "
          + "a file in a subfolder only what all globs that match it allow.",
        default: "no limit by path"
      )
    Key("trust", .marked(.trust)) { $0.trust = $1 }
      .means("Whose signatures commits need.")
    Key("exceptions", .list(.exception), scope: .part) { $0.exceptions = $1 }
      .means("Exceptions from rules, each for one guest.")
    Key("links", .marked(.section(ReportLinks.section, over: ReportLinks())), scope: .part) {
      $0.links = $1
    }
    .means("The pages that reports link to.")
    Key("suspend", .marked(.suspension)) { $0.suspension = $1 }
      .means("A pause, during which only blocks are written.")
    Key(
      "apps",
      .definitions("app names", AppDeclaration.section, over: AppDeclaration()),
      identity: true,
      scope: .part
    ) { $0.apps = $1 }
    .means("The apps of the catalog.")
    Key(
      "groups",
      .definitions("group names", GroupDeclaration.section, over: GroupDeclaration()),
      identity: true,
      scope: .part
    ) { $0.groups = $1 }
    .means("The groups of the catalog.")
    Key(
      "packages",
      .definitions("package names", PackageDeclaration.section, over: PackageDeclaration()),
      identity: true,
      scope: .part
    ) { $0.packages = $1 }
    .means("The access packages of the catalog.")
    Key("bundles", .bundles, identity: true, scope: .part) { $0.bundles = $1 }
      .means("Named sets of grants.")
    Key("rules", .section(RuleDeclarations.section, over: RuleDeclarations())) { $0.rules = $1 }
      .means("Rules for all entries.")
    Key(
      "partners",
      .definitions("partner names", PartnerDeclaration.section, over: PartnerDeclaration()),
      identity: true,
      scope: .part
    ) { $0.partners = $1 }
    .means("The partner organisations.")
    Key("guests", .list(.guest), identity: true) { $0.guests = $1 }
      .means("The guest users.")
    Key("grants", .holders, identity: true) { $0.holders = $1 }
      .means("Grants by resource; for a group or an access package, only the list.")
    Key("removed", .list(.removal), scope: .part) { $0.removed = $1 }
      .means("Accounts and grants to remove that were never declared here.")
  }
}
