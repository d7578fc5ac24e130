internal import Access
internal import YAML

extension FileDecoder {
  mutating func guards(_ node: Node) -> GuardLimits? {
    guard let fields = fields(of: node, GuardsKey.self) else { return nil }
    var limits = GuardLimits()
    for (key, value) in fields {
      switch key {
      case .removals: removals(value, &limits)
      case .expiries: limits.expiredGuests = guestCount(value) ?? limits.expiredGuests
      case .invitations: limits.invitedGuests = guestCount(value) ?? limits.invitedGuests
      case .grants: limits.grants = grantCount(value) ?? limits.grants
      case .identityChanges: limits.identityChanges = guestCount(value) ?? limits.identityChanges
      case .loosened:
        limits.loosened = choice(value, "loosened", GuardLimits.Loosened.self) ?? .hold
      case .protected:
        for item in items(value) {
          if let address = address(item, "protected") { limits.protected.insert(address) }
        }
      }
    }
    return limits
  }

  private mutating func removals(_ node: Node, _ limits: inout GuardLimits) {
    for (key, value) in fields(of: node, RemovalsKey.self) ?? [] {
      switch key {
      case .guests: limits.removedGuests = integer(value, "guests") ?? limits.removedGuests
      case .percent:
        limits.removedPercent = integer(value, "percent", in: 0...100) ?? limits.removedPercent
      case .floor: limits.removedFloor = integer(value, "floor") ?? limits.removedFloor
      }
    }
  }

  private mutating func guestCount(_ node: Node) -> Int? {
    guard let field = fields(of: node, GuestCountKey.self)?.first else { return nil }
    return integer(field.value, "guests")
  }

  private mutating func grantCount(_ node: Node) -> Int? {
    guard let field = fields(of: node, GrantCountKey.self)?.first else { return nil }
    return integer(field.value, "count")
  }

  mutating func authority(_ node: Node) {
    for (name, value) in named(node, "authority", "paths to what their files may declare") {
      guard let glob = text(name, "authority") else { continue }
      if PathGlob(glob) == nil {
        report(.wrongValue, "`\(shown(name))` is not a path pattern below the folder", at: name)
        continue
      }
      var authority = AuthorityDeclaration(glob: glob)
      for (key, list) in fields(of: value, AuthorityKey.self) ?? [] {
        switch key {
        case .partners: authority.partners = names(list, "partners")
        case .apps:
          authority.allowance.apps = items(list).compactMap { resource($0, anyRole: true) }
        case .groups: authority.allowance.groups = names(list, "groups")
        case .packages: authority.allowance.packages = names(list, "packages")
        }
      }
      declared.authority.append(Marked(value: authority, mark: mark(name)))
    }
  }
}
