import Access
import Declarations
import FoundationEssentials
import Git
import Platform
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
      ["q.yaml": World.guests("cy@f.example")]
    )
    try await world.git.git("checkout", "--quiet", "main")
    try await world.merge("topic", subject: "Merge pull request #12 from contoso/topic")
    try await world.commit("gone", ["p.yaml": World.guests(bo)])
    try await world.commit("broken", ["r.yaml": "a: ["])
    try await world.commit("mended", ["r.yaml": nil])
    return world
  }

  private static func file(_ world: World, _ cache: String = "cache") throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: world.folder.path(cache))
    return "\(cache)/\(try #require(names.first { !$0.hasSuffix(".new") }))"
  }

  @Test func `a kept history is the same history, in a file that only its owner reads`()
    async throws
  {
    let world = try await Self.world()
    let cold = try world.read()
    #expect(try world.read(cache: "cache") == cold)
    let file = try Self.file(world)
    #expect(try mode(of: world.folder.path(file)) == 0o600)
    #expect(try mode(of: world.folder.path("cache")) == 0o700)
    let before = try world.folder.bytes(file)
    #expect(try world.read(cache: "cache") == cold)
    #expect(try world.folder.bytes(file) == before)
    try FileManager.default.removeItem(atPath: world.folder.path("cache"))
    #expect(try world.read(cache: "cache") == cold)
  }

  @Test func `a damaged file is as if it were not there`() async throws {
    let world = try await Self.world()
    let cold = try world.read(cache: "cache")
    let file = try Self.file(world)
    let good = try world.folder.bytes(file)
    var random = Sequence64(seed: 7)
    var damaged: [[UInt8]] = [[], Array(good.dropLast()), good + [0], Array(good.prefix(9))]
    for _ in 0..<150 {
      var bytes = good
      let position = random.below(bytes.count)
      bytes[position] ^= UInt8(1 << random.below(8))
      damaged.append(bytes)
      damaged.append(Array(good.prefix(position)))
    }
    for bytes in damaged {
      try world.folder.write(file, bytes)
      #expect(try world.read(cache: "cache") == cold)
      #expect(try world.folder.bytes(file).count == good.count, "It was not written anew.")
    }
  }

  /// The checksum finds accidents alone; what comes after it must bear everything.
  @Test func `damage that the checksum does not find is read without a trap`() async throws {
    let world = try await Self.world()
    let repository = try Repository(at: world.folder.path("work"))
    _ = try world.read(cache: "cache")
    let key = try HistoryReader.key(of: Self.request(repository), in: repository)
    let memory = try #require(HistoryCache(folder: world.folder.path("cache")).read(key))
    var writer = ByteWriter()
    HistoryCodec.write(memory, to: &writer)
    let good = writer.finished()
    var random = Sequence64(seed: 11)
    var refused = 0
    for _ in 0..<4000 {
      var bytes = good
      for _ in 0...random.below(3) {
        bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.below(256))
      }
      if random.below(4) == 0 { bytes.removeLast(random.below(bytes.count)) }
      do throws(ByteReader.Damaged) {
        var reader = try ByteReader(bytes, at: 0)
        _ = try HistoryCodec.read(from: &reader)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
  }

  @Test func `a file of another version is not read`() async throws {
    let world = try await Self.world()
    let cold = try world.read(cache: "cache")
    let file = try Self.file(world)
    let good = try world.folder.bytes(file)
    let end = try #require(good.firstIndex(of: UInt8(ascii: "\n")))
    let start = end - "\(HistoryCodec.version)".count
    #expect(good[..<end].elementsEqual("guestlist history \(HistoryCodec.version)".utf8))
    for other in ["0", "\(HistoryCodec.version - 1)", "\(HistoryCodec.version + 1)", "999", ""] {
      try world.folder.write(file, good[..<start] + Array(other.utf8) + good[end...])
      #expect(try world.read(cache: "cache") == cold)
      #expect(try world.folder.bytes(file).prefix(end) == good[..<end])
    }
  }

  @Test func `a file about another repository, ref, folder or tenant is not read`() async throws {
    let world = try await Self.world()
    let cold = try world.read(cache: "cache")
    let file = try Self.file(world)
    let good = try world.folder.bytes(file)
    // Each is kept in a file of its own, and is another history.
    try await world.git.git("branch", "other", "main")
    try await world.git.git("clone", "--quiet", ".", "../clone")
    _ = try world.read("other", cache: "cache2")
    _ = try world.read(tenant: World.otherTenant, cache: "cache3")
    _ = try world.read(folder: "elsewhere", cache: "cache4")
    _ = try world.read(formerly: ["before"], cache: "cache5")
    _ = try world.read(cache: "cache6", at: "clone")
    for number in 2...6 {
      let other = try Self.file(world, "cache\(number)")
      #expect(other.split(separator: "/").last != file.split(separator: "/").last)
      // Under the name of this one it is still not taken for it.
      try world.folder.write(file, world.folder.bytes(other))
      #expect(try world.read(cache: "cache") == cold)
      #expect(try world.folder.bytes(file).count == good.count)
    }
  }

  @Test func `a branch that was rewritten owes nothing to what was kept of it`() async throws {
    let world = try await Self.world()
    try await world.commit("secret", ["s.yaml": World.guests("eve@f.example")])
    #expect(try world.read(cache: "cache").lives(of: "eve") == ["eve: secret–"])
    try await world.git.git("reset", "--quiet", "--hard", "main~1")
    #expect(try world.read(cache: "cache").lives(of: "eve") == [])
    #expect(try world.read(cache: "cache") == world.read())
    _ = try await world.commit("secret", ["s.yaml": World.guests("eve@f.example")])
    try await world.git.git("checkout", "--quiet", "--orphan", "fresh")
    try await world.git.git("commit", "--quiet", "--message", "fresh")
    try await world.git.git("branch", "--force", "main", "fresh")
    #expect(try world.read(cache: "cache") == world.read())
    #expect(try world.read(cache: "cache").lives(of: "eve") == ["eve: fresh–"])
  }

  @Test func `what files contradict is read anew`() async throws {
    let world = try await Self.world()
    _ = try world.read(cache: "cache")
    let cache = HistoryCache(folder: world.folder.path("cache"))
    let repository = try Repository(at: world.folder.path("work"))
    let key = try HistoryReader.key(of: Self.request(repository), in: repository)
    let honest = try #require(cache.read(key))
    try await world.commit("later", ["p.yaml": World.guests("dee@f.example")])
    let cold = try world.read()
    let bo = EntryKey.guest(try #require(EmailAddress(normalised: "bo@f.example")))
    var forged = honest
    forged.history.intervals[bo] = nil
    cache.write(forged, for: key)
    #expect(try world.read(cache: "cache") == cold)
    // Where everything has to be read, nothing may be left over, and names are what files say.
    try await world.commit(
      "renamed",
      ["catalog.yaml": World.catalog.replacing("suppliers", with: "vendors")]
    )
    let renamed = try world.read()
    forged = honest
    forged.standing?.names.groups = [:]
    cache.write(forged, for: key)
    #expect(try world.read(cache: "cache") == renamed)
    forged = honest
    forged.standing?.several[bo] = 3
    cache.write(forged, for: key)
    #expect(try world.read(cache: "cache") == renamed)
  }

  @Test func `a few steps more are walked again rather than written`() async throws {
    let world = try await Self.world()
    _ = try world.read(cache: "cache")
    let file = try Self.file(world)
    let kept = try world.folder.bytes(file)
    for number in 1...3 {
      try await world.commit("c\(number)", ["s.yaml": World.guests("eve\(number)@f.example")])
      #expect(try world.read(cache: "cache", patience: 3) == world.read())
      #expect(try world.folder.bytes(file) == kept)
    }
    try await world.commit("c4", ["s.yaml": nil])
    #expect(try world.read(cache: "cache", patience: 3) == world.read())
    let longer = try world.folder.bytes(file)
    #expect(longer != kept)
    // New names have everything read, so that it is worth keeping at once.
    let renamed = World.catalog.replacing("suppliers", with: "vendors")
    try await world.commit("renamed", ["catalog.yaml": renamed])
    #expect(try world.read(cache: "cache", patience: 3) == world.read())
    #expect(try world.folder.bytes(file) != longer)
  }

  @Test func `a folder that cannot be written is done without`() async throws {
    let world = try await Self.world()
    try world.folder.write("cache", "a file where the folder should be")
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
    var writer = ByteWriter()
    let names = ["Zo\u{EB}", "Zoe\u{308}", "Zo\u{EB}"]
    writer.write(names) { $0.write($1) }
    var reader = try ByteReader(writer.finished(), at: 0)
    let read = try reader.list { (reader) throws(ByteReader.Damaged) in try reader.text() }
    #expect(read.map { Array($0.utf8) } == names.map { Array($0.utf8) })
  }

  private static func request(_ repository: Repository) throws -> HistoryRequest {
    HistoryRequest(
      tip: try repository.resolve("main").commit,
      ref: "main",
      folder: try #require(GitPath("desired-state")),
      tenant: try #require(TenantID(World.tenant))
    )
  }
}
