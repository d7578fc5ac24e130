package import Access

/// The partners, found by the domain of an address: the longest match decides.
package struct PartnerBook: Hashable, Sendable {
  package private(set) var partners: [PartnerName: PartnerPolicy] = [:]
  private var exact: [String: PartnerName] = [:]
  /// By the domain behind `*.`.
  private var below: [String: PartnerName] = [:]
  private var anybody: PartnerName?

  package init() {}

  package subscript(_ name: PartnerName) -> PartnerPolicy? { partners[name] }

  /// Every domain and pattern of every partner.
  package var domains: [String] { partners.values.flatMap(\.domains) }

  /// The partner of a domain in the compared form.
  package func partner(ofDomain domain: some StringProtocol) -> PartnerName? {
    let domain = String(domain)
    if let name = exact[domain] { return name }
    if !below.isEmpty {
      var rest = domain[...]
      while let dot = rest.firstIndex(of: ".") {
        rest = rest[rest.index(after: dot)...]
        if let name = below[String(rest)] { return name }
      }
    }
    return anybody
  }

  /// Takes the places of partners that another book has too.
  mutating func takePlaces(from other: PartnerBook) {
    for (name, policy) in other.partners where partners[name] != nil {
      partners[name]?.partner.place = policy.partner.place
      partners[name]?.guestLimitPlace = policy.guestLimitPlace
    }
  }

  /// Adds a partner; the names of those that claim one of its domains already.
  mutating func add(_ policy: PartnerPolicy) -> [(domain: String, other: PartnerName)] {
    let name = policy.partner.name
    partners[name] = policy
    var taken: [(domain: String, other: PartnerName)] = []
    for domain in policy.domains {
      if domain == "*" {
        if let other = anybody { taken.append((domain, other)) } else { anybody = name }
      } else if domain.hasPrefix("*.") {
        let base = String(domain.dropFirst(2))
        if let other = below[base] { taken.append((domain, other)) } else { below[base] = name }
      } else if let other = exact[domain] {
        taken.append((domain, other))
      } else {
        exact[domain] = name
      }
    }
    return taken
  }
}
