import Access
import Commands
import Testing

@Suite struct JournalPlaceTests {
  private static let command = CommandDescription(
    name: "apply",
    summary: "Apply",
    discussion: "Applies.",
    options: [
      Option("journal", value: "FILE", "the journal"), Option("endpoint", value: "URL", "it"),
    ],
    run: { _, _ in Outcomes() }
  )

  private func path(
    _ words: [String] = [],
    _ environment: [String: String] = [:],
    ownsAccounts: Bool = true
  ) throws -> String {
    let tenant = TenantDeclaration(
      id: TenantID(GUID(high: 1, low: 1)),
      name: "Contoso",
      domains: ["contoso.example"],
      ownsAccounts: ownsAccounts
    )
    let arguments = try Arguments(words, for: Self.command)
    let home = ["HOME": "/home/lena"].merging(environment) { _, new in new }
    return try JournalPlace(arguments, tenant, home).path
  }

  @Test func `a repository that only grants has its own journal beside the other`() throws {
    let tenant = TenantID(GUID(high: 1, low: 1))
    let folder = "/home/lena/.local/state/guestlist/\(tenant)"
    #expect(try path() == "\(folder)/journal.sqlite")
    #expect(try path(ownsAccounts: false) == "\(folder)/grants.sqlite")
  }

  @Test func `an option counts before the environment, and that before the default`() throws {
    let environment = ["GUESTLIST_JOURNAL": "/srv/journal"]
    #expect(try path([], environment) == "/srv/journal")
    #expect(try path(["--journal", "mine"], environment) == "mine")
  }

  @Test func `with an endpoint there is no default`() throws {
    let endpoint = ["GUESTLIST_ENDPOINT": "http://127.0.0.1:1"]
    #expect(throws: Failure.self) { _ = try path([], endpoint) }
    #expect(throws: Failure.self) { _ = try path(["--endpoint", "http://127.0.0.1:1"]) }
    #expect(try path(["--journal", "mine"], endpoint) == "mine")
  }
}
