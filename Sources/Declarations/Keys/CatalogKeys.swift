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
    Key(
      "appId",
      .identifier,
      "The application's identifier; it decides.",
      required: true,
      identity: true
    ) { $0.id = $1 }
    Key("name", .text, "Checked against the name in the tenant.", default: "not checked") {
      $0.name = $1
    }
    Key(
      "exclusive",
      .exclusive,
      "From that day on, an assignment that is not declared is revoked, even one made outside Guestlist.",
      default: "never"
    ) { $0.exclusiveFrom = $1 }
    Key(
      "via",
      .via,
      "Roles that are given through membership of a group.",
      default: "none",
      identity: true
    ) { $0.via = $1 }
    Key(
      "roles",
      .list(.text),
      "The app's roles, so that `validate` finds an unknown one.",
      default: "not checked"
    ) { $0.roles = $1.map { RoleValue($0) } }
  }
}

struct GroupDeclaration: Sendable {
  var id: GroupID?
  var name: String?
  var exclusiveFrom: Moment?

  static let section = Section<Self>("groups", "a group", "in `groups`, under the group's name") {
    Key("id", .identifier, "The group's object identifier.", required: true, identity: true) {
      $0.id = $1
    }
    Key("name", .text, "Checked against the name in the tenant.", default: "not checked") {
      $0.name = $1
    }
    Key(
      "exclusive",
      .exclusive,
      "From that day on, a membership that is not declared is ended, even one made outside Guestlist.",
      default: "never"
    ) { $0.exclusiveFrom = $1 }
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
    Key("id", .identifier, "The access package's identifier.", required: true, identity: true) {
      $0.id = $1
    }
    Key(
      "policy",
      .identifier,
      "The identifier of the policy by which it is assigned.",
      required: true
    ) { $0.policy = $1 }
    Key("name", .text, "Checked against the name in the tenant.", default: "not checked") {
      $0.name = $1
    }
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
    Key("apps", .apps, "Roles.", default: "none", identity: true) { $0.grants += $1 }
    Key("groups", .groups, "Groups.", default: "none", identity: true) { $0.grants += $1 }
    Key("packages", .packages, "Access packages.", default: "none", identity: true) {
      $0.grants += $1
    }
    Key("expires", .expiry, "The end of whatever it gives.", default: "none") { $0.expires = $1 }
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

/// Roles of which no guest holds two.
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
    Key(
      "separation",
      .list(.separation),
      "Roles of which no guest holds two.",
      default: "none",
      scope: .part
    ) { $0.separations = $1 }
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
  Key("from", .beginning, "The first day.", required: true) { $0 = $1 }
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
