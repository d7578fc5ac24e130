import Declarations
import FoundationEssentials
import Git
import History
import SQLite
import TestSupport
import Testing

/// What is kept of a folder between two comparisons.
@Suite struct OutlineTests {
  private static func tree(_ world: World, _ revision: String) async throws -> ObjectID {
    let hex = try await world.git.git("rev-parse", "\(revision):desired-state")
    return try #require(ObjectID(hex: hex))
  }

  /// The outline of a revision, made from all of its files.
  private static func whole(_ world: World, _ revision: String) async throws -> FolderOutline {
    let repository = try Repository(at: world.git.path)
    let tree = try await tree(world, revision)
    let files = try repository.files(in: tree)
    let blobs = Dictionary(uniqueKeysWithValues: files.map { ($0.path.description, $0.id) })
    let contents = try repository.declarations(in: tree)
    return try #require(await FolderOutline(of: contents, blobs: blobs, tree: tree))
  }

  private static func cache(_ world: World, secret: String = "secret") -> HistoryCache {
    HistoryCache(folder: world.folder.path("cache"), secretFolder: world.folder.path(secret))
  }

  private static func kept(
    _ world: World,
    _ revision: String,
    secret: String = "secret"
  ) async throws -> FolderOutline? {
    let folder = try #require(GitPath("desired-state"))
    return try OutlineReader(cache: cache(world, secret: secret))
      .kept(of: folder, at: try await tree(world, revision), in: Repository(at: world.git.path))
  }

  private static func world() async throws -> World {
    let world = try await World()
    try await world.begin([
      "p.yaml": "partners: {f: {domains: [f.example]}}\n" + World.guests("email: a@f.example"),
      "q.yaml": World.guests("email: b@f.example", "email: c@g.example"),
    ])
    let folder = try #require(GitPath("desired-state"))
    OutlineReader(cache: cache(world)).keep(try await whole(world, "main"), of: folder)
    return world
  }

  @Test func `a kept outline is the same outline`() async throws {
    let world = try await Self.world()
    #expect(try await Self.kept(world, "main") == Self.whole(world, "main"))
    #expect(try await Self.kept(world, "main", secret: "other") == nil, "another secret")
  }

  @Test func `it moves on with the files that changed`() async throws {
    let world = try await Self.world()
    try await world.commit(
      "more",
      [
        "q.yaml": nil, "deep/r.yaml": World.guests("email: d@f.example"),
        "catalog.yaml": "apps: {}\n",
      ]
    )
    var moved = try #require(await Self.kept(world, "main"))
    let whole = try await Self.whole(world, "main")
    #expect(moved.files == whole.files && moved.tree == whole.tree)
    moved = try #require(await Self.kept(world, "main"))
    #expect(moved.files == whole.files, "what was moved on is kept, too")
  }

  @Test func `a folder in which something is wrong has none`() async throws {
    let world = try await Self.world()
    try await world.commit("odd", ["ODD.YAML": "guests: []\n"])
    #expect(try await Self.kept(world, "main") == nil)
  }

  @Test func `a row that was altered is as if it were not there`() async throws {
    let world = try await Self.world()
    let connection = try Connection(.file(world.folder.path("cache/history.sqlite")))
    try connection.run("UPDATE rows SET content = substr(content, 1, length(content) - 4)")
    #expect(try await Self.kept(world, "main") == nil)
  }
}
