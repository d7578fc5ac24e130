/// The tenant that a repository names, and how it may be written to.
package struct TenantDeclaration: Hashable, Sendable {
  package var id: TenantID
  package var name: String
  /// The tenant's own domains, in the compared form; nobody at one of them is a guest.
  package var domains: Set<String>
  package var cloud: Cloud
  /// The one branch from which the tenant is written, without `refs/heads/`.
  package var ref: String
  /// False where another repository owns the accounts and this one only grants.
  package var ownsAccounts: Bool

  package init(
    id: TenantID,
    name: String,
    domains: Set<String>,
    cloud: Cloud = .global,
    ref: String = "main",
    ownsAccounts: Bool = true
  ) {
    self.id = id
    self.name = name
    self.domains = domains
    self.cloud = cloud
    self.ref = ref
    self.ownsAccounts = ownsAccounts
  }

  /// The national clouds of FACTS section 10.
  package enum Cloud: String, Hashable, Sendable, CaseIterable {
    case global, usgov, dod, china
  }
}
