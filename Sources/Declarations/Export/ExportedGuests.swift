internal import Access
internal import YAML

/// One account as it is to be declared.
struct ExportedGuest {
  var account: Account
  var address: EmailAddress
  /// What is written; ordered.
  var grants: [Resource]
  var sponsors: [EmailAddress]
  var name: String?
  /// The entry that is there, to which grants are added.
  var entry: GuestEntry?
}

/// Decides which accounts and grants of a tenant can be declared, and says why others cannot.
struct ExportedGuests {
  private(set) var guests: [ExportedGuest] = []
  private(set) var omissions: [ExportOmission: Int] = [:]
  private let source: ExportSource
  private let refusals: ExportRefusals
  private let partners: PartnerDomains
  private var owners: [EmailAddress: Int] = [:]
  private var roles: [AppID: AppRoles] = [:]

  init(_ source: ExportSource, without refusals: ExportRefusals) {
    self.source = source
    self.refusals = refusals
    partners = PartnerDomains(source.declared?.partners ?? [:])
    for account in source.state.accounts.values {
      for address in account.addresses { owners[address, default: 0] += 1 }
    }
    roles = source.state.apps.mapValues { AppRoles($0) }
    for id in source.undeclared.keys.sorted() {
      guard let account = source.state.accounts[id] else { continue }
      if let entry = source.entries[id] {
        let grants = grants(of: account, as: entry.address)
        if grants.isEmpty { continue }
        guests.append(
          ExportedGuest(
            account: account,
            address: entry.address,
            grants: grants,
            sponsors: [],
            entry: entry
          )
        )
      } else if let address = address(of: account) {
        guests.append(
          ExportedGuest(
            account: account,
            address: address,
            grants: grants(of: account, as: address),
            sponsors: sponsors(of: account),
            name: name(of: account, address)
          )
        )
      }
    }
    guests.sort { $0.address < $1.address }
  }

  private mutating func omit(
    _ reason: ExportOmission.Reason,
    _ subject: String,
    _ detail: String? = nil
  ) {
    omissions[ExportOmission(reason, subject, detail), default: 0] += 1
  }

  /// The address under which an account is declared; `nil` where it cannot be.
  private mutating func address(of account: Account) -> EmailAddress? {
    let address = account.mail ?? account.addresses.min()
    let name = account.displayName.map { " (\($0))" } ?? ""
    guard let address else {
      let further = account.otherMails.min().map { "`otherMails` has \($0)" }
      omit(.noAddress, "\(account.id)\(name)", further)
      return nil
    }
    let shown = address.normalised
    let domain = String(address.domain)
    let known = Set(account.addresses.map { EntryKey.guest($0) })
    if source.tenant.domains.contains(domain) {
      omit(.ownDomain, shown)
    } else if owners[address, default: 0] > 1 {
      omit(.sharedAddress, shown, account.id.description)
    } else if account.hasForeignIdentity {
      omit(.otherIdentity, shown)
    } else if !known.isDisjoint(with: source.removed) {
      omit(.removedBefore, shown)
    } else if let reason = refusals.guests[account.id] {
      omit(.refused, shown, reason)
    } else if partners.partner(of: domain) == nil, PublicMailDomains.contains(domain) {
      omit(.publicDomain, shown)
    } else {
      return address
    }
    return nil
  }

  private mutating func name(of account: Account, _ address: EmailAddress) -> String? {
    guard let name = account.displayName, name.lowercased() != address.normalised else {
      return nil
    }
    let isOneLine = name.unicodeScalars.allSatisfy {
      !ForbiddenCharacters.contains($0.value) && $0.value >= 0x20
    }
    if isOneLine, name.contains(where: { $0 != " " }) { return name }
    if !name.isEmpty { omit(.name, address.normalised) }
    return nil
  }

  private mutating func sponsors(of account: Account) -> [EmailAddress] {
    var found: [EmailAddress] = []
    for id in (account.sponsors ?? []).sorted() {
      let sponsor = source.state.accounts[id]
      if let address = sponsor?.mail ?? sponsor?.addresses.min(),
        source.tenant.domains.contains(String(address.domain))
      {
        found.append(address)
      } else {
        let whose = (account.mail ?? account.addresses.min())?.normalised ?? account.id.description
        omit(
          .sponsor,
          sponsor?.mail?.normalised ?? id.description,
          "of \(whose), outside the tenant"
        )
      }
    }
    let sorted = Set(found).sorted()
    for further in sorted.dropFirst(5) {
      omit(.sponsor, further.normalised, "one of more than five")
    }
    return Array(sorted.prefix(5))
  }

  // MARK: - Grants

  private mutating func grants(of account: Account, as address: EmailAddress) -> [Resource] {
    (source.undeclared[account.id] ?? []).sorted().filter { resource in
      let key = EntryKey.grant(GrantKey(guest: address, resource: resource))
      if source.removed.contains(key) {
        omit(.removedBefore, address.normalised, name(of: resource))
        return false
      }
      if let reason = refusals.grants[account.id]?[resource] {
        omit(.refused, address.normalised, "\(name(of: resource)): \(reason)")
        return false
      }
      guard let obstacle = obstacle(to: resource) else { return true }
      omit(obstacle.reason, name(of: resource), obstacle.detail)
      return false
    }
  }

  /// Why nobody can declare a resource; `nil` where somebody can.
  private func obstacle(to resource: Resource) -> (reason: ExportOmission.Reason, detail: String)? {
    switch resource {
    case .appRole(let app, let value):
      return roles[app]?.problem(with: value).map { (.role, $0) }
    case .group(let group):
      return source.state.groups[group]?.obstacle.map { (.group, $0.exportWords) }
    case .package(let id):
      guard source.state.packages[id]?.policy == nil else { return nil }
      let isInCatalog = source.declared?.catalog.packages.values.contains { $0.id == id } ?? false
      return isInCatalog ? nil : (.package, "no policy assigns it any longer")
    }
  }

  private func name(of resource: Resource) -> String {
    switch resource {
    case .appRole(let app, let value):
      "\(source.state.apps[app]?.displayName ?? app.description): \(value)"
    case .group(let group): source.state.groups[group]?.displayName ?? group.description
    case .package(let id): source.state.packages[id]?.displayName ?? id.description
    }
  }
}

/// The roles of an app that a declaration can name.
struct AppRoles {
  private(set) var values: [RoleValue] = []
  private var problems: [RoleValue: String] = [:]

  init(_ app: ObservedApp) {
    let counts = Dictionary(app.roles.map { ($0.value, 1) }, uniquingKeysWith: +)
    for role in app.roles {
      if counts[role.value, default: 0] > 1 {
        problems[role.value] = "the app has several roles of this value"
      } else if role.value == .defaultAccess {
        problems[role.value] = "`default` means default access, and is a role of the app"
      } else if role.value.text.allSatisfy(\.isWhitespace) {
        problems[role.value] = "the role has no value"
      } else if role.value.text == "*" || role.value.text.utf8.count > 250
        || role.value.text.unicodeScalars.contains(where: {
          ForbiddenCharacters.contains($0.value) || $0.value < 0x20
        })
      {
        problems[role.value] = "declarations cannot name this value"
      } else if !role.isAssignable {
        problems[role.value] = "the role is disabled, or not for users"
      } else {
        values.append(role.value)
      }
    }
    values.sort()
    let hasRoles = app.roles.contains { $0.isAssignable && $0.id != .defaultAccess }
    if hasRoles, problems[.defaultAccess] == nil {
      problems[.defaultAccess] = "default access, and the app has roles now"
    }
  }

  func problem(with value: RoleValue) -> String? { problems[value] }
}

extension ObservedGroup.Obstacle {
  fileprivate var exportWords: String {
    switch self {
    case .dynamicMembership: "its membership is dynamic"
    case .synchronisedFromPremises: "it is synchronised from on premises"
    case .mailEnabled: "it is mail-enabled"
    case .roleAssignable: "it can be assigned to directory roles"
    }
  }
}
