package import Access
internal import YAML

/// Everything that one file declares, with names still to be resolved.
struct FileDeclarations: Sendable {
  var path: String
  var text: SourceText
  var version: Marked<Int>?
  var tenant: Marked<TenantDeclaration>?
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
  var groups: [Marked<Named<Catalog.Group>>] = []
  var packages: [Marked<Named<Catalog.Package>>] = []
  var bundles: [Marked<Named<BundleDeclaration>>] = []
  var separations: [Marked<[ResourceReference]>] = []
  var partners: [Marked<PartnerDeclaration>] = []
  /// In boxes, because they are put in order and handed on several times.
  var guests: [Boxed<GuestDeclaration>] = []
  var holders: [HolderDeclaration] = []
  var removed: [RemovalDeclaration] = []
  /// The keys at the top that the file uses, with their places.
  var sections: [Marked<RootKey>] = []
  var sink = FindingSink(limit: FindingSink.mostOfFile)
  /// Entries that were counted and not kept, because there are too many of them.
  var uncounted = 0

  struct Named<Value: Sendable>: Sendable {
    var name: String
    var value: Value
  }
}

/// What `defaults` says.
package struct Defaults: Hashable, Sendable {
  package var sponsors: [EmailAddress] = []
  var sponsorMarks: [Mark] = []
  package var invitation = InvitationOverrides()
}

/// What one place says of an invitation; the rest is left to the next further place.
package struct InvitationOverrides: Hashable, Sendable {
  package var redirect: String?
  package var send: Bool?
  package var language: String?
  package var cc: EmailAddress?

  /// The settings with what is said here put over them.
  func over(_ settings: InvitationSettings) -> InvitationSettings {
    InvitationSettings(
      redirect: redirect ?? settings.redirect,
      send: send ?? settings.send,
      language: language ?? settings.language,
      cc: cc ?? settings.cc
    )
  }

  var isEmpty: Bool { self == InvitationOverrides() }
}

struct AppDeclaration: Sendable {
  var app: Catalog.App
  var via: [(role: RoleValue, group: Marked<String>)] = []
}

struct BundleDeclaration: Sendable {
  var grants: [GrantReference] = []
  var expires: Ending.Rule?
}

/// The resources that an `authority` or an `allows` names.
struct AllowanceDeclaration: Sendable {
  var apps: [ResourceReference] = []
  var groups: [Marked<String>] = []
  var packages: [Marked<String>] = []
}

struct AuthorityDeclaration: Sendable {
  var glob: String
  var partners: [Marked<String>] = []
  var allowance = AllowanceDeclaration()
}

struct PartnerDeclaration: Sendable {
  var name: PartnerName
  var title: String?
  var domains: [Marked<String>] = []
  var isPublic = false
  var sponsors: [Marked<EmailAddress>] = []
  var invitation = InvitationOverrides()
  var includes: [BundleReference] = []
  var allows: AllowanceDeclaration?
  var stay: Moment.Span?
  var guestLimit: Marked<Int>?
  var requires: Set<Requirement> = []
  var accounts: Partner.Accounts = .invite
}

/// A role of an app as written, `*` for any.
struct ResourceReference: Hashable, Sendable {
  var app: String
  var role: String
  var mark: Mark

  var isAny: Bool { role == "*" }
  var spelled: String { app == "*" && role == "*" ? "*" : "\(app):\(role)" }
}

/// A grant as written, its names still to be looked up.
struct GrantReference: Sendable {
  var target: Target
  var expires: Ending.Rule?
  var mark: Mark

  enum Target: Hashable, Sendable {
    case role(app: String, role: String)
    case group(String)
    case package(String)
  }

  var spelled: String {
    switch target {
    case .role(let app, let role): "\(app):\(role)"
    case .group(let name), .package(let name): name
    }
  }
}

struct BundleReference: Sendable {
  var name: String
  var expires: Ending.Rule?
  var mark: Mark
}

struct GuestDeclaration: Sendable {
  var address: EmailAddress
  var spelled: String
  var name: String?
  var starts: Moment?
  var expires: Marked<Ending.Rule>?
  var reviewed: Moment?
  var ticket: String?
  var reason: String?
  var bundles: [BundleReference] = []
  var grants: [GrantReference] = []
  /// What most entries do not say.
  var rare: Boxed<GuestRarities>?
  var mark: Mark
}

struct GuestRarities: Sendable {
  var pinned: UserID?
  var sponsors: [EmailAddress] = []
  var invitation = InvitationOverrides()
  var previously: [EmailAddress] = []
  var blocked: String?
  var returned: Moment?
}

/// A value in a box of its own, so that what may hold one stays small.
final class Boxed<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

/// A grant from the resource's side.
struct HolderDeclaration: Sendable {
  var guest: EmailAddress
  /// Group or package, where the list stands alone: the catalog says which.
  var isAmbiguous: Bool
  var grant: GrantReference
}

struct RemovalDeclaration: Sendable {
  var address: EmailAddress
  var reason: String
  var removes: RemovalEntry.Extent
  var mark: Mark
}
