internal import Access
internal import Unicode
internal import YAML

extension FileDecoder {
  mutating func partner(_ name: Node, _ node: Node) {
    let (decoded, fault) = isolated { $0.partner(node, at: name) }
    guard var partner = decoded else { return }
    partner.fault = fault
    if partner.domains.isEmpty { declared.isComplete = false }
    declared.partners.append(Marked(value: partner, mark: mark(name)))
  }

  private mutating func partner(_ node: Node, at name: Node) -> PartnerDeclaration? {
    let alias = alias(name, "partners")
    guard let fields = fields(of: node, PartnerKey.self) else {
      declared.isComplete = false
      return nil
    }
    var partner = PartnerDeclaration(name: PartnerName(alias ?? shown(name)))
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
          items(value).compactMap { choice($0, "requires", Requirement.self) }
        )
      case .accounts:
        partner.accounts = choice(value, "accounts", Partner.Accounts.self) ?? partner.accounts
      case .signUp: break
      }
    }
    return partner
  }

  /// Domains, `*.` before a domain, or `*`, in the compared form.
  private mutating func patterns(_ node: Node) -> [Marked<String>] {
    var patterns: [Marked<String>] = []
    for item in items(node) {
      guard let text = text(item, "domains") else { continue }
      let star = text.hasPrefix("*.")
      if text == "*" {
        patterns.append(Marked(value: text, mark: mark(item)))
      } else if let domain = DomainName.ascii(star ? String(text.dropFirst(2)) : text) {
        patterns.append(Marked(value: star ? "*.\(domain)" : domain, mark: mark(item)))
      } else {
        report(.wrongValue, "`\(shown(item))` is not a domain", at: item)
      }
    }
    if patterns.isEmpty { report(.wrongValue, "a partner needs at least one domain", at: node) }
    return patterns
  }

  private mutating func allows(_ node: Node) -> AllowanceDeclaration {
    var allowance = AllowanceDeclaration()
    for (key, value) in fields(of: node, AllowsKey.self) ?? [] {
      switch key {
      case .apps:
        allowance.apps = items(value).compactMap { resource($0, anyRole: true) }
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
    let (decoded, fault) = isolated { $0.guest(node, at: known) }
    guard var (guest, options) = decoded else { return }
    if let fault { options = options ?? GuestOptions(); options?.fault = fault }
    guest.options = options.map { Boxed($0) }
    declared.guests.append(Boxed(guest))
  }

  private mutating func guest(
    _ node: Node,
    at known: EmailAddress?
  ) -> (GuestDeclaration, GuestOptions?)? {
    guard let fields = fields(of: node, GuestKey.self),
      let email = fields.first(where: { $0.key == .email })?.value,
      let address = known ?? address(email, "email")
    else { return nil }
    let spelled = document.string(of: email)
    var guest = GuestDeclaration(
      address: address,
      spelled: spelled.utf8.elementsEqual(address.normalised.utf8) ? address.normalised : spelled,
      mark: mark(email)
    )
    var options: GuestOptions?
    if strangers.contains(where: { mayBeGrants($0.key, $0.value) }) {
      options = GuestOptions(unreadable: [.guest, .bundle("")])
    }
    for (key, value) in fields where !decode(key, value, into: &guest) {
      decode(key, value, into: &options)
    }
    return (guest, options)
  }

  /// Tells whether an unknown key looks like one that gives something, so that what it gave stays.
  private func mayBeGrants(_ key: Node, _ value: Node) -> Bool {
    if document.kind(of: value) == .sequence { return true }
    let near = Suggestion.nearest(to: shown(key), among: GuestKey.allCases.map(\.rawValue))
    switch near.flatMap({ GuestKey(rawValue: $0) }) {
    case .bundles, .apps, .groups, .packages: return true
    default: return false
    }
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

  private mutating func decode(_ key: GuestKey, _ value: Node, into guest: inout GuestOptions?) {
    var options = guest ?? GuestOptions()
    switch key {
    case .id: options.pinned = identifier(value, "id", UserID.self)
    case .sponsor: options.sponsors = addresses(value, "sponsor").map(\.value)
    case .invitation: options.invitation = invitation(value)
    case .previously: options.previously = addresses(value, "previously").map(\.value)
    case .blocked: options.blocked = text(value, "blocked")
    case .return: options.returned = beginning(value, "return")
    default: return
    }
    guest = options
  }

  mutating func removal(_ node: Node) {
    let known = beginEntry(node, "email")
    defer { scope = .part }
    let (decoded, fault) = isolated { $0.removal(node, of: known) }
    guard var removal = decoded else { return }
    removal.fault = fault
    declared.removed.append(removal)
  }

  private mutating func removal(_ node: Node, of known: EmailAddress?) -> RemovalDeclaration? {
    guard let fields = fields(of: node, RemovedKey.self),
      let email = fields.first(where: { $0.key == .email })?.value,
      let address = known ?? address(email, "email")
    else { return nil }
    var removal = RemovalDeclaration(
      address: address,
      reason: "",
      removes: .grants,
      mark: mark(email)
    )
    for (key, value) in fields {
      switch key {
      case .email: break
      case .id: removal.pinned = identifier(value, "id", UserID.self)
      case .reason: removal.reason = text(value, "reason") ?? ""
      case .removes: removal.removes = choice(value, "removes", RemovalEntry.Extent.self) ?? .grants
      }
    }
    return removal
  }
}
