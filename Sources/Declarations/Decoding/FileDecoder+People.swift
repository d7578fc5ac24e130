internal import Access
internal import Unicode
internal import YAML

extension FileDecoder {
  mutating func partner(_ name: Node, _ node: Node) {
    let alias = alias(name, "partners")
    guard let fields = fields(of: node, PartnerKey.self) else { return }
    var partner = PartnerDeclaration(name: PartnerName(alias ?? ""))
    for (key, value) in fields {
      switch key {
      case .name: partner.title = text(value, "name")
      case .domains: partner.domains = patterns(value)
      case .public: partner.isPublic = boolean(value, "public") ?? false
      case .sponsor: partner.sponsors = addresses(value, "sponsor")
      case .invitation: partner.invitation = invitation(value)
      case .includes: partner.includes = bundleReferences(value, "includes")
      case .allows: partner.allows = allows(value)
      case .limits: limits(value, &partner)
      case .requires:
        partner.requires = Set(
          items(value, "requires").compactMap { choice($0, "requires", Requirement.self) }
        )
      case .accounts:
        partner.accounts = choice(value, "accounts", Partner.Accounts.self) ?? partner.accounts
      }
    }
    if alias != nil { declared.partners.append(Marked(value: partner, mark: mark(name))) }
  }

  /// Domains, `*.` before a domain, or `*`, in the compared form.
  private mutating func patterns(_ node: Node) -> [Marked<String>] {
    var patterns: [Marked<String>] = []
    for item in items(node, "domains") {
      guard let text = text(item, "domains") else { continue }
      let star = text.hasPrefix("*.")
      if text == "*" {
        patterns.append(Marked(value: text, mark: mark(item)))
      } else if let domain = DomainName.ascii(star ? String(text.dropFirst(2)) : text) {
        patterns.append(Marked(value: star ? "*.\(domain)" : domain, mark: mark(item)))
      } else {
        report(.wrongValue, "`\(shown(item))` is no domain", at: item)
      }
    }
    if patterns.isEmpty { report(.wrongValue, "a partner has at least one domain", at: node) }
    return patterns
  }

  private mutating func allows(_ node: Node) -> AllowanceDeclaration {
    var allowance = AllowanceDeclaration()
    for (key, value) in fields(of: node, AllowsKey.self) ?? [] {
      switch key {
      case .apps:
        allowance.apps = items(value, "apps").compactMap { resource($0, anyRole: true) }
      case .groups: allowance.groups = names(value, "groups")
      case .packages: allowance.packages = names(value, "packages")
      }
    }
    return allowance
  }

  private mutating func limits(_ node: Node, _ partner: inout PartnerDeclaration) {
    for (key, value) in fields(of: node, LimitsKey.self) ?? [] {
      switch key {
      case .stay: partner.stay = span(value, "stay")
      case .guests:
        partner.guestLimit = integer(value, "guests").map { Marked(value: $0, mark: mark(value)) }
      }
    }
  }

  mutating func guest(_ node: Node) {
    let known = beginEntry(node, "email")
    defer { scope = .repository }
    guard let fields = fields(of: node, GuestKey.self),
      let email = fields.first(where: { $0.key == .email })?.value,
      let address = known ?? address(email, "email")
    else { return }
    let spelled = document.string(of: email)
    var guest = GuestDeclaration(
      address: address,
      spelled: spelled.utf8.elementsEqual(address.normalised.utf8) ? address.normalised : spelled,
      mark: mark(email)
    )
    var rare: GuestRarities?
    for (key, value) in fields where !decode(key, value, into: &guest) {
      decode(key, value, into: &rare)
    }
    guest.rare = rare.map { Boxed($0) }
    declared.guests.append(Boxed(guest))
  }

  /// Decodes a key that many entries have; false for any other.
  private mutating func decode(
    _ key: GuestKey,
    _ value: Node,
    into guest: inout GuestDeclaration
  ) -> Bool {
    switch key {
    case .email: break
    case .name: guest.name = text(value, "name")
    case .starts: guest.starts = beginning(value, "starts")
    case .expires:
      guest.expires = expiry(value, "expires").map { Marked(value: $0, mark: mark(value)) }
    case .reviewed: guest.reviewed = beginning(value, "reviewed")
    case .ticket: guest.ticket = text(value, "ticket")
    case .reason: guest.reason = text(value, "reason")
    case .bundles: guest.bundles = bundleReferences(value, "bundles")
    case .apps: guest.grants += grants(value, .app)
    case .groups: guest.grants += grants(value, .group)
    case .packages: guest.grants += grants(value, .package)
    case .id, .sponsor, .invitation, .previously, .blocked, .return: return false
    }
    return true
  }

  private mutating func decode(_ key: GuestKey, _ value: Node, into guest: inout GuestRarities?) {
    var rare = guest ?? GuestRarities()
    switch key {
    case .id: rare.pinned = identifier(value, "id", UserID.self)
    case .sponsor: rare.sponsors = addresses(value, "sponsor").map(\.value)
    case .invitation: rare.invitation = invitation(value)
    case .previously: rare.previously = addresses(value, "previously").map(\.value)
    case .blocked: rare.blocked = text(value, "blocked")
    case .return: rare.returned = beginning(value, "return")
    default: return
    }
    guest = rare
  }

  mutating func removal(_ node: Node) {
    let known = beginEntry(node, "email")
    defer { scope = .repository }
    guard let fields = fields(of: node, RemovedKey.self),
      let email = fields.first(where: { $0.key == .email })?.value,
      let address = known ?? address(email, "email")
    else { return }
    var reason: String?
    var removes: RemovalEntry.Extent?
    for (key, value) in fields {
      switch key {
      case .email: break
      case .reason: reason = text(value, "reason")
      case .removes: removes = choice(value, "removes", RemovalEntry.Extent.self)
      }
    }
    guard let reason, let removes else { return }
    declared.removed.append(
      RemovalDeclaration(address: address, reason: reason, removes: removes, mark: mark(email))
    )
  }
}
