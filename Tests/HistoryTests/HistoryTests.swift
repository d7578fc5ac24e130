import Access
import Git
import TestSupport
import Testing

@Suite struct HistoryTests {
  @Test func `an entry lives from the step that declares it to the step that no longer does`()
    async throws
  {
    let world = try await World()
    try await world.begin()
    try await world.commit("a", ["p.yaml": World.guests("ana@f.example, apps: [\"wiki:Reader\"]")])
    try await world.commit("b", ["p.yaml": World.guests("ana@f.example", "bo@f.example")])
    try await world.commit("c", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit("d", ["p.yaml": World.guests("ana@f.example", "bo@f.example")])
    let history = try world.read()
    #expect(history.chain.map(\.subject) == ["begin", "a", "b", "c", "d"])
    #expect(history.chain.allSatisfy { $0.reading == .declares })
    #expect(history.lives == ["ana: a–c, d–", "bo: b–", "ana wiki:Reader: a–b"])
    let ana = history.edges("ana@f.example")
    #expect(ana[0].opened.place == SourcePlace(file: "p.yaml", line: 2, column: 13))
    #expect(ana[0].closed?.place == SourcePlace(file: "p.yaml", line: 2, column: 13))
    #expect(!history.isShallow && !ana[0].startsAtBoundary)
    #expect(history.declared(after: 3).map(\.guest.normalised) == ["bo@f.example"])
  }

  @Test func `moves, reformatting, order, aliases, bundles and sides change no ownership`()
    async throws
  {
    let world = try await World()
    let begun = World.guests(
      "ana@f.example, apps: [\"expenses:Submitter\"], groups: [suppliers]",
      "bo@f.example, bundles: [supplier]"
    )
    try await world.begin(["p.yaml": begun])
    try await world.commit("move", ["p.yaml": nil, "deep/q.yml": begun])
    let reformatted = """
      # The same two, in another order and another layout.
      guests:
      - email: "BO@F.example"
        apps:
          - app: expenses:Submitter
        groups: [suppliers]

      - apps: ['expenses:Submitter']
        groups:
          - suppliers
        email: Ana@f.example
      """
    try await world.commit("reformat", ["deep/q.yml": reformatted])
    let renamed = World.catalog.replacing("expenses", with: "spesen")
    try await world.commit(
      "alias",
      ["catalog.yaml": renamed, "deep/q.yml": reformatted.replacing("expenses", with: "spesen")]
    )
    let sides = """
      guests:
        - {email: ana@f.example}
        - {email: bo@f.example}
      grants:
        spesen: {Submitter: [{guest: ana@f.example}, {guest: bo@f.example}]}
        suppliers: [{guest: ana@f.example}, {guest: bo@f.example}]
      """
    try await world.commit("side", ["deep/q.yml": sides])
    let partner = """
      partners:
        fabrikam: {domains: [f.example], includes: [supplier]}
      """
    try await world.commit(
      "partner",
      ["f.yaml": partner, "deep/q.yml": World.guests("ana@f.example", "bo@f.example")]
    )
    try await world.commit("renamed", ["f.yaml": partner.replacing("fabrikam", with: "fab")])
    #expect(
      try world.read().lives == [
        "ana: begin–", "bo: begin–", "ana expenses:Submitter: begin–", "ana group: begin–",
        "bo expenses:Submitter: begin–", "bo group: begin–",
      ]
    )
  }

  @Test func `a commit that cannot be read neither declares nor removes`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example", "bo@f.example")])
    try await world.commit(
      "broken",
      ["p.yaml": "guests: [\n", "q.yaml": World.guests("cy@f.example")]
    )
    try await world.commit("worse", ["r.yaml": "a: 'b"])
    try await world.commit(
      "mended",
      ["p.yaml": World.guests("bo@f.example"), "r.yaml": nil]
    )
    let history = try world.read()
    #expect(history.lives == ["ana: begin–mended", "bo: begin–", "cy: mended–"])
    guard case .unreadable(let reason) = history.chain[1].reading else {
      Issue.record("\(history.chain[1].reading)")
      return
    }
    #expect(reason.hasPrefix("p.yaml:"))
    #expect(history.chain[3].reading == .declares)
  }

  @Test func `a commit counts only for the tenant that it names`() async throws {
    let world = try await World()
    try await world.commit("before", ["../README": "nothing declared"])
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.commit("other", ["guestlist.yaml": World.root(World.otherTenant)])
    try await world.commit("more", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit("back", ["guestlist.yaml": World.root()])
    let history = try world.read()
    #expect(history.chain.map(\.reading) == [.foreign, .declares, .foreign, .foreign, .declares])
    #expect(history.lives == ["ana: begin–other", "bo: back–"])
    #expect(
      try world.read(tenant: World.otherTenant).lives == ["ana: other–more", "bo: more–back"]
    )
  }

  @Test func `a folder that moved is followed where its old place is named`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example", "bo@f.example")])
    try await world.git.git("mv", "desired-state", "access")
    try await world.git.commit("moved", files: ["access/p.yaml": World.guests("ana@f.example")])
    try await world.git.commit("later", files: ["access/q.yaml": World.guests("cy@f.example")])
    #expect(
      try world.read(folder: "access", formerly: ["old", "desired-state"]).lives == [
        "ana: begin–", "bo: begin–moved", "cy: later–",
      ]
    )
    #expect(try world.read(folder: "access").lives == ["ana: moved–", "cy: later–"])
  }

  @Test func `a shallow clone knows its boundary`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example", "bo@f.example")])
    try await world.commit("a", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit("b", ["p.yaml": World.guests("bo@f.example", "cy@f.example")])
    try await world.git.git(
      "clone",
      "--quiet",
      "--depth",
      "2",
      "file://\(world.folder.path("work"))",
      "../shallow"
    )
    let history = try world.read(at: "shallow")
    #expect(history.isShallow)
    #expect(history.lives == ["bo: a–", "cy: b–"])
    #expect(history.edges("bo@f.example").first?.startsAtBoundary == true)
    #expect(history.edges("cy@f.example").first?.startsAtBoundary == false)
    try await world.git.git("-C", "../shallow", "fetch", "--quiet", "--unshallow")
    #expect(try !world.read(at: "shallow").isShallow)
  }

  @Test func `links, submodules and files of other names declare nothing`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example"), "q.txt": "guests: ["])
    try await world.git.git("rm", "--quiet", "--cached", "desired-state/p.yaml")
    let target = try await world.git.git(["hash-object", "-w", "--stdin"], input: "x.yaml")
    try await world.git.git(
      "update-index",
      "--add",
      "--cacheinfo",
      "120000,\(target),desired-state/p.yaml"
    )
    try await world.git.git("commit", "--quiet", "--message", "link")
    #expect(try world.read().lives == ["ana: begin–link"])
  }

  @Test func `a date counts from the step that brought a later one`() async throws {
    let world = try await World()
    func ana(_ rest: String) -> String { World.guests("ana@f.example\(rest)", "bo@f.example") }
    try await world.begin(["p.yaml": ana(", reviewed: 2026-01-05")])
    try await world.commit("earlier", ["p.yaml": ana(", reviewed: 2026-01-04")])
    try await world.commit(
      "later",
      ["p.yaml": ana(", reviewed: 2026-02-01, return: 2026-02-02")]
    )
    try await world.commit("gone", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit(
      "again",
      ["p.yaml": ana(", return: \"2026-02-02\", reviewed: 2026-03-01T12:00:00+01:00")]
    )
    let address = try #require(EmailAddress(normalised: "ana@f.example"))
    func date(_ kind: DeclaredDate.Kind, _ text: String, _ step: Int) throws -> DeclaredDate {
      DeclaredDate(kind, try #require(Moment(text)), step: step)
    }
    let dates = [
      try date(.reviewed, "2026-01-05T00:00:00Z", 0),
      try date(.reviewed, "2026-02-01T00:00:00Z", 2),
      try date(.returned, "2026-02-02T00:00:00Z", 2),
      try date(.reviewed, "2026-03-01T11:00:00Z", 4),
    ]
    #expect(try world.read().dates == [address: dates])
    _ = try world.read("main~1", cache: "cache")
    #expect(try world.read(cache: "cache").dates == [address: dates])
  }

  @Test func `a missing object is named`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    let blob = try await world.git.git("rev-parse", "HEAD:desired-state/p.yaml")
    try await world.commit("a", ["p.yaml": World.guests("bo@f.example")])
    let file = "objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try world.git.write(".git/\(file)", nil)
    let id = try #require(ObjectID(hex: blob))
    let error = #expect(throws: GitError.self) { try world.read() }
    #expect(error?.kind == .objectMissing(id, partialClone: false))
  }
}
