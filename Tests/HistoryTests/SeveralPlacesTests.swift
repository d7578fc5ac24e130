import Access
import TestSupport
import Testing

/// Entries that are declared twice, above one another, or elsewhere than before.
@Suite struct SeveralPlacesTests {
  private static func grants(_ viewers: String...) -> String {
    "grants:\n  wiki:\n    Reader:\n" + viewers.map { "      - \($0)\n" }.joined()
  }

  private static func key(_ name: String) throws -> EntryKey {
    let guest = try #require(EmailAddress(normalised: "\(name)@f.example"))
    let app = try #require(AppID(World.wiki))
    return .grant(GrantKey(guest: guest, resource: .appRole(app, RoleValue("Reader"))))
  }

  @Test func `a holder who is declared twice stays as long as one of them, and changes with each`()
    async throws
  {
    let world = try await World()
    try await world.begin(["roles.yaml": Self.grants("ana@f.example", "bo@f.example")])
    let limited = "{guest: ana@f.example, expires: 30d}"
    try await world.commit(
      "twice",
      [
        "roles.yaml": Self.grants("ana@f.example", "bo@f.example", limited)
      ]
    )
    try await world.commit("once", ["roles.yaml": Self.grants("ana@f.example", "bo@f.example")])
    try await world.commit("other", ["roles.yaml": Self.grants("ana@f.example")])
    try await world.commit(
      "elsewhere",
      [
        "more.yaml": Self.grants("ana@f.example"), "roles.yaml": Self.grants("bo@f.example"),
      ]
    )
    try await world.commit("nobody", ["more.yaml": nil, "roles.yaml": Self.grants()])
    let lives = try world.read().lives
    #expect(
      lives == ["ana wiki:Reader: begin–nobody", "bo wiki:Reader: begin–other, elsewhere–nobody"]
    )
  }

  @Test func `the place of an entry is its first`() async throws {
    let world = try await World()
    let guests = "guests:\n  - {email: ana@f.example, apps: [\"wiki:Reader\"]}\n"
    let grants = Self.grants("bo@f.example", "ana@f.example")
    try await world.begin(["above.yaml": grants + guests])
    let place = try world.read().intervals[Self.key("ana")]?.first?.opened.place
    #expect(place == SourcePlace(file: "above.yaml", line: 5, column: 9))
  }

  @Test func `a holder who is in two files is remembered by both`() async throws {
    let world = try await World()
    let grants = Self.grants("ana@f.example")
    try await world.begin(["a.yaml": grants, "b.yaml": grants])
    try await world.commit("first", ["a.yaml": nil])
    try await world.commit("last", ["b.yaml": nil])
    for revision in ["main~2", "main~1", "main"] {
      try await world.git.git("branch", "--force", "kept", revision)
      #expect(try world.read("kept", cache: "cache") == world.read(revision), "\(revision)")
    }
  }

  @Test func `a catalog that names another group moves its holders there`() async throws {
    let world = try await World()
    let section = "grants:\n  suppliers:\n    - ana@f.example\n"
    try await world.begin(["roles.yaml": section])
    let other = World.catalog.replacing(World.suppliers, with: World.otherTenant)
    try await world.commit("renamed", ["catalog.yaml": other])
    let guest = try #require(EmailAddress(normalised: "ana@f.example"))
    let group = try #require(GroupID(World.otherTenant))
    let key = EntryKey.grant(GrantKey(guest: guest, resource: .group(group)))
    let history = try world.read()
    #expect(history.intervals[key]?.first?.opened.step == 1)
  }
}
