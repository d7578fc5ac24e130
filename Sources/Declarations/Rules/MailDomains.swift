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

/// Domains at which anybody can have an address.
enum PublicMailDomains {
  /// Tells whether a domain, or the one behind `*.`, is such a domain.
  static func contains(_ pattern: String) -> Bool { known.contains(LookalikeDomains.base(pattern)) }

  private static let known: Set<String> = [
    "126.com", "163.com", "aol.com", "fastmail.com", "free.fr", "gmail.com", "gmx.at", "gmx.ch",
    "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com", "hotmail.de",
    "hotmail.fr", "hotmail.it", "icloud.com", "laposte.net", "libero.it", "live.com", "live.se",
    "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com",
    "outlook.de", "outlook.fr", "pm.me", "proton.me", "protonmail.com", "qq.com", "rocketmail.com",
    "t-online.de", "tutanota.com", "uol.com.br", "wanadoo.fr", "web.de", "yahoo.co.in",
    "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.com", "yandex.ru",
    "ymail.com", "zoho.com",
  ]
}
