/// What one commit declares, after every rule that needs nothing but the repository.
///
/// Entries that broke a rule are not among `guests`: their addresses are in `withheld`, and nothing
/// is given to them or taken from them (DESIGN section 4).
package struct DesiredState: Hashable, Sendable {
  package var tenant: TenantDeclaration
  package var lifecycle: Lifecycle
  package var limits: GuardLimits
  package var catalog: Catalog
  package var partners: [PartnerName: Partner]
  /// Ordered by address; no address twice.
  package var guests: [GuestEntry]
  package var removed: [RemovalEntry]
  package var withheld: [WithheldEntry]
  package var suspension: Suspension?
  /// Sets of resources of which no guest may hold two.
  package var separation: [Set<Resource>]
  package var exceptions: [RuleException]
  package var links: ReportLinks
  /// False where a file does not parse or a key outside an entry is unknown: then only the blocks
  /// and the passed end dates that could be read are carried out, and nothing else is written.
  package var isUsable = true

  package init(
    tenant: TenantDeclaration,
    lifecycle: Lifecycle = Lifecycle(),
    limits: GuardLimits = GuardLimits(),
    catalog: Catalog = Catalog(),
    partners: [PartnerName: Partner] = [:],
    guests: [GuestEntry] = [],
    removed: [RemovalEntry] = [],
    withheld: [WithheldEntry] = [],
    suspension: Suspension? = nil,
    separation: [Set<Resource>] = [],
    exceptions: [RuleException] = [],
    links: ReportLinks = ReportLinks()
  ) {
    self.tenant = tenant
    self.lifecycle = lifecycle
    self.limits = limits
    self.catalog = catalog
    self.partners = partners
    self.guests = guests
    self.removed = removed
    self.withheld = withheld
    self.suspension = suspension
    self.separation = separation
    self.exceptions = exceptions
    self.links = links
  }
}
