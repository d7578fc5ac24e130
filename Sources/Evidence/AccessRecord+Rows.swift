package import Access

extension AccessRecord {
  /// Who has what, and who is declared to have what, each leading back to its commit.
  ///
  /// A row for each guest account and each thing that it holds directly, and one for each declared
  /// thing that is not held; what reaches a guest through a group is listed with the group. Ordered
  /// by guest, then by resource.
  package func rows(desired: DesiredState, observed: TenantState) -> [AccessRow] {
    let declared = Set(desired.guests.map(\.address))
    var rows: [AccessRow] = []
    var seen: Set<EntryKey> = []
    var owners: [UserID: EmailAddress] = [:]
    for account in observed.accounts.values where account.userType == .guest {
      let guest = address(of: account, declared)
      owners[account.id] = guest
      rows.append(row(guest, account.id, nil, isHeld: true, &seen))
    }
    for (account, resource) in Self.held(observed)
    where observed.accounts[account]?.userType == .guest {
      rows.append(row(owners[account], account, resource, isHeld: true, &seen))
    }
    let accounts = Dictionary(owners.map { ($0.value, $0.key) }, uniquingKeysWith: min)
    for entry in desired.guests {
      let account = accounts[entry.address]
      for resource in [nil] + entry.grants.map({ Optional($0.resource) })
      where !seen.contains(Self.key(entry.address, resource)) {
        rows.append(row(entry.address, account, resource, isHeld: false, &seen))
      }
    }
    return rows.sorted(by: Self.isBefore)
  }

  private func row(
    _ guest: EmailAddress?,
    _ account: UserID?,
    _ resource: Resource?,
    isHeld: Bool,
    _ seen: inout Set<EntryKey>
  ) -> AccessRow {
    let key = guest.map { Self.key($0, resource) }
    if let key { seen.insert(key) }
    return AccessRow(
      guest: guest,
      account: account,
      resource: resource,
      isHeld: isHeld,
      attribution: key.map(attribution)
    )
  }

  private static func key(_ guest: EmailAddress, _ resource: Resource?) -> EntryKey {
    resource.map { .grant(GrantKey(guest: guest, resource: $0)) } ?? .guest(guest)
  }

  /// The address by which the declarations know an account: of those declared now, else of those
  /// ever declared, else of all, the first in order.
  private func address(
    of account: Account,
    _ declared: Set<EmailAddress>
  ) -> EmailAddress? {
    let addresses = account.addresses.sorted()
    return addresses.first { declared.contains($0) }
      ?? addresses.first { attribution(of: .guest($0)).status != .neverDeclared }
      ?? addresses.first
  }

  /// Everything that users hold directly.
  private static func held(_ observed: TenantState) -> [(UserID, Resource)] {
    var held: [(UserID, Resource)] = []
    for app in observed.apps.values {
      let roles = Dictionary(
        app.roles.map { ($0.id, $0.value) },
        uniquingKeysWith: { one, _ in one }
      )
      for assignment in app.assignments {
        guard case .user(let user) = assignment.principal else { continue }
        let isDefault = assignment.role == .defaultAccess
        // A role that the app no longer defines is still held; its identifier is shown instead of
        // its name.
        let role =
          roles[assignment.role]
          ?? (isDefault ? .defaultAccess : RoleValue(assignment.role.description))
        held.append((user, .appRole(app.id, role)))
      }
    }
    for group in observed.groups.values {
      for member in group.members { held.append((member, .group(group.id))) }
    }
    for package in observed.packages.values {
      for user in package.assignments.keys { held.append((user, .package(package.id))) }
    }
    return held
  }

  private static func isBefore(_ left: AccessRow, _ right: AccessRow) -> Bool {
    // Rows without an address come last, by account; the guest itself before what it holds.
    switch (left.guest, right.guest) {
    case (let one?, let other?) where one != other: return one < other
    case (nil, _?): return false
    case (_?, nil): return true
    default: break
    }
    if left.account != right.account, let one = left.account, let other = right.account {
      return one < other
    }
    switch (left.resource, right.resource) {
    case (let one?, let other?): return one < other
    case (nil, _?): return true
    default: return false
    }
  }
}

/// One line of access: what one guest holds, or is declared to hold, and why.
package struct AccessRow: Hashable, Sendable {
  /// The address by which the declarations know the guest, else the first of the account's; `nil`
  /// for an account without any.
  package var guest: EmailAddress?
  /// `nil` where the guest has no account.
  package var account: UserID?
  /// `nil` for the guest's account itself.
  package var resource: Resource?
  package var isHeld: Bool
  /// `nil` for an account without an address, which no declaration can mean.
  package var attribution: Attribution?
}
