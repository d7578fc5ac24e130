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
    Key("name", .text) { $0.title = $1 }
      .means("The organisation's name.", default: "its key")
    Key("domains", .domainPatterns, required: true, identity: true) { $0.domains = $1 }
      .means("The domains of its people; `*.` means all subdomains, `*` alone any domain.")
    Key("public", .boolean) { $0.isPublic = $1 }
      .means("Required where anybody can have an address in its domains.", default: "`false`")
    Key("sponsor", .addresses) { $0.sponsors = $1 }
      .means("Who answers for its guests; at most five.", default: "that of `defaults`")
    Key("invitation", .invitation) { $0.invitation = $1 }
      .means("How its guests are invited.")
    Key("includes", .bundleNames, identity: true) { $0.includes = $1 }
      .means("Bundles that all of its guests get.", default: "none")
    Key("allows", .allows) { $0.allows = $1 }
      .means("What its guests may be given.", default: "anything in the catalog")
    Key("limits", inline: limits)
      .means("Limits for its guests.", default: "none")
    Key("requires", .list(.choice(Requirement.self))) { $0.requires = Set($1) }
      .means(
        "Keys that every guest must have; the partner's sponsor counts, that of `defaults` does not.",
        default: "nothing"
      )
    Key("accounts", .choice(Partner.Accounts.self)) { $0.accounts = $1 }
      .means(
        "`sync`: the accounts come from cross-tenant synchronisation; grants only.",
        default: "`invite`"
      )
    Key(unsupported: "signUp", .text)
      .means(
        "How its people sign up themselves. Not supported by this version.",
        default: "none"
      )
  }

  private static let limits = Section<Self>("limits", "`limits`", "in a partner") {
    Key("stay", .span) { $0.stay = $1 }
      .means("How long a guest may stay.", default: "no limit")
    Key("guests", .marked(.integer)) { $0.guestLimit = $1 }
      .means("How many guests it may have.", default: "no limit")
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
    Key("apps", .list(.pattern)) { $0.apps = $1 }
      .means("Roles.", default: "none")
    Key("groups", .list(.marked(.alias(of: "a group")))) { $0.groups = $1 }
      .means("Groups.", default: "none")
    Key("packages", .list(.marked(.alias(of: "a package")))) { $0.packages = $1 }
      .means("Access packages.", default: "none")
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
