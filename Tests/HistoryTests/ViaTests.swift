import Access
import TestSupport
import Testing

/// A role that is given `via` a group declares the membership as long as the catalog says so.
@Suite struct ViaTests {
  private static let readers = "7a000000-0000-4000-8000-000000000021"
  private static let other = "7a000000-0000-4000-8000-000000000022"

  private static func catalog(_ wiki: String?) -> String {
    """
    apps:
      expenses: {appId: \(World.expenses), via: {Submitter: readers}}
    \(wiki.map { "  wiki: {appId: \(World.wiki)\($0)}" } ?? "")
    groups:
      readers: {id: \(readers)}
      other: {id: \(other)}

    """
  }

  private static let via = ", via: {Reader: readers}"

  /// Reads the life of Ana's membership of a group.
  private static func intervals(_ world: World, _ group: String) throws -> [DeclaredInterval] {
    let ana = try #require(EmailAddress(normalised: "ana@f.example"))
    let resource = Resource.group(try #require(GroupID(group)))
    let key = EntryKey.grant(GrantKey(guest: ana, resource: resource))
    return try world.read().intervals[key] ?? []
  }

  private static let reader = Resource.appRole(
    AppID(World.wiki) ?? AppID(GUID(high: 0, low: 0)),
    RoleValue("Reader")
  )

  @Test(arguments: [nil, "", ", via: {Writer: readers}"])
  func `dropping the app or its via, or giving another role so, ends the membership`(
    _ wiki: String?
  ) async throws {
    let world = try await World()
    let guests = World.guests("ana@f.example, apps: [\"wiki:Reader\"]")
    try await world.begin(["catalog.yaml": Self.catalog(Self.via), "p.yaml": guests])
    try await world.commit("changed", ["catalog.yaml": Self.catalog(wiki)])
    let membership = try Self.intervals(world, Self.readers)
    #expect(membership.map(\.opened.step) == [0])
    #expect(membership.map(\.closed?.step) == [1])
    #expect(membership.map(\.via) == [[Self.reader]])
    #expect(membership.first?.opened.place?.file == "p.yaml")
    let role = wiki == nil ? "ana wiki:Reader: begin–changed" : "ana wiki:Reader: begin–"
    #expect(try world.read().lives(of: "ana").contains(role))
  }

  @Test func `another group behind a role takes the membership over`() async throws {
    let world = try await World()
    let guests = World.guests("ana@f.example, apps: [\"wiki:Reader\"]")
    try await world.begin(["catalog.yaml": Self.catalog(Self.via), "p.yaml": guests])
    try await world.commit(
      "changed",
      ["catalog.yaml": Self.catalog(", via: {Reader: other}")]
    )
    #expect(try Self.intervals(world, Self.readers).map(\.closed?.step) == [1])
    let membership = try Self.intervals(world, Self.other)
    #expect(membership.map(\.opened.step) == [1] && membership.map(\.closed) == [nil])
  }

  @Test func `every role that gives a membership is named until the membership is declared itself`()
    async throws
  {
    let world = try await World()
    func guests(_ rest: String) -> String { World.guests("ana@f.example, apps: [\(rest)]") }
    try await world.begin([
      "catalog.yaml": Self.catalog(Self.via), "p.yaml": guests("\"wiki:Reader\""),
    ])
    try await world.commit("other role", ["p.yaml": guests("\"expenses:Submitter\"")])
    let submitter = Resource.appRole(
      try #require(AppID(World.expenses)),
      RoleValue("Submitter")
    )
    #expect(try Self.intervals(world, Self.readers).map(\.via) == [[Self.reader, submitter]])
    try await world.commit(
      "itself",
      ["p.yaml": World.guests("ana@f.example, groups: readers")]
    )
    let membership = try Self.intervals(world, Self.readers)
    #expect(membership.map(\.opened.step) == [0] && membership.map(\.via) == [[]])
    #expect(membership.map(\.closed) == [nil])
  }

  @Test func `a membership that is declared itself is not marked`() async throws {
    let world = try await World()
    let guests = World.guests("ana@f.example, apps: [\"wiki:Reader\"], groups: [readers]")
    try await world.begin(["catalog.yaml": Self.catalog(Self.via), "p.yaml": guests])
    try await world.commit("no via", ["catalog.yaml": Self.catalog("")])
    let membership = try Self.intervals(world, Self.readers)
    #expect(membership.map(\.closed) == [nil] && membership.map(\.via) == [[]])
  }
}
