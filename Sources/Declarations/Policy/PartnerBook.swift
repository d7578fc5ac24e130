package import Access

/// The partners, found by the domain of an address: the longest match decides.
package struct PartnerBook: Hashable, Sendable {
  package private(set) var partners: [PartnerName: PartnerPolicy] = [:]
  private var owners = PartnerDomains()

  package init() {}

  package subscript(_ name: PartnerName) -> PartnerPolicy? { partners[name] }

  /// Every domain and pattern of every partner.
  package var domains: [String] { partners.values.flatMap(\.partner.domains) }

  /// The partner of a domain in the compared form.
  package func partner(ofDomain domain: some StringProtocol) -> PartnerName? {
    owners.partner(of: domain)
  }

  /// Adds a partner; the names of those that claim one of its domains already.
  mutating func add(_ policy: PartnerPolicy) -> [(domain: String, other: PartnerName)] {
    let name = policy.partner.name
    partners[name] = policy
    var taken: [(domain: String, other: PartnerName)] = []
    for domain in policy.partner.domains {
      if let other = owners.claim(domain, for: name) { taken.append((domain, other)) }
    }
    return taken
  }
}

/// A partner organisation with everything that it asks of its guests and gives them.
package struct PartnerPolicy: Hashable, Sendable {
  package var partner: Partner
  package var invitation: InvitationOverrides
  /// What every guest of the partner gets.
  package var included: [GrantEntry]
  /// What would be given if it had no fault.
  var skipped: [SkippedGrant]
  /// `nil` is anything in the catalog.
  package var allows: Allowance?
  package var stay: Moment.Span?
  package var guestLimit: Int?
  /// Where the limit on the number of guests is.
  package var guestLimitPlace: SourcePlace?
  package var requires: Set<Requirement>
}
