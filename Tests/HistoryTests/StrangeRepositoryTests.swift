import Access
import Declarations
import FoundationEssentials
import Git
import History
import TestSupport
import Testing

/// Repositories as others leave them.
@Suite struct StrangeRepositoryTests {
  @Test func `from wherever a repository is opened, and by whatever name, it has one history`()
    async throws
  {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.commit("gone", ["p.yaml": World.guests("bo@f.example")])
    try await world.git.git("tag", "--annotate", "--message", "as of today", "release/1")
    try await world.git.git("tag", "--annotate", "--message", "again", "twice", "release/1")
    try await world.git.git("branch", "team/access/q1")
    try await world.git.git("clone", "--quiet", "--bare", ".", "../bare.git")
    try await world.git.git("worktree", "add", "--quiet", "--detach", "../linked")
    let history = try world.read()
    #expect(history.lives == ["ana: begin–gone", "bo: gone–"])
    for name in ["work/desired-state", "work/.git", "bare.git", "linked", "linked/desired-state"] {
      #expect(try world.read(cache: "cache", at: name) == history, "\(name)")
    }
    for revision in ["release/1", "twice", "team/access/q1", "HEAD", "main~0"] {
      #expect(try world.read(revision, cache: "cache") == history, "\(revision)")
    }
  }

  @Test func `names and messages are read as far as they can be, and kept so`() async throws {
    let world = try await World()
    let tip = try await world.begin(["p.yaml": World.guests("ana@f.example")])
    let tree = try await world.git.git("rev-parse", "HEAD^{tree}")
    func store(
      _ parent: String,
      _ name: [UInt8],
      _ header: String,
      _ body: [UInt8]
    ) async throws
      -> String
    {
      var bytes = Array("tree \(tree)\nparent \(parent)\nauthor ".utf8) + name
      bytes += Array(" <a@f.example> 1767225600 +0000\ncommitter ".utf8) + name
      bytes += Array(" <c@f.example> 1767225600 +0000\n\(header)\n".utf8) + body
      let file = try world.folder.write("object", bytes)
      return try await world.git.git("hash-object", "-t", "commit", "-w", "--literally", file)
    }
    let latin = try await store(
      tip,
      Array("Zo\u{EB}".unicodeScalars.map { UInt8($0.value) }),
      "encoding ISO-8859-1\n",
      [0x52, 0xE9, 0x0A]
    )
    let wrong = try await store(latin, [0x5A, 0xFF, 0xFE], "", [0xC3, 0x28, 0x0A])
    let other = try await store(wrong, [0x83, 0x65], "encoding Shift_JIS\n", [0x83, 0x58, 0x0A])
    let control = try await store(
      other,
      [0x5A, 0x1B, 0x5B, 0x31, 0x6D, 0x07],
      "",
      [0x61, 0x0D, 0x08, 0x0A]
    )
    let alike = try await store(
      control,
      Array("Zoe\u{308}".utf8),
      "",
      Array("\u{202E}e\n\nReviewed-by: \u{202E}x\n".utf8)
    )
    try await world.git.git("update-ref", "refs/heads/main", alike)
    let history = try world.read()
    let names = history.chain.map { Array($0.author.name.utf8) }
    #expect(
      names.dropFirst() == [
        Array("Zo\u{EB}".utf8), Array("Z\u{FFFD}\u{FFFD}".utf8),
        Array(String(decoding: [0x83, 0x65], as: UTF8.self).utf8),
        [0x5A, 0x1B, 0x5B, 0x31, 0x6D], Array("Zoe\u{308}".utf8),
      ]
    )
    #expect(history.chain[1].subject == "R\u{E9}")
    #expect(history.chain[2].subject == "\u{FFFD}(")
    for _ in 0..<2 {
      let kept = try world.read(cache: "cache")
      #expect(kept == history)
      // Texts that only look the same are equal to Swift.
      #expect(kept.chain.map { Array($0.author.name.utf8) } == names)
      #expect(
        kept.chain.map { Array($0.subject.utf8) } == history.chain.map { Array($0.subject.utf8) }
      )
    }
  }

  @Test func `replacements and grafts, which only one clone has, change no history`() async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    let second = try await world.commit("bo", ["p.yaml": World.guests("bo@f.example")])
    let third = try await world.commit("cy", ["p.yaml": World.guests("cy@f.example")])
    let history = try world.read(cache: "cache")
    try await world.git.git("replace", "--graft", third)
    #expect(try await world.git.git("rev-list", "--count", "main") == "1")
    #expect(try world.read() == history && world.read(cache: "cache") == history)
    try await world.git.git("replace", "--delete", third)
    try await world.git.git("replace", third, second)
    #expect(try world.read() == history && world.read(cache: "cache") == history)
    try await world.git.git("replace", "--delete", third)
    try world.git.write(".git/info/grafts", third + "\n")
    #expect(try world.read() == history && world.read(cache: "cache") == history)
  }

  @Test(arguments: [
    "HEAD~1", "HEAD~1^{tree}", "HEAD~1:desired-state", "HEAD~1:desired-state/p.yaml",
  ])
  func `an object that is damaged or missing is named`(_ name: String) async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.commit("a", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit("b", ["p.yaml": World.guests("cy@f.example")])
    let history = try world.read(cache: "cache")
    let text = try await world.git.git("rev-parse", name)
    let id = try #require(ObjectID(hex: text))
    let file = ".git/objects/\(text.prefix(2))/\(text.dropFirst(2))"
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600],
      ofItemAtPath: world.folder.path("work/\(file)")
    )
    try world.git.write(file, "no object")
    var error = #expect(throws: GitError.self) { try world.read() }
    #expect(error?.kind == .corrupt(id))
    #expect(error.map { "\($0)".contains(text) } == true)
    try world.git.write(file, nil)
    error = #expect(throws: GitError.self) { try world.read() }
    #expect(error?.kind == .objectMissing(id, partialClone: false))
    #expect(error.map { "\($0)".contains(text) } == true)
    // What was read before is not read again.
    #expect(try world.read(cache: "cache") == history)
  }

  @Test
  func `a merge of a hundred roots is one step, and each root is the cause of its own changes`()
    async throws
  {
    let world = try await World()
    try await world.begin()
    var stream = ""
    for number in 1...100 {
      let text = World.guests("g\(number)@f.example")
      stream += """
        commit refs/heads/r\(number)
        mark :\(number)
        committer C <c@f.example> \(1_767_225_600 + number) +0000
        data 1
        r
        M 100644 inline desired-state/r\(number).yaml
        data \(text.utf8.count)
        \(text)

        """
    }
    stream += """
      commit refs/heads/main
      mark :101
      committer C <c@f.example> 1767325600 +0000
      data 1
      m
      from refs/heads/main^0

      """
    for number in 1...100 { stream += "merge :\(number)\n" }
    for number in 1...100 {
      let text = World.guests("g\(number)@f.example")
      stream += "M 100644 inline desired-state/r\(number).yaml\ndata \(text.utf8.count)\n\(text)\n"
    }
    try await world.git.git(["fast-import", "--quiet", "--done"], input: stream + "done\n")
    let history = try world.read()
    #expect(history.chain.count == 2)
    #expect(history.lives.count == 100)
    for number in 1...100 {
      let root = try await world.git.git("rev-parse", "r\(number)")
      #expect(history.edges("g\(number)@f.example").first?.opened.inner?.hex == root)
    }
  }

  @Test func `names of files are bytes, and what is not a file declares nothing`()
    async throws
  {
    let world = try await World()
    let begun = try await world.begin(["real.yaml": World.guests("real@f.example")])
    let text = World.guests("ana@f.example")
    let other = World.guests("bo@f.example")
    // Two names that no text tells apart, a link to a declaration, a submodule, a link to a folder.
    let stream = """
      commit refs/heads/main
      committer C <c@f.example> 1767325600 +0000
      data 3
      odd
      from refs/heads/main^0
      M 100644 inline "desired-state/\\377.yaml"
      data \(text.utf8.count)
      \(text)
      M 100755 inline "desired-state/\\376.yaml"
      data \(other.utf8.count)
      \(other)
      M 120000 inline desired-state/link.yaml
      data 9
      real.yaml
      M 160000 \(begun) desired-state/module.yaml
      M 120000 inline desired-state/folder
      data 2
      ..
      commit refs/heads/main
      committer C <c@f.example> 1767335600 +0000
      data 4
      less
      D "desired-state/\\377.yaml"
      D desired-state/module.yaml
      done

      """
    try await world.git.git(["fast-import", "--quiet", "--done"], input: stream)
    #expect(try world.read(cache: "cache").lives == ["ana: odd–less", "bo: odd–", "real: begin–"])
    #expect(try world.read(cache: "cache") == world.read())
  }

  @Test func `a folder that is too deep to be applied ends neither the history nor the memory`()
    async throws
  {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    let tree = try await world.git.git("rev-parse", "HEAD:desired-state")
    let path = "desired-state/" + String(repeating: "d/", count: 5000) + "x.yaml"
    let stream = """
      commit refs/heads/main
      committer C <c@f.example> 1767325600 +0000
      data 4
      deep
      from refs/heads/main^0
      M 100644 inline \(path)
      data 11
      guests: []

      commit refs/heads/main
      committer C <c@f.example> 1767335600 +0000
      data 6
      revert
      M 040000 \(tree) desired-state
      done

      """
    try await world.git.git(["fast-import", "--quiet", "--done"], input: stream)
    let history = try world.read(cache: "cache")
    #expect(
      history.chain.map(\.reading) == [
        .declares, .unreadable("the folder is nested more than 64 levels deep"), .declares,
      ]
    )
    #expect(history.lives == ["ana: begin–"])
  }

  @Test(arguments: [DeclarationLimits(files: 3), DeclarationLimits(bytes: 1000)])
  func `a commit with more than could be applied is passed over`(
    _ limits: DeclarationLimits
  ) async throws {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    let more = (1...4).map {
      (
        "\($0).yaml",
        Optional(World.guests("g\($0)@f.example") + String(repeating: "# \($0)\n", count: 90))
      )
    }
    try await world.commit("more", Dictionary(uniqueKeysWithValues: more))
    try await world.commit("less", Dictionary(uniqueKeysWithValues: more.map { ($0.0, nil) }))
    let repository = try Repository(at: world.folder.path("work"))
    let request = HistoryRequest(
      tip: try repository.resolve("main").commit,
      folder: try #require(GitPath("desired-state")),
      tenant: try #require(TenantID(World.tenant))
    )
    let history = try HistoryReader(limits: limits).read(request, in: repository)
    #expect(history.lives == ["ana: begin–"])
    guard case .unreadable = history.chain[1].reading else {
      Issue.record("\(history.chain[1].reading)")
      return
    }
    #expect(try world.read().lives.count == 5)
  }
}
