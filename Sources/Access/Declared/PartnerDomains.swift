/// Which partner a domain belongs to: the longest match decides.
package struct PartnerDomains: Hashable, Sendable {
  private var exact: [String: PartnerName] = [:]
  /// By the domain behind `*.`.
  private var below: [String: PartnerName] = [:]
  private var anybody: PartnerName?

  package init() {}

  /// Takes the domains of every partner; one that two claim goes to the first by name.
  package init(_ partners: [PartnerName: Partner]) {
    for (name, partner) in partners.sorted(by: { $0.key < $1.key }) {
      for domain in partner.domains { _ = claim(domain, for: name) }
    }
  }

  /// The partner of a domain in the compared form.
  package func partner(of domain: some StringProtocol) -> PartnerName? {
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

  /// Gives a domain, `*.` before a domain, or `*` to a partner; returns the one that has it already
  /// and keeps it.
  package mutating func claim(_ domain: String, for name: PartnerName) -> PartnerName? {
    if domain == "*" { return Self.claim(&anybody, for: name) }
    if domain.hasPrefix("*.") {
      return Self.claim(&below[String(domain.dropFirst(2))], for: name)
    }
    return Self.claim(&exact[domain], for: name)
  }

  private static func claim(_ holder: inout PartnerName?, for name: PartnerName) -> PartnerName? {
    let other = holder
    holder = other ?? name
    return other
  }
}
