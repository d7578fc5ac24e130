internal import Access
internal import Unicode
internal import YAML

extension FileDecoder {
  mutating func tenant(_ node: Node) -> TenantDeclaration? {
    guard let fields = fields(of: node, TenantKey.self) else { return nil }
    var id: TenantID?
    var tenant: (name: String?, domains: Set<String>) = (nil, [])
    var cloud: TenantDeclaration.Cloud? = .global
    var ref: String? = "main"
    var accounts: AccountsOwner? = .here
    for (key, value) in fields {
      switch key {
      case .id: id = identifier(value, "id", TenantID.self)
      case .name: tenant.name = text(value, "name")
      case .domains: tenant.domains = domains(value)
      case .cloud: cloud = choice(value, "cloud", TenantDeclaration.Cloud.self)
      case .ref: ref = branch(value)
      case .accounts: accounts = choice(value, "accounts", AccountsOwner.self)
      }
    }
    guard let id, let name = tenant.name, let cloud, let ref, let accounts else { return nil }
    return TenantDeclaration(
      id: id,
      name: name,
      domains: tenant.domains,
      cloud: cloud,
      ref: ref,
      ownsAccounts: accounts == .here
    )
  }

  private enum AccountsOwner: String, CaseIterable {
    case here, elsewhere
  }

  private mutating func domains(_ node: Node) -> Set<String> {
    var domains: Set<String> = []
    for item in items(node) {
      guard let text = text(item, "domains") else { continue }
      if let domain = DomainName.ascii(text) {
        domains.insert(domain)
      } else {
        report(.wrongValue, "`\(shown(item))` is not a domain", at: item)
      }
    }
    if domains.isEmpty { report(.wrongValue, "a tenant needs at least one domain", at: node) }
    return domains
  }

  /// A branch's name by git's rules, without `refs/heads/`.
  private mutating func branch(_ node: Node) -> String? {
    guard let text = text(node, "ref") else { return nil }
    let refused = Set(#" ~^:?*[\"#.utf8)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isBranch =
      text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !refused.contains($0) }
      && !text.hasPrefix("-") && text != "@" && !text.hasSuffix(".") && !text.hasPrefix("refs/")
      && !text.utf8.elementsEqual("HEAD".utf8)
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
      && zip(text.utf8, text.utf8.dropFirst()).allSatisfy {
        !($0 == UInt8(ascii: ".") && $1 == UInt8(ascii: "."))
          && !($0 == UInt8(ascii: "@") && $1 == UInt8(ascii: "{"))
      }
    if isBranch { return text }
    report(
      .wrongValue,
      "`\(shown(node))` is not a branch name",
      at: node,
      suggestion: text.hasPrefix("refs/heads/") ? "remove `refs/heads/`" : nil
    )
    return nil
  }

  mutating func defaults(_ node: Node) -> Defaults {
    var (defaults, fault) = isolated { $0.readDefaults(node) }
    defaults.fault = fault
    return defaults
  }

  private mutating func readDefaults(_ node: Node) -> Defaults {
    var defaults = Defaults()
    guard let fields = fields(of: node, DefaultsKey.self) else { return defaults }
    for (key, value) in fields {
      switch key {
      case .sponsor:
        let sponsors = addresses(value, "sponsor")
        defaults.sponsors = sponsors.map(\.value)
        defaults.sponsorMarks = sponsors.map(\.mark)
      case .invitation: defaults.invitation = invitation(value)
      }
    }
    return defaults
  }

  mutating func invitation(_ node: Node) -> InvitationOverrides {
    var settings = InvitationOverrides()
    for (key, value) in fields(of: node, InvitationKey.self) ?? [] {
      switch key {
      case .redirect: settings.redirect = link(value, "redirect")
      case .send: settings.send = boolean(value, "send")
      case .language: settings.language = language(value)
      case .cc: settings.cc = address(value, "cc")
      case .message:
        report(
          .invitationMessage,
          .warning,
          "Graph drops a message when an application sends the invitation",
          at: value,
          suggestion: "set `send: false` and send a mail of your own with the redeem address"
        )
      }
    }
    return settings
  }

  /// A language tag: letters and digits in groups, the first of letters.
  private mutating func language(_ node: Node) -> String? {
    guard let text = text(node, "language") else { return nil }
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    let isTag =
      text.utf8.count <= 35
      && (groups.first.map { (2...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isLetter) }
        ?? false)
      && groups.dropFirst().allSatisfy {
        (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      }
    if isTag { return text }
    report(.wrongValue, "`\(shown(node))` is not a language tag (`en-US`)", at: node)
    return nil
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  mutating func lifecycle(_ node: Node) -> Lifecycle? {
    guard let fields = fields(of: node, LifecycleKey.self) else { return nil }
    var lifecycle = Lifecycle()
    for (key, value) in fields {
      switch key {
      case .block: lifecycle.block = boolean(value, "block") ?? lifecycle.block
      case .deleteAfter:
        lifecycle.deleteAfter = spanOrNever(value, "deleteAfter") ?? lifecycle.deleteAfter
      case .resendAfter:
        lifecycle.resendAfter = spanOrNever(value, "resendAfter") ?? lifecycle.resendAfter
      case .resendLimit:
        lifecycle.resendLimit =
          integer(value, "resendLimit", in: 0...100) ?? lifecycle.resendLimit
      case .reviewEvery:
        lifecycle.reviewEvery = spanOrNever(value, "reviewEvery") ?? lifecycle.reviewEvery
      case .warnBefore: lifecycle.warnBefore = span(value, "warnBefore") ?? lifecycle.warnBefore
      case .drift:
        lifecycle.drift = choice(value, "drift", Lifecycle.Drift.self) ?? lifecycle.drift
      }
    }
    return lifecycle
  }

  mutating func trust(_ node: Node) -> TrustPolicy? {
    guard let fields = fields(of: node, TrustKey.self) else { return nil }
    var trust = TrustPolicy()
    for (key, value) in fields {
      switch key {
      case .require:
        guard let requirement = choice(value, "require", TrustPolicy.Requirement.self) else {
          continue
        }
        trust.requirement = requirement
      case .signers:
        trust.signers = items(value).compactMap { relativePath($0, "signers") }
      case .portal: break
      }
    }
    if trust.requirement == .range, trust.signers.isEmpty {
      report(.missingKey, "`require: range` needs `signers`", at: node)
    }
    return trust
  }

  /// A path that stays inside the folder.
  private mutating func relativePath(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) { return text }
    report(.wrongValue, "`\(shown(node))` is not a path below the folder", at: node)
    return nil
  }

  mutating func links(_ node: Node) -> ReportLinks? {
    guard let fields = fields(of: node, LinksKey.self) else { return nil }
    var links = ReportLinks()
    for (key, value) in fields {
      switch key {
      case .commit: links.commit = template(value, "commit", "{sha}")
      case .pull: links.pull = template(value, "pull", "{number}")
      }
    }
    return links
  }

  private mutating func template(_ node: Node, _ what: String, _ placeholder: String) -> String? {
    guard let text = link(node, what) else { return nil }
    if text.split(separator: placeholder, omittingEmptySubsequences: false).count == 2 {
      return text
    }
    report(.wrongValue, "`\(what)` must contain `\(placeholder)` once", at: node)
    return nil
  }

  mutating func suspension(_ node: Node) -> Suspension? {
    guard let fields = fields(of: node, SuspendKey.self) else { return nil }
    var until: Moment?
    var reason: String?
    for (key, value) in fields {
      switch key {
      case .until: until = ending(value, "until")
      case .reason: reason = text(value, "reason")
      }
    }
    guard let until, let reason else { return nil }
    return Suspension(until: until, reason: reason)
  }

  mutating func exception(_ node: Node) {
    guard let fields = fields(of: node, ExceptionKey.self) else { return }
    var entry: EmailAddress?
    var rule: ExceptedRule?
    var until: Moment?
    var reason: String?
    for (key, value) in fields {
      switch key {
      case .entry: entry = address(value, "entry")
      case .rule: rule = choice(value, "rule", ExceptedRule.self)
      case .until: until = ending(value, "until")
      case .reason: reason = text(value, "reason")
      }
    }
    guard let entry, let rule, let until, let reason else { return }
    let exception = RuleException(
      guest: entry,
      rule: rule,
      until: until,
      reason: reason,
      place: place(node)
    )
    declared.exceptions.append(Marked(value: exception, mark: mark(node)))
  }
}
