import Access
import TestSupport
import Testing

@Suite struct MergeTests {
  @Test func `a merge names the commit inside it that made each change`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example", "old@f.example")])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    let added = try await world.commit(
      "add",
      ["p.yaml": World.guests("ana@f.example", "bo@f.example", "old@f.example")]
    )
    let removed = try await world.commit(
      "remove\n\nReviewed-by: Rita <r@contoso.example>",
      ["p.yaml": World.guests("ana@f.example", "bo@f.example")]
    )
    try await world.commit("flash", ["q.yaml": World.guests("flash@f.example")])
    try await world.commit("no flash", ["q.yaml": nil])
    try await world.git.git("checkout", "--quiet", "main")
    try await world.commit("meanwhile", ["r.yaml": World.guests("cy@f.example")])
    try await world.merge("topic", subject: "Merge pull request #12 from contoso/topic")
    let history = try world.read()
    let merge = "Merge pull request #12 from contoso/topic"
    #expect(
      history.lives == [
        "ana: begin–", "bo: \(merge)–", "cy: meanwhile–", "old: begin–\(merge)",
      ]
    )
    #expect(history.chain.last?.isMerge == true && history.chain.last?.pullRequest == 12)
    let opened = try #require(history.edges("bo@f.example").first?.opened)
    #expect(opened.inner?.hex == added)
    let closed = try #require(history.edges("old@f.example").first?.closed)
    #expect(closed.inner?.hex == removed)
    #expect(Set(history.merged.keys.map(\.hex)) == [added, removed])
    let record = try #require(closed.inner.flatMap { history.merged[$0] })
    #expect(record.subject == "remove" && record.author.name == "Ada Author")
    #expect(record.trailers.map(\.key) == ["Reviewed-by"])
    #expect(history.edges("cy@f.example").first?.opened.inner == nil)
  }

  @Test func `a change is its author's, and counts since the step that accepted it`()
    async throws
  {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("old@f.example")])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    let inner = try await world.commit(
      "Invite Bo\n\nSigned-off-by: Ada <ada@contoso.example>",
      ["p.yaml": World.guests("bo@f.example")]
    )
    try await world.git.git("commit", "--amend", "--quiet", "--no-edit", "--author", "Bea <b@x.y>")
    let amended = try await world.git.git("rev-parse", "HEAD")
    try await world.git.git("checkout", "--quiet", "main")
    let claims = "Reviewed-by: Rita <r@x.y>\nSigned-off-by: Ada <ada@contoso.example>"
    try await world.merge("topic", subject: "Merged PR 7: Bo\n\n\(claims)")
    try await world.commit("direct", ["q.yaml": World.guests("cy@f.example")])
    let history = try world.read()
    func key(_ name: String) throws -> EntryKey {
      .guest(try #require(EmailAddress(normalised: "\(name)@f.example")))
    }
    let made = try #require(try history.introduction(of: key("bo")))
    #expect(made.commit.hex == amended && amended != inner)
    #expect(made.author.name == "Bea" && made.subject == "Invite Bo")
    #expect(made.step == history.chain[1] && made.step.pullRequest == 7)
    #expect(made.place?.file == "p.yaml")
    #expect(made.trailers.map(\.key) == ["Signed-off-by", "Reviewed-by"])
    let gone = try #require(try history.removal(of: key("old")))
    #expect(gone.commit.hex == amended && gone.step == history.chain[1])
    let direct = try #require(try history.introduction(of: key("cy")))
    #expect(direct.inner == nil && direct.commit == history.chain[2].commit)
    #expect(direct.author.name == "Ada Author" && direct.subject == "direct")
    #expect(try history.removal(of: key("bo")) == nil)
    #expect(try history.introduction(of: key("nobody")) == nil)
    #expect(history.change(at: DeclaredInterval.Edge(step: 9)) == nil)
  }

  @Test func `an octopus merge, a second root and an empty commit are followed`() async throws {
    let world = try await World()
    try await world.begin()
    var inner: [String] = []
    for name in ["a", "b", "c"] {
      try await world.git.git("checkout", "--quiet", "-b", name, "main")
      inner.append(
        try await world.commit(name, ["\(name).yaml": World.guests("\(name)@f.example")])
      )
    }
    try await world.git.git("checkout", "--quiet", "--orphan", "island")
    try await world.git.git("rm", "-r", "--quiet", "--cached", ".")
    try await world.git.git("clean", "-d", "--force", "--quiet")
    let island = try await world.commit("island", ["i.yaml": World.guests("i@f.example")])
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("a", "b", "c", subject: "octopus")
    try await world.commit("empty")
    try await world.git.git(
      "merge",
      "--quiet",
      "--no-ff",
      "--allow-unrelated-histories",
      "-m",
      "joined",
      "island"
    )
    let history = try world.read()
    #expect(history.chain.map(\.subject) == ["begin", "octopus", "empty", "joined"])
    #expect(history.lives == ["a: octopus–", "b: octopus–", "c: octopus–", "i: joined–"])
    let causes = ["a", "b", "c", "i"].map {
      history.edges("\($0)@f.example").first?.opened.inner?.hex
    }
    #expect(causes == inner + [island])
  }

  @Test func `a merge of a merge leads to the commit and not to the merge`() async throws {
    let world = try await World()
    try await world.begin()
    try await world.git.git("checkout", "--quiet", "-b", "one")
    let commit = try await world.commit("one", ["a.yaml": World.guests("a@f.example")])
    try await world.git.git("checkout", "--quiet", "-b", "two", "main")
    try await world.commit("two", ["b.yaml": World.guests("b@f.example")])
    try await world.merge("one", subject: "one into two")
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("two", subject: "two into main")
    let history = try world.read()
    #expect(history.edges("a@f.example").first?.opened.inner?.hex == commit)
  }

  @Test func `what a bundle changes leads to the commit that changed the bundle`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example, bundles: [supplier]")])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    try await world.commit("else", ["q.yaml": World.guests("bo@f.example")])
    let commit = try await world.commit(
      "bundle",
      ["catalog.yaml": World.catalog.replacing("expenses:Submitter", with: "wiki:Reader")]
    )
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("topic", subject: "merge")
    let history = try world.read()
    #expect(
      history.lives(of: "ana") == [
        "ana: begin–", "ana expenses:Submitter: begin–merge", "ana wiki:Reader: merge–",
        "ana group: begin–",
      ]
    )
    let ends = history.intervals.flatMap(\.value).compactMap { $0.closed?.inner?.hex }
    #expect(ends == [commit])
  }

  @Test func `a merge the wrong way round leaves the chain of the branch that was merged`()
    async throws
  {
    let world = try await World()
    let begun = try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    try await world.commit("topic", ["q.yaml": World.guests("bo@f.example")])
    try await world.git.git("checkout", "--quiet", "main")
    let applied = try await world.commit("applied", ["r.yaml": World.guests("cy@f.example")])
    try await world.git.git("checkout", "--quiet", "topic")
    try await world.merge("main", subject: "foxtrot")
    try await world.git.git("branch", "--force", "main", "topic")
    let history = try world.read()
    #expect(history.chain.map(\.subject) == ["begin", "topic", "foxtrot"])
    #expect(history.chain.contains { $0.commit.hex == begun })
    #expect(!history.chain.contains { $0.commit.hex == applied })
    #expect(history.lives == ["ana: begin–", "bo: topic–", "cy: foxtrot–"])
  }

  @Test func `commits that were rebased onto the branch are steps of their own`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    try await world.commit("flash", ["p.yaml": World.guests("ana@f.example", "flash@f.example")])
    try await world.commit("gone", ["p.yaml": World.guests("ana@f.example")])
    try await world.git.git("checkout", "--quiet", "main")
    try await world.git.git("merge", "--quiet", "--ff-only", "topic")
    #expect(try world.read().lives == ["ana: begin–", "flash: flash–gone"])
  }
}
