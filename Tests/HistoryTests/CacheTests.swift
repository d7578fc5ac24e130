import Access
import FoundationEssentials
import Git
import SQLite
import TestSupport
import Testing

@testable import History

/// What is kept between runs changes nothing but time.
@Suite struct CacheTests {
  /// A history with everything in it that is kept.
  private static func world() async throws -> World {
    let world = try await World()
    let (ana, bo) = ("ana@f.example, groups: [suppliers]", "bo@f.example, bundles: [supplier]")
    try await world.begin(["p.yaml": World.guests(ana, bo), "twice.yaml": World.guests(ana)])
    try await world.git.git("checkout", "--quiet", "-b", "topic")
    try await world.commit(
      "inner\n\nReviewed-by: Rita <r@contoso.example>",
      ["q.yaml": World.guests("cy@f.example, reviewed: 2026-01-01")]
    )
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("topic", subject: "Merge pull request #12 from contoso/topic")
    try await world.commit("gone", ["p.yaml": World.guests(bo), "twice.yaml": nil])
    try await world.commit("broken", ["r.yaml": "a: ["])
    try await world.commit("mended", ["r.yaml": nil])
    return world
  }

  private static func connection(_ world: World) throws -> Connection {
    try Connection(.file(world.folder.path("cache/history.sqlite")))
  }

  /// Takes away what the oldest commit declared, so that a walk along the whole chain fails.
  private static func cutRoot(_ world: World) async throws {
    let blob = try await world.git.git("rev-parse", "main~4:desired-state/p.yaml")
    try world.git.write(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))", nil)
    #expect(throws: GitError.self) { try world.read() }
  }

  @Test func `a kept history is the same history, in files that only their owner reads`()
    async throws
  {
    let world = try await Self.world()
    let cold = try world.read()
    for _ in 0..<3 { #expect(try world.read(cache: "cache") == cold) }
    for name in ["cache/history.sqlite", "secret/history.key"] {
      #expect(try mode(of: world.folder.path(name)) == 0o600)
    }
    for name in ["cache", "secret"] { #expect(try mode(of: world.folder.path(name)) == 0o700) }
  }

  @Test func `a commit has one history by whatever name, and in every clone as deep`()
    async throws
  {
    let world = try await Self.world()
    try await world.git.git("clone", "--quiet", "--bare", ".", "../clone")
    try await world.git.git(
      "clone",
      "--quiet",
      "--depth",
      "2",
      "file://\(world.git.path)",
      "../cut"
    )
    try await world.git.git("branch", "other", "main")
    let cold = try world.read(cache: "cache", attributing: false)
    let tip = try await world.git.git("rev-parse", "main")
    let shallow = try world.read(at: "cut", attributing: false)
    try await Self.cutRoot(world)
    for revision in ["main", "HEAD", "other", tip] {
      #expect(try world.read(revision, cache: "cache", attributing: false) == cold, "\(revision)")
    }
    #expect(try world.read(cache: "cache", at: "clone", attributing: false) == cold)
    #expect(shallow != cold)
    #expect(try world.read(cache: "cache", at: "cut", attributing: false) == shallow)
    #expect(try world.read(cache: "cache", at: "cut", attributing: false) == shallow)
    // Another folder or tenant is another history.
    #expect(throws: GitError.self) {
      try world.read(tenant: World.otherTenant, cache: "cache", attributing: false)
    }
    #expect(throws: GitError.self) {
      try world.read(formerly: ["before"], cache: "cache", attributing: false)
    }
  }

  @Test func `a longer chain is gone on with from where a history is kept`() async throws {
    let world = try await Self.world()
    _ = try world.read(cache: "cache", attributing: false)
    try await world.git.git("checkout", "--quiet", "-b", "pull-request")
    try await world.commit("more", ["s.yaml": World.guests("dee@f.example", "cy@f.example")])
    try await world.commit("less", ["q.yaml": nil, "p.yaml": World.guests("dee@f.example")])
    let cold = try world.read("pull-request", attributing: false)
    try await Self.cutRoot(world)
    #expect(try world.read("pull-request", cache: "cache", attributing: false) == cold)
    #expect(try world.read("pull-request", cache: "cache", attributing: false) == cold)
  }

  @Test func `a row that was altered is read from the repository again`() async throws {
    let world = try await Self.world()
    let cold = try world.read()
    let leaver = try #require(EmailAddress(normalised: "ana@f.example"))
    #expect(cold.intervals[.guest(leaver)]?.last?.closed != nil)
    _ = try world.read(cache: "cache")
    // One replaced address would make a leaver somebody who was never declared.
    let histories = "length(scope) > 0"
    let replaced = "content = CAST(replace(CAST(content AS TEXT), 'ana@', 'eve@') AS BLOB)"
    #expect(
      try Self.connection(world).run("UPDATE rows SET \(replaced) WHERE \(histories)") == 1
    )
    #expect(try world.read(cache: "cache") == cold)
    // The history of another commit in its place, with the digest of that one.
    _ = try world.read("main~3", cache: "cache")
    let swapped = """
      UPDATE rows SET (content, digest) = (
        SELECT content, digest FROM rows AS other WHERE \(histories) AND other.id <> rows.id
      ) WHERE \(histories)
      """
    #expect(try Self.connection(world).run(swapped) == 2)
    #expect(try world.read(cache: "cache") == cold)
    #expect(try world.read("main~3", cache: "cache") == world.read("main~3"))
    // What files say.
    let files = replaced.replacing("ana@", with: "bo@")
    #expect(
      try Self.connection(world).run("UPDATE rows SET \(files) WHERE NOT \(histories)") > 1
    )
    try await world.commit("later", ["p.yaml": World.guests("dee@f.example")])
    #expect(try world.read(cache: "cache") == world.read())
  }

  @Test func `a history that the files of its tip contradict is read again`() async throws {
    let world = try await Self.world()
    let repository = try Repository(at: world.folder.path("work"))
    let request = HistoryRequest(
      tip: try repository.resolve("main").commit,
      folder: try #require(GitPath("desired-state")),
      tenant: try #require(TenantID(World.tenant))
    )
    let scope = HistoryCache.scope(of: request, in: repository)
    let history = try HistoryReader().read(request, in: repository)
    let bo = EntryKey.guest(try #require(EmailAddress(normalised: "bo@f.example")))
    let eve = EntryKey.guest(try #require(EmailAddress(normalised: "eve@f.example")))
    var (less, more, closed) = (history, history, history)
    less.intervals[bo] = nil
    more.intervals.open(eve, at: DeclaredInterval.Edge(step: 0))
    closed.intervals.close(bo, at: DeclaredInterval.Edge(step: 1))
    try await world.commit("later", ["s.yaml": World.guests("dee@f.example")])
    let cold = try world.read()
    for (number, forged) in [less, more, closed].enumerated() {
      let cache = "cache\(number)"
      let store = try #require(world.cache(cache).open())
      store.keep(forged, files: [:], at: request.tip, in: scope)
      #expect(store.history(at: request.tip, in: scope)?.intervals == forged.intervals)
      #expect(try world.read(cache: cache) == cold)
    }
  }

  @Test func `under another secret nothing that was kept counts`() async throws {
    let world = try await Self.world()
    let cold = try world.read(cache: "cache", attributing: false)
    try await Self.cutRoot(world)
    #expect(try world.read(cache: "cache", attributing: false) == cold)
    try world.folder.write("secret/history.key", [UInt8](repeating: 7, count: 32))
    #expect(throws: GitError.self) { try world.read(cache: "cache", attributing: false) }
  }

  @Test func `a damaged file is as if it were not there`() async throws {
    let world = try await Self.world()
    let cold = try world.read(cache: "cache")
    let file = "cache/history.sqlite"
    try Self.connection(world).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let good = try world.folder.bytes(file)
    var random = Sequence64(seed: 7)
    for number in 0..<60 {
      var bytes = good
      switch number {
      case 0: bytes = []
      case 1: bytes = Array(good.dropLast())
      case 2: bytes = Array("something else".utf8)
      default:
        for _ in 0...random.below(40) {
          bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
        }
      }
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: world.folder.path(file + suffix))
      }
      try world.folder.write(file, bytes)
      #expect(try world.read(cache: "cache") == cold)
    }
  }

  @Test func `a branch that was rewritten owes nothing to what was kept of it`() async throws {
    let world = try await Self.world()
    _ = try world.read(cache: "cache")
    try await world.git.git("checkout", "--quiet", "-b", "rewritten", "main~3")
    try await world.commit("fresh", ["p.yaml": World.guests("eve@f.example")])
    try await world.git.git("branch", "--force", "main", "rewritten")
    #expect(try world.read(cache: "cache") == world.read())
    #expect(try world.read(cache: "cache").lives(of: "eve") == ["eve: fresh–"])
  }

  @Test(arguments: ["cache", "secret"])
  func `a folder that cannot be written is not used`(_ name: String) async throws {
    let world = try await Self.world()
    try world.folder.write(name, "a file where the folder should be")
    #expect(try world.read(cache: "cache") == world.read())
  }

  @Test func `several readers at once keep one whole history`() async throws {
    let world = try await Self.world()
    let cold = try world.read()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<6).allSatisfy { _ in try world.read(cache: "cache") == cold } }
      }
      for try await isSame in group { #expect(isSame) }
    }
    #expect(try world.read(cache: "cache") == cold)
  }

  @Test func `two spellings of a name that look the same stay two`() throws {
    var writer = StoredRecord()
    let names = ["Zo\u{EB}", "Zoe\u{308}", "Zo\u{EB}"]
    for name in names { writer.write(name) }
    var reader = try #require(writer.encoded.flatMap { StoredRecord($0) })
    for name in names { #expect(Array(try reader.text().utf8) == Array(name.utf8)) }
  }
}
