internal import Access

/// How far an account may be written to (DESIGN section 5, the second table).
enum AccountKind: Hashable, Sendable {
  case everything
  /// It is managed elsewhere; only access is given and taken.
  case grantsOnly(String)
  /// Nothing but a declared block.
  case blockOnly
  case nothing(PlanFinding.Kind, String)

  init(_ account: Account, partner: Partner?, ownsAccounts: Bool) {
    switch (account.userType, account.isExternal) {
    case (.contact, _): self = .nothing(.conflict, "the address belongs to a contact")
    case (.member, false): self = .nothing(.conflict, "the address belongs to a member")
    case (.member, true): self = .nothing(.externalMember, "the account was made a member")
    case (.guest, _) where account.ties?.holdsDirectoryRole ?? account.holdsDirectoryRole ?? false:
      self = .blockOnly
    case (.guest, false): self = .grantsOnly("a local account")
    case (.guest, true):
      if !ownsAccounts {
        self = .grantsOnly("another repository owns the accounts of this tenant")
      } else if partner?.accounts == .sync {
        self = .grantsOnly("the account comes from cross-tenant synchronisation")
      } else {
        self = .everything
      }
    }
  }
}
