internal import Access
internal import Unicode
internal import YAML

struct PartnerDeclaration: Sendable {
  var title: String?
  var domains: [Marked<String>] = []
  var isPublic = false
  var sponsors: [Marked<EmailAddress>] = []
  var invitation = InvitationOverrides()
  var includes: [GrantReference] = []
  var allows: AllowanceDeclaration?
  var stay: Moment.Span?
  var guestLimit: Marked<Int>?
  var requires: Set<Requirement> = []
  var accounts: Partner.Accounts = .invite

  static let section = Section<Self>(
    "partners",
    "a partner",
    "in `partners`, under the partner's name"
  ) {
    Key("name", .text, "The organisation's name.", default: "its key") { $0.title = $1 }
    Key(
      "domains",
      .domainPatterns,
      "Whose addresses are its; `*.` is any depth below, `*` alone any address.",
      required: true,
      identity: true
    ) { $0.domains = $1 }
    Key(
      "public",
      .boolean,
      "Must be said of a partner for any address.",
      default: "`false`"
    ) { $0.isPublic = $1 }
    Key(
      "sponsor",
      .addresses,
      "Who answers for its guests; at most five.",
      default: "that of `defaults`"
    ) { $0.sponsors = $1 }
    Key("invitation", .invitation, "How its guests are invited.") { $0.invitation = $1 }
    Key(
      "includes",
      .bundleNames,
      "Bundles that every guest of it gets.",
      default: "none",
      identity: true
    ) { $0.includes = $1 }
    Key("allows", .allows, "What its guests may be given.", default: "anything in the catalog") {
      $0.allows = $1
    }
    Key("limits", inline: limits, "How long and how many.", default: "none")
    Key(
      "requires",
      .list(.choice(Requirement.self)),
      "What an entry, or for the sponsor its partner, must say; `defaults` do not count.",
      default: "nothing"
    ) { $0.requires = Set($1) }
    Key(
      "accounts",
      .choice(Partner.Accounts.self),
      "`sync`: the accounts come from cross-tenant synchronisation; grants only.",
      default: "`invite`"
    ) { $0.accounts = $1 }
    Key(
      unsupported: "signUp",
      .text,
      "How its people sign up by themselves. Not supported by this version.",
      default: "they cannot"
    )
  }

  private static let limits = Section<Self>("limits", "`limits`", "in a partner") {
    Key("stay", .span, "How long a guest may stay.", default: "no limit") { $0.stay = $1 }
    Key("guests", .marked(.integer), "How many guests it may have.", default: "no limit") {
      $0.guestLimit = $1
    }
  }
}

/// What a partner may require of its entries.
package enum Requirement: String, Hashable, Sendable, CaseIterable {
  case sponsor, expires, starts, reviewed, ticket, reason, name
}

/// The resources that an `authority` or an `allows` names.
struct AllowanceDeclaration: Sendable {
  var apps: [ResourceReference] = []
  var groups: [Marked<String>] = []
  var packages: [Marked<String>] = []

  fileprivate static let section = Section<Self>("allows", "`allows`", "in a partner") {
    Key("apps", .list(.pattern), "Roles.", default: "none") { $0.apps = $1 }
    Key("groups", .list(.marked(.alias(of: "a group"))), "Groups.", default: "none") {
      $0.groups = $1
    }
    Key(
      "packages",
      .list(.marked(.alias(of: "a package"))),
      "Access packages.",
      default: "none"
    ) { $0.packages = $1 }
  }
}

extension ValueType where Value == AllowanceDeclaration {
  /// Where it cannot be read, nothing is allowed.
  fileprivate static var allows: Self {
    Self(.section(AllowanceDeclaration.section.definition)) { decoder, node, _ in
      var allowance = AllowanceDeclaration()
      AllowanceDeclaration.section.read(node, into: &allowance, &decoder)
      return allowance
    }
  }
}

extension ValueType where Value == [Marked<String>] {
  /// Domains, `*.` before a domain, or `*`, in the compared form.
  fileprivate static var domainPatterns: Self {
    Self(.list(.domain)) { decoder, node, key in
      var patterns: Value = []
      for item in decoder.items(node) {
        guard let text = decoder.text(item, key) else { continue }
        let star = text.hasPrefix("*.")
        if text == "*" {
          patterns.append(Marked(value: text, mark: decoder.mark(item)))
        } else if let domain = DomainName.ascii(star ? String(text.dropFirst(2)) : text) {
          let pattern = star ? "*.\(domain)" : domain
          patterns.append(Marked(value: pattern, mark: decoder.mark(item)))
        } else {
          decoder.report(.wrongValue, "`\(decoder.shown(item))` is not a domain", at: item)
        }
      }
      if patterns.isEmpty {
        decoder.report(.wrongValue, "a partner needs at least one domain", at: node)
      }
      return patterns
    }
  }
}
