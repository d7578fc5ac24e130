/// What a plan needs to know of a tenant.
package struct ObservationScope: Hashable, Sendable {
  package var apps: Set<AppID>
  package var groups: Set<GroupID>
  package var packages: Set<AccessPackageID>
  /// Addresses that must be found wherever they are: the list of guests is searched first, then
  /// all users, and deleted items.
  package var addresses: Set<EmailAddress>
  /// Accounts that must be read even if no list of guests holds them.
  package var accounts: Set<UserID>
  /// Whether soft-deleted accounts are read.
  package var readsDeleted: Bool
  package var readsSponsors: Bool
  /// Whether the list of all guests is read; a second look at a tenant does not need it.
  package var readsGuests: Bool
  /// Whether everything is read that any guest holds, named above or not, with the guests that hold it.
  package var readsHoldings = false
  /// Accounts of which it must be known whether they hold a directory role, and no more.
  package var directoryRoles: Set<UserID>
  /// Guests whose ties (directory roles, owned objects, other access) must be known.
  package var ties: Set<UserID>
  /// What earlier readings of the same tenant know: access to it is not a tie.
  package var known = Known()

  package init(
    apps: Set<AppID> = [],
    groups: Set<GroupID> = [],
    packages: Set<AccessPackageID> = [],
    addresses: Set<EmailAddress> = [],
    accounts: Set<UserID> = [],
    readsDeleted: Bool = false,
    readsSponsors: Bool = false,
    readsGuests: Bool = true,
    directoryRoles: Set<UserID> = [],
    ties: Set<UserID> = []
  ) {
    self.apps = apps
    self.groups = groups
    self.packages = packages
    self.addresses = addresses
    self.accounts = accounts
    self.readsDeleted = readsDeleted
    self.readsSponsors = readsSponsors
    self.readsGuests = readsGuests
    self.directoryRoles = directoryRoles
    self.ties = ties
  }

  /// Groups and apps that were read already and are not read again.
  package struct Known: Hashable, Sendable {
    package var groups: Set<GroupID> = []
    package var apps: Set<ServicePrincipalID> = []

    package init() {}

    /// Everything that a tenant was seen to have, with what its access packages bring along.
    package init(_ state: TenantState) {
      groups = Set(state.groups.keys)
      for case .group(let id) in state.packages.values.flatMap(\.resources) { groups.insert(id) }
      apps = Set(state.apps.values.map(\.servicePrincipal))
    }
  }
}
