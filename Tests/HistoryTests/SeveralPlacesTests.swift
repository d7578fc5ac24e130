import Access
import TestSupport
import Testing

/// Entries that stand twice, above one another, or elsewhere than before.
@Suite struct SeveralPlacesTests {
  private static func grants(_ viewers: String...) -> String {
    "grants:\n  wiki:\n    Reader:\n" + viewers.map { "      - \($0)\n" }.joined()
  }

  private static func key(_ name: String) throws -> EntryKey {
    let guest = try #require(EmailAddress(normalised: "\(name)@f.example"))
    let app = try #require(AppID(World.wiki))
    return .grant(GrantKey(guest: guest, resource: .appRole(app, RoleValue("Reader"))))
  }

  @Test func `a holder who stands twice lives as long as one of them, and changes with each`()
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
    let ana = try Self.key("ana")
    for (revision, step) in [("main~4", 1), ("main~3", 2), ("main~2", 2), ("main~1", 4)] {
      #expect(try world.read(revision).changed[ana] == step, "\(revision)")
    }
  }

  @Test(arguments: ["", "\"removed\": []\n"])
  func `an entry stands where it stands first`(_ more: String) async throws {
    let world = try await World()
    // Cut into pieces or, with a quoted key at the top, not.
    let guests = "guests:\n  - {email: ana@f.example, apps: [\"wiki:Reader\"]}\n"
    let grants = Self.grants("bo@f.example", "ana@f.example")
    try await world.begin(["above.yaml": grants + guests + more])
    let place = try world.read().intervals[Self.key("ana")]?.first?.opened.place
    #expect(place == SourcePlace(file: "above.yaml", line: 5, column: 9))
  }

  @Test func `an order that stands twice ends with the last of them`() async throws {
    let world = try await World()
    func orders(_ reasons: String...) -> String {
      "removed:\n" + reasons.map { "  - {email: x@f.example, reason: \($0)}\n" }.joined()
    }
    try await world.begin(["a.yaml": orders("one", "two"), "b.yaml": orders("three")])
    try await world.commit("first", ["a.yaml": orders("two")])
    try await world.commit("file", ["b.yaml": nil])
    try await world.commit("last", ["a.yaml": nil])
    let guest = try #require(EmailAddress(normalised: "x@f.example"))
    for (revision, step) in [("main~3", 0), ("main~2", 1), ("main~1", 2), ("main", nil)] {
      #expect(try world.read(revision).removals[guest] == step, "\(revision)")
    }
    // The same from what was kept on the way, of files that nobody reads again unasked.
    try await world.git.git("branch", "kept", "main~3")
    for revision in ["main~3", "main~2", "main~1", "main"] {
      try await world.git.git("branch", "--force", "kept", revision)
      #expect(try world.read("kept", cache: "cache") == world.read(revision), "\(revision)")
    }
  }

  @Test func `a holder who stands in two files is remembered by both`() async throws {
    let world = try await World()
    let grants = Self.grants("ana@f.example")
    try await world.begin(["a.yaml": grants, "b.yaml": grants])
    try await world.commit("first", ["a.yaml": nil])
    try await world.commit("last", ["b.yaml": nil])
    for revision in ["main~2", "main~1", "main"] {
      try await world.git.git("branch", "--force", "kept", revision)
      #expect(try world.read("kept", cache: "cache") == world.read(revision), "\(revision)")
    }
    #expect(try world.read("main~1").changed[Self.key("ana")] == 1)
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
    #expect(history.changed == [key: 1])
  }
}
