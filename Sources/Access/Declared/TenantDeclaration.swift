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

/// A declared pause: until its end, plans and reports are made and only blocks are written.
package struct Suspension: Hashable, Sendable {
  package var until: Moment
  package var reason: String

  package init(until: Moment, reason: String) {
    self.until = until
    self.reason = reason
  }
}

/// Where reports link to: addresses of a forge with a placeholder.
package struct ReportLinks: Hashable, Sendable {
  /// Holds `{sha}`.
  package var commit: String?
  /// Holds `{number}`.
  package var pull: String?
  /// Holds `{sha}`, `{path}` and `{line}`: a line of a file as it is in a commit.
  package var file: String?

  package init(commit: String? = nil, pull: String? = nil, file: String? = nil) {
    self.commit = commit
    self.pull = pull
    self.file = file
  }
}
