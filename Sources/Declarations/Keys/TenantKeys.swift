package import Access
internal import Unicode
internal import YAML

/// What `tenant` says, as far as it could be read.
struct TenantSettings: Sendable {
  var id: TenantID?
  var name: String?
  var domains: Set<String> = []
  var cloud: TenantDeclaration.Cloud? = .global
  var ref: String? = "main"
  var accounts: AccountsOwner? = .here

  enum AccountsOwner: String, CaseIterable {
    case here, elsewhere
  }

  /// The tenant; `nil` unless every key could be read.
  var declaration: TenantDeclaration? {
    guard let id, let name, let cloud, let ref, let accounts else { return nil }
    return TenantDeclaration(
      id: id,
      name: name,
      domains: domains,
      cloud: cloud,
      ref: ref,
      ownsAccounts: accounts == .here
    )
  }

  static let section = Section<Self>(
    "tenant",
    "`tenant`",
    "in exactly one file, directly in the folder"
  ) {
    Key("id", .identifier, required: true, identity: true) { $0.id = $1 }
      .means("The tenant id.")
    Key("name", .text, required: true) { $0.name = $1 }
      .means("The organisation's name.")
    Key("domains", .ownDomains, required: true) { $0.domains = $1 }
      .means("The tenant's own domains; their addresses are members, not guests.")
    Key("cloud", .attempted(.choice(TenantDeclaration.Cloud.self))) { $0.cloud = $1 }
      .means("The Microsoft cloud of the tenant.", default: "`global`")
    Key("ref", .attempted(.branch)) { $0.ref = $1 }
      .means("The branch from which the tenant is written.", default: "`main`")
    Key("accounts", .attempted(.choice(AccountsOwner.self))) { $0.accounts = $1 }
      .means(
        "`elsewhere`: another repository owns the tenant's accounts; this one only grants.",
        default: "`here`"
      )
  }
}

extension ValueType where Value == Set<String> {
  /// Domains in the compared form.
  fileprivate static var ownDomains: Self {
    Self(.list(.domain)) { decoder, node, key in
      var domains: Set<String> = []
      for item in decoder.items(node) {
        guard let text = decoder.text(item, key) else { continue }
        if let domain = DomainName.ascii(text) {
          domains.insert(domain)
        } else {
          decoder.report(.wrongValue, "`\(decoder.shown(item))` is not a domain", at: item)
        }
      }
      if domains.isEmpty {
        decoder.report(.wrongValue, "a tenant needs at least one domain", at: node)
      }
      return domains
    }
  }
}

extension ValueType where Value == String {
  /// A branch's name by git's rules, without `refs/heads/`.
  fileprivate static var branch: Self {
    Self(.text) { decoder, node, key in
      guard let text = decoder.text(node, key) else { return nil }
      if isBranch(text) { return text }
      decoder.report(
        .wrongValue,
        "`\(decoder.shown(node))` is not a branch name",
        at: node,
        hint: text.hasPrefix("refs/heads/") ? "remove `refs/heads/`" : nil
      )
      return nil
    }
  }

  private static func isBranch(_ text: String) -> Bool {
    let refused = Set(#" ~^:?*[\"#.utf8)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !refused.contains($0) }
      && !text.hasPrefix("-") && text != "@" && !text.hasSuffix(".") && !text.hasPrefix("refs/")
      && text != "HEAD"
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
      && !text.contains("..") && !text.contains("@{")
  }
}

/// What `defaults` says.
package struct Defaults: Hashable, Sendable {
  package var sponsors: [EmailAddress] = []
  var sponsorMarks: [Mark] = []
  package var invitation = InvitationOverrides()
  /// What is wrong in it.
  var fault: String?

  static let section = Section<Self>("defaults", "`defaults`", "in one file") {
    Key("sponsor", .addresses) {
      ($0.sponsors, $0.sponsorMarks) = ($1.map(\.value), $1.map(\.mark))
    }
    .means("Who answers for a guest; at most five.", default: "none")
    Key("invitation", .invitation) { $0.invitation = $1 }
      .means("How guests are invited.")
  }
}

extension ValueType where Value == Defaults {
  static var defaults: Self {
    Self(.section(Defaults.section.definition)) { decoder, node, _ in
      var defaults = Defaults()
      defaults.fault =
        decoder.isolated { Defaults.section.read(node, into: &defaults, &$0) }.fault
      return defaults
    }
  }
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

  static let section = Section<Self>(
    "invitation",
    "`invitation`",
    "in `defaults`, in a partner, in a guest; the nearest wins, key by key"
  ) {
    Key("redirect", .link) { $0.redirect = $1 }
      .means("Where the guest lands after redeeming.", default: "`https://myapps.microsoft.com`")
    Key("send", .boolean) { $0.send = $1 }
      .means("Whether Microsoft mails the invitation.", default: "`true`")
    Key("language", .language) { $0.language = $1 }
      .means("The language of the mail, as an ISO 639 tag.", default: "the service's")
    Key("cc", .address) { $0.cc = $1 }
      .means("One more recipient of the mail.", default: "none")
    Key("message", .droppedMessage) { _, _ in }
      .means("Has no effect: Graph drops it when an application sends the mail.", default: "none")
  }
}

extension ValueType where Value == InvitationOverrides {
  static var invitation: Self { .section(InvitationOverrides.section, over: InvitationOverrides()) }
}

extension ValueType where Value == String {
  /// A language tag: letters and digits in groups, the first of letters.
  fileprivate static var language: Self {
    Self(.text) { decoder, node, key in
      guard let text = decoder.text(node, key) else { return nil }
      let groups = text.split(separator: "-", omittingEmptySubsequences: false)
      let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
      let isTag =
        isASCII && text.utf8.count <= 35 && (groups.first?.allSatisfy(\.isLetter) ?? false)
        && (groups.first?.count ?? 0) > 1
        && groups.allSatisfy {
          (1...8).contains($0.count) && $0.allSatisfy { $0.isLetter || $0.isNumber }
        }
      if isTag { return text }
      decoder.report(
        .wrongValue,
        "`\(decoder.shown(node))` is not a language tag (`en-US`)",
        at: node
      )
      return nil
    }
  }

  fileprivate static var droppedMessage: Self {
    Self(.text) { decoder, node, _ in
      decoder.report(
        .invitationMessage,
        "Graph drops a message when an application sends the invitation",
        at: node,
        severity: .warning,
        hint: "set `send: false` and send a mail of your own with the redeem address"
      )
      return nil
    }
  }
}
