import Access
import Testing

@Suite struct IdentityTests {
  @Test func `an identifier reads in either case and prints in lower case`() {
    let text = "5B2A9C3E-0000-4000-8000-0000000000FF"
    #expect(TenantID(text)?.description == "5b2a9c3e-0000-4000-8000-0000000000ff")
    #expect(TenantID(text) == TenantID("5b2a9c3e-0000-4000-8000-0000000000ff"))
  }

  @Test(arguments: [
    "", "5b2a9c3e", "5b2a9c3e-0000-4000-8000-0000000000f", "5b2a9c3e-0000-4000-8000-0000000000fff",
    "5b2a9c3e00000-4000-8000-0000000000ff", "5b2a9c3g-0000-4000-8000-0000000000ff",
    "{5b2a9c3e-0000-4000-8000-0000000000f}",
  ])
  func `what is not a GUID is refused`(text: String) { #expect(GUID(text) == nil) }

  @Test func `identifiers order as they print`() throws {
    let texts = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0001-0000-000000000000"]
    let guids = texts.compactMap { GUID($0) }
    #expect(guids[0] < guids[1])
    #expect(guids.map(\.description) == texts)
  }

  @Test(arguments: ["", "@", "a@", "@b", "a@b@c", "plain"])
  func `what is not an address is refused`(text: String) {
    #expect(EmailAddress(normalised: text) == nil)
  }

  @Test func `an address knows its parts`() throws {
    let address = try #require(EmailAddress(normalised: "ana@fabrikam.example"))
    #expect(address.localPart == "ana")
    #expect(address.domain == "fabrikam.example")
  }

  @Test(arguments: ["abc", String(repeating: "g", count: 40), String(repeating: "A", count: 40)])
  func `what is not a commit is refused`(text: String) { #expect(CommitID(hex: text) == nil) }

  @Test func `a redeem address prints nowhere`() {
    let secret = RedeemURL("https://login.example/redeem?ticket=abc")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in [
      "\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)",
    ] {
      #expect(!text.contains("ticket"))
    }
    #expect(secret.reveal().contains("ticket"))
  }
}
