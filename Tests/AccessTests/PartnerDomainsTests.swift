import Access
import Testing

struct PartnerDomainsTests {
  private static let domains: PartnerDomains = {
    var domains = PartnerDomains()
    for (domain, name) in [
      ("fabrikam.example", "fabrikam"), ("*.fabrikam.example", "below"),
      ("*.eu.fabrikam.example", "europe"), ("lab.eu.fabrikam.example", "lab"), ("*", "anybody"),
    ] {
      _ = domains.claim(domain, for: PartnerName(name))
    }
    return domains
  }()

  @Test(arguments: [
    ("fabrikam.example", "fabrikam"), ("x.fabrikam.example", "below"),
    ("x.y.fabrikam.example", "below"), ("eu.fabrikam.example", "below"),
    ("x.eu.fabrikam.example", "europe"), ("lab.eu.fabrikam.example", "lab"),
    ("x.lab.eu.fabrikam.example", "europe"), ("notfabrikam.example", "anybody"), ("", "anybody"),
  ])
  func `the longest match decides`(domain: String, name: String) {
    #expect(Self.domains.partner(of: domain) == PartnerName(name))
  }

  @Test func `without a partner for any address some belong to nobody`() {
    var domains = PartnerDomains()
    #expect(domains.claim("*.fabrikam.example", for: PartnerName("below")) == nil)
    #expect(domains.partner(of: "fabrikam.example") == nil)
    #expect(domains.partner(of: "elsewhere.example") == nil)
  }

  @Test func `a domain stays with the first that claims it`() {
    var domains = PartnerDomains()
    for domain in ["a.example", "*.a.example", "*"] {
      #expect(domains.claim(domain, for: PartnerName("one")) == nil)
      #expect(domains.claim(domain, for: PartnerName("two")) == PartnerName("one"))
    }
    #expect(domains.partner(of: "a.example") == PartnerName("one"))
  }
}
