/// What a tenant was seen to hold, as far as a plan needs it.
package struct TenantState: Hashable, Sendable {
  package var tenant: TenantID
  /// The service's own clock when the reading began (its `Date` header); `nil` where it sent none.
  package var serviceTime: Moment?
  /// Every guest of the tenant, and every other account that a look-up of an address found.
  package var accounts: AccountTable
  /// Soft-deleted accounts; `nil` where they were not read.
  package var deleted: [UserID: DeletedAccount]?
  package var apps: [AppID: ObservedApp]
  package var groups: [GroupID: ObservedGroup]
  package var packages: [AccessPackageID: ObservedPackage]
  /// Addresses that were looked up over all users and deleted items, besides the list of guests.
  package var lookedUp: Set<EmailAddress>
  package var cost: ReadCost

  package init(
    tenant: TenantID,
    serviceTime: Moment? = nil,
    accounts: AccountTable = [],
    deleted: [UserID: DeletedAccount]? = nil,
    apps: [AppID: ObservedApp] = [:],
    groups: [GroupID: ObservedGroup] = [:],
    packages: [AccessPackageID: ObservedPackage] = [:],
    lookedUp: Set<EmailAddress> = [],
    cost: ReadCost = ReadCost()
  ) {
    self.tenant = tenant
    self.serviceTime = serviceTime
    self.accounts = accounts
    self.deleted = deleted
    self.apps = apps
    self.groups = groups
    self.packages = packages
    self.lookedUp = lookedUp
    self.cost = cost
  }
}
