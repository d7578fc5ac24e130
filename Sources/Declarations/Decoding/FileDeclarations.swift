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
  var separations: [Marked<SeparationDeclaration>] = []
  var partners: [Marked<PartnerDeclaration>] = []
  /// In boxes, because they are put in order and handed on several times.
  var guests: [Boxed<GuestDeclaration>] = []
  var holders: [ResourceGrant] = []
  var removed: [RemovalDeclaration] = []
  /// The keys at the top that the file uses, with their places.
  var sections: [Marked<RootKey>] = []
  var sink = FindingSink(limit: FindingSink.mostOfFile)
  /// Entries that were counted and not kept, because there are too many of them.
  var uncounted = 0
  /// False where the file, or one of its sections, could not be read: a name that no file has may
  /// be there.
  var isComplete = true

  /// Something with a name; `nil` where it has a fault, so that what uses it is skipped.
  struct Named<Value: Sendable>: Sendable {
    var name: String
    var value: Value?
  }

  /// Forgets everything but guests, grants, removals and partners.
  mutating func dropSettings() {
    (tenant, formerly, defaults, lifecycle, guards) = (nil, nil, nil, nil, nil)
    (trust, links, suspension) = (nil, nil, nil)
    (authority, exceptions, separations) = ([], [], [])
    (apps, groups, packages, bundles) = ([], [], [], [])
  }
}

/// What `defaults` says.
package struct Defaults: Hashable, Sendable {
  package var sponsors: [EmailAddress] = []
  var sponsorMarks: [Mark] = []
  package var invitation = InvitationOverrides()
  /// What is wrong in it.
  var fault: String?
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
  /// Every role that there is; empty where that is not said.
  var roles: [RoleValue] = []
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

struct SeparationDeclaration: Sendable {
  var roles: [ResourceReference]
  /// True where one of the roles could not be read.
  var isFaulty: Bool
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
  /// What is wrong in it.
  var fault: String?
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
  /// What is wrong with this one grant.
  var fault: Boxed<String>?

  enum Target: Hashable, Sendable {
    case role(app: String, role: String)
    case group(String)
    case package(String)
    /// A text that names nothing; empty where there is none.
    case unreadable(String)
  }

  var spelled: String {
    switch target {
    case .role(let app, let role): "\(app):\(role)"
    case .group(let name), .package(let name), .unreadable(let name): name
    }
  }
}

struct BundleReference: Sendable {
  /// Empty where it could not be read.
  var name: String
  var expires: Ending.Rule?
  var mark: Mark
  /// What is wrong with it.
  var fault: Boxed<String>?
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
  var options: Boxed<GuestOptions>?
  var mark: Mark
}

struct GuestOptions: Sendable {
  var pinned: UserID?
  var sponsors: [EmailAddress] = []
  var invitation = InvitationOverrides()
  var previously: [EmailAddress] = []
  var blocked: String?
  var returned: Moment?
  /// The first thing that is wrong with the entry.
  var fault: String?
  /// Where some of its grants would come from that could not be read.
  var unreadable: [GrantEntry.Origin] = []
  /// True for a guest who is declared by `grants` alone (`accounts: elsewhere`).
  var isImplied = false
}

/// A value in a box of its own, so that what may hold one stays small.
final class Boxed<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

/// A grant from the resource's side.
struct ResourceGrant: Sendable {
  var guest: EmailAddress
  /// Group or package, where the list stands alone: the catalog says which.
  var isAmbiguous: Bool
  var grant: GrantReference
}

struct RemovalDeclaration: Sendable {
  var address: EmailAddress
  var pinned: UserID?
  var reason: String
  var removes: RemovalEntry.Extent
  var mark: Mark
  /// What is wrong with it.
  var fault: String?
}
