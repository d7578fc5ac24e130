internal import Access
internal import Unicode

/// The domains of the tenant and of its partners, by what they look like.
struct LookalikeDomains: Sendable {
  private var bySkeleton: [String: Set<String>] = [:]
  private let known: Set<String>
  private var answers: [Substring: String?] = [:]

  init(policy: Policy) {
    var domains = policy.tenant.domains
    for domain in policy.partners.domains where domain != "*" { domains.insert(Self.base(domain)) }
    known = domains
    for domain in domains {
      bySkeleton[Lookalike.skeleton(ofDomain: domain), default: []].insert(domain)
    }
  }

  /// The domain that a domain looks like, which belongs neither to the tenant nor to a partner by
  /// its own name.
  mutating func resembled(byUnknown domain: Substring) -> String? {
    if let answer = answers[domain] { return answer }
    let text = String(domain)
    let answer = known.contains(text) ? nil : resembled(by: text)
    answers[Substring(text)] = .some(answer)
    return answer
  }

  private func resembled(by domain: String) -> String? {
    bySkeleton[Self.skeleton(of: domain)]?.filter { $0 != domain }.min()
  }

  static func skeleton(of domain: String) -> String { Lookalike.skeleton(ofDomain: domain) }

  /// The domain of a pattern.
  static func base(_ pattern: String) -> String {
    pattern.hasPrefix("*.") ? String(pattern.dropFirst(2)) : pattern
  }
}
