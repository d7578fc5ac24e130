internal import Access
internal import YAML

struct AppDeclaration: Sendable {
  var id: AppID?
  var name: String?
  var exclusiveFrom: Moment?
  var via: [(role: RoleValue, group: Marked<String>)] = []
  /// Every role that there is; empty where that is not said.
  var roles: [RoleValue] = []

  static let section = Section<Self>("apps", "an app", "in `apps`, under the app's name") {
    Key("appId", .identifier, required: true, identity: true) { $0.id = $1 }
      .means("The application id; the name is only checked.")
    Key("name", .text) { $0.name = $1 }
      .means("Checked against the name in the tenant.", default: "not checked")
    Key("exclusive", .exclusive) { $0.exclusiveFrom = $1 }
      .means(
        "From that day on, guests lose every assignment that is not declared.",
        default: "never"
      )
    Key("via", .via, identity: true) { $0.via = $1 }
      .means("Roles that are given by adding the guest to a group.", default: "none")
    Key("roles", .list(.text)) { $0.roles = $1.map { RoleValue($0) } }
      .means("The roles of the app, so that `validate` finds unknown ones.", default: "not checked")
  }
}

struct GroupDeclaration: Sendable {
  var id: GroupID?
  var name: String?
  var exclusiveFrom: Moment?

  static let section = Section<Self>("groups", "a group", "in `groups`, under the group's name") {
    Key("id", .identifier, required: true, identity: true) { $0.id = $1 }
      .means("The object id of the group.")
    Key("name", .text) { $0.name = $1 }
      .means("Checked against the name in the tenant.", default: "not checked")
    Key("exclusive", .exclusive) { $0.exclusiveFrom = $1 }
      .means(
        "From that day on, guests lose every membership that is not declared.",
        default: "never"
      )
  }
}

struct PackageDeclaration: Sendable {
  var id: AccessPackageID?
  var policy: AssignmentPolicyID?
  var name: String?

  static let section = Section<Self>(
    "packages",
    "an access package",
    "in `packages`, under the package's name"
  ) {
    Key("id", .identifier, required: true, identity: true) { $0.id = $1 }
      .means("The id of the access package.")
    Key("policy", .identifier, required: true) { $0.policy = $1 }
      .means("The id of the policy that assigns it.")
    Key("name", .text) { $0.name = $1 }
      .means("Checked against the name in the tenant.", default: "not checked")
  }
}

struct BundleDeclaration: Sendable {
  var grants: [GrantReference] = []
  var expires: Ending.Rule?

  fileprivate static let section = Section<Self>(
    "bundles",
    "a bundle",
    "in `bundles`, under the bundle's name"
  ) {
    Key("apps", .apps, identity: true) { $0.grants += $1 }
      .means("Roles.", default: "none")
    Key("groups", .groups, identity: true) { $0.grants += $1 }
      .means("Groups.", default: "none")
    Key("packages", .packages, identity: true) { $0.grants += $1 }
      .means("Access packages.", default: "none")
    Key("expires", .expiry) { $0.expires = $1 }
      .means("When everything that it gives ends.", default: "none")
  }
}

extension ValueType where Value == [Marked<Named<BundleDeclaration>>] {
  static var bundles: Self {
    let type = definitions(
      "bundle names",
      BundleDeclaration.section,
      over: BundleDeclaration()
    )
    return Self(type.kind) { decoder, node, key in
      let bundles = type.read(&decoder, node, key) ?? []
      for bundle in bundles where bundle.value.value.grants.isEmpty && bundle.value.fault == nil {
        let message = "bundle `\(bundle.value.name)` is empty"
        decoder.sink.add(
          Finding(
            .emptyBundle,
            .warning,
            message,
            at: bundle.mark,
            in: decoder.document.text,
            path: decoder.path
          )
        )
      }
      return bundles
    }
  }
}

/// Sets of roles; no guest may hold two of a set.
struct SeparationDeclaration: Sendable {
  var roles: [ResourceReference]
  /// True where one of the roles could not be read.
  var isFaulty: Bool
}

/// What `rules` says in one file.
struct RuleDeclarations: Sendable {
  var separations: [Marked<SeparationDeclaration>] = []

  static let section = Section<Self>("rules", "`rules`", "in any file that may declare everything")
  {
    Key("separation", .list(.separation), scope: .part) { $0.separations = $1 }
      .means("Roles of which no guest holds two.", default: "none")
  }
}

extension ValueType where Value == Marked<SeparationDeclaration> {
  fileprivate static var separation: Self {
    Self(.list(.resource)) { decoder, set, _ in
      let (roles, fault) = decoder.isolated { decoder in
        decoder.items(set).compactMap { decoder.resource($0) }
      }
      if roles.count < 2, fault == nil {
        decoder.report(.wrongValue, "a separation needs at least two roles", at: set)
      }
      let separation = SeparationDeclaration(roles: roles, isFaulty: fault != nil)
      return Marked(value: separation, mark: decoder.mark(set))
    }
  }
}

private let exclusiveSection = Section<Moment?>(
  "exclusive",
  "`exclusive`",
  "in an app or a group"
) {
  Key("from", .beginning, required: true) { $0 = $1 }
    .means("The first day.")
}

extension ValueType where Value == Moment? {
  fileprivate static var exclusive: Self { .section(exclusiveSection, over: nil) }
}

extension ValueType where Value == [(role: RoleValue, group: Marked<String>)] {
  fileprivate static var via: Self {
    Self(.named("role", .alias("a group"))) { decoder, node, key in
      decoder.named(node, key, "roles to groups").compactMap { role, group in
        guard let role = decoder.text(role, key), let name = decoder.alias(group, key) else {
          return nil
        }
        return (RoleValue(role), Marked(value: name, mark: decoder.mark(group)))
      }
    }
  }
}
