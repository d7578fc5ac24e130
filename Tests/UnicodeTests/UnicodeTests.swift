import Testing

@testable import Unicode

struct TextFormTests {
  @Test(
    arguments: [
      ("Ana", "ana"), ("ÄÖÜ", "äöü"), ("straße", "strasse"),
      ("ΣΑΣ", "σας".replacing("ς", with: "σ")),
      ("I", "i"), ("\u{130}", "i\u{307}"), ("e\u{301}", "é"), ("ﬁ", "fi"), ("", ""),
    ]
  )
  func `capitals and forms do not tell texts apart`(_ text: String, _ folded: String) {
    #expect(TextForm.folded(text).map { Array($0.utf8) } == Array(folded.utf8))
  }

  @Test func `composing is idempotent and changes bytes, not meaning`() throws {
    for text in ["jose\u{301}", "\u{212B}", "한국", "a\u{323}\u{307}", "ascii"] {
      let once = try #require(TextForm.composed(text))
      #expect(TextForm.composed(once).map { Array($0.utf8) } == Array(once.utf8))
      #expect(once == text)
    }
  }
}

struct DomainNameTests {
  @Test(
    arguments: [
      ("Contoso.Example", "contoso.example"), ("bücher.example", "xn--bcher-kva.example"),
      ("BÜCHER.example", "xn--bcher-kva.example"),
      ("xn--bcher-kva.example", "xn--bcher-kva.example"),
      ("faß.example", "xn--fa-hia.example"), ("a-b.example", "a-b.example"),
      ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("例え.example", "xn--r8jz45g.example"),
      ("a。example", "a.example"),
    ]
  )
  func `a domain has one form`(_ text: String, _ ascii: String) {
    #expect(DomainName.ascii(text) == ascii)
  }

  @Test(
    arguments: [
      "", ".", "a..b", ".a", "a.", "-a.example", "a-.example", "a_b.example", "a b.example",
      "xn--.example", "xn--a\u{FC}.example", "xn--zzzzzzzz99.example", "a\u{0}b.example",
      "a/b.example", "\u{2100}.example", "fabri\u{AD}kam.example", "a\u{200D}b.example",
      "a\u{202E}b.example", String(repeating: "a", count: 64) + ".example",
      String(repeating: "a.", count: 127) + "example", "*.example",
    ]
  )
  func `what is not a domain has no compared form`(_ text: String) {
    #expect(DomainName.ascii(text) == nil)
  }
}

struct LookalikeTests {
  @Test(
    arguments: [
      ("fabrikam.example", "fabrlkam.example"), ("fabrikam.example", "fabr1kam.example"),
      ("fabrikam.example", "fаbrikam.example"), ("modern.example", "modem.example"),
      ("wingtip.example", "vvingtip.example"), ("contoso.example", "c0ntoso.example"),
      ("cafe.example", "café.example"), ("contoso.example", "сontoso.example"),
    ]
  )
  func `names that can be taken for one another have one skeleton`(
    _ one: String,
    _ other: String
  )
    throws
  {
    let left = try #require(DomainName.ascii(one))
    let right = try #require(DomainName.ascii(other))
    #expect(Lookalike.skeleton(ofDomain: left) == Lookalike.skeleton(ofDomain: right))
  }

  @Test func `names that nobody confuses have different skeletons`() {
    let names = ["fabrikam.example", "contoso.example", "litware.example", "tailspin.example"]
    #expect(Set(names.map { Lookalike.skeleton(ofDomain: $0) }).count == names.count)
  }
}

extension String {
  fileprivate func replacing(_ part: Character, with other: Character) -> String {
    String(map { $0 == part ? other : $0 })
  }
}
