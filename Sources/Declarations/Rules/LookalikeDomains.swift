internal import Access
internal import Unicode

/// The domains of the tenant and of its partners, by what they look like.
struct LookalikeDomains {
  private var bySkeleton: [String: Set<String>] = [:]
  private let known: Set<String>

  init(policy: Policy) {
    var domains = policy.tenant.domains
    for domain in policy.partners.domains where domain != "*" { domains.insert(Self.base(domain)) }
    known = domains
    for domain in domains {
      bySkeleton[Lookalike.skeleton(ofDomain: domain), default: []].insert(domain)
    }
  }

  func isKnown(_ domain: String) -> Bool { known.contains(domain) }

  /// The first other domain that looks the same.
  func resembled(by pattern: String) -> String? {
    guard pattern != "*" else { return nil }
    let domain = Self.base(pattern)
    return bySkeleton[Lookalike.skeleton(ofDomain: domain)]?.filter { $0 != domain }.min()
  }

  private static func base(_ pattern: String) -> String {
    pattern.hasPrefix("*.") ? String(pattern.dropFirst(2)) : pattern
  }
}
