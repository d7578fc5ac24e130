import FoundationEssentials
import Git
import TestSupport
import Testing

@Suite struct TreeTests {
  @Test func `files of a folder are listed with what they are`() async throws {
    let scratch = try await Scratch()
    let git = scratch.git
    try git.write("desired-state/guestlist.yaml", "a")
    try git.write("desired-state/partners/x/y.yml", "b")
    try git.write("desired-state/run.sh", "c")
    try git.write("other.yaml", "d")
    try FileManager.default.createSymbolicLink(
      atPath: "\(git.path)/desired-state/link.yaml",
      withDestinationPath: "../other.yaml"
    )
    let first = try await git.commit("one")
    try await git.git("update-index", "--chmod=+x", "desired-state/run.sh")
    try await git.git("update-index", "--add", "--cacheinfo", "160000,\(first),desired-state/sub")
    try await git.git("commit", "--quiet", "--message", "two")
    let repository = try scratch.open()
    let commit = try repository.resolve("HEAD").commit
    let folder = try #require(GitPath("desired-state/"))
    let files = try repository.files(at: commit, under: folder)
    #expect(
      files.map(\.path.description) == [
        "guestlist.yaml", "link.yaml", "partners/x/y.yml", "run.sh", "sub",
      ]
    )
    #expect(files.map(\.mode) == [.file, .symbolicLink, .file, .executable, .submodule])
    #expect(try repository.blob(files[0].id) == [UInt8(ascii: "a")])
    #expect(try repository.files(at: commit, under: .root).count == 6)
  }

  @Test(arguments: ["nothing", "desired-state/guestlist.yaml", "desired-state/deeper"])
  func `a folder that the commit does not have is named`(_ name: String) async throws {
    let scratch = try await Scratch()
    let commit = try Scratch.id(
      try await scratch.git.commit("one", files: ["desired-state/guestlist.yaml": "a"])
    )
    let repository = try scratch.open()
    let folder = try #require(GitPath(name))
    #expect(
      kind { _ = try repository.files(at: commit, under: folder) }
        == .folderNotFound(folder: name, commit: commit)
    )
  }

  @Test(arguments: ["/abs", "a//b", "a/../b", "./a", "..", "a/./b", "a\0b"])
  func `a path that leaves the tree, or cannot be in one, is refused`(_ text: String) {
    #expect(GitPath(text) == nil)
  }

  @Test func `a path below a folder loses the folder and nothing else`() throws {
    let folder = try #require(GitPath("a/b"))
    #expect(GitPath("a/b/c.yaml")?.relative(to: folder) == GitPath("c.yaml"))
    #expect(GitPath("a/bc/c.yaml")?.relative(to: folder) == nil)
    #expect(GitPath("a/b")?.relative(to: folder) == nil)
    #expect(GitPath(".") == GitPath.root)
  }

  @Test func `names are bytes and stay bytes`() async throws {
    let scratch = try await Scratch()
    let blob = try await scratch.store("blob", Array("x".utf8))
    let names: [[UInt8]] = [Array("a b\n\"c".utf8), Array("ü.yaml".utf8), [0xFF, 0xFE]]
    let tree = try await scratch.store("tree", names.flatMap { Self.entry("100644", $0, blob) })
    let files = try scratch.open().files(in: tree)
    #expect(Set(files.map(\.path.bytes)) == Set(names))
    #expect(files.first { $0.path.bytes == names[2] }?.path.text == nil)
  }

  @Test(arguments: ["", ".", "..", "a/b", "twice"])
  func `a name that cannot be in a tree makes it corrupt`(_ name: String) async throws {
    let scratch = try await Scratch()
    let blob = try await scratch.store("blob", Array("x".utf8))
    let bytes =
      Self.entry("100644", Array("twice".utf8), blob) + Self.entry("100644", Array(name.utf8), blob)
    let tree = try await scratch.store("tree", bytes)
    let repository = try scratch.open()
    #expect(kind { _ = try repository.files(in: tree) } == .corrupt(tree))
  }

  @Test func `a name is matched whole, whatever is before its last word`() async throws {
    let scratch = try await Scratch()
    let blob = try await scratch.store("blob", Array("x".utf8))
    let good = try await scratch.store("tree", Self.entry("100644", Array("a".utf8), blob))
    let evil = try await scratch.store("tree", Self.entry("100644", Array("b".utf8), blob))
    let folder = try #require(GitPath("desired-state"))
    for name in ["a desired-state", "40000 desired-state"] {
      let entries =
        Self.entry("40000", Array(name.utf8), evil)
        + Self.entry("40000", Array("desired-state".utf8), good)
      let tree = try await scratch.store("tree", entries)
      let commit = try await scratch.id("commit-tree", tree.hex, "-m", "one")
      let repository = try scratch.open()
      #expect(try repository.folder(folder, in: repository.commit(commit)) == good, "\(name)")
    }
    let alone = try await scratch.store(
      "tree",
      Self.entry("40000", Array("x desired-state".utf8), evil)
    )
    let commit = try await scratch.id("commit-tree", alone.hex, "-m", "one")
    let repository = try scratch.open()
    #expect(try repository.folder(folder, in: repository.commit(commit)) == nil)
  }

  @Test(arguments: [
    [("40000", "a"), ("40000", "a")], [("100644", "a"), ("100644", "a")],
    [("100644", "a"), ("100644", "a-"), ("100644", "a.b"), ("40000", "a")],
    [("100644", "b"), ("100644", "a")], [("40000", "a"), ("100644", "a.b")],
  ])
  func `a tree with a name twice, or out of order, is refused`(
    _ entries: [(mode: String, name: String)]
  ) async throws {
    let scratch = try await Scratch()
    let blob = try await scratch.store("blob", Array("x".utf8))
    let folder = try await scratch.store("tree", Self.entry("100644", Array("x".utf8), blob))
    let bytes = entries.flatMap {
      Self.entry($0.mode, Array($0.name.utf8), $0.mode == "40000" ? folder : blob)
    }
    let tree = try await scratch.store("tree", bytes)
    let commit = try await scratch.id("commit-tree", tree.hex, "-m", "one")
    let repository = try scratch.open()
    #expect(kind { _ = try repository.files(in: tree) } == .corrupt(tree))
    #expect(kind { _ = try repository.changes(from: nil, to: tree) } == .corrupt(tree))
    let path = try #require(GitPath("a"))
    #expect(
      kind { _ = try repository.folder(path, in: repository.commit(commit)) } == .corrupt(tree)
    )
  }

  @Test func `a folder that is nested too deep, or has too long a path, is given up`() async throws
  {
    let scratch = try await Scratch()
    let blob = try await scratch.store("blob", Array("x".utf8))
    func nested(_ levels: Int, _ name: String) async throws -> ObjectID {
      var id = blob
      for level in 0..<levels {
        id = try await scratch.store(
          "tree",
          Self.entry(level == 0 ? "100644" : "40000", Array(name.utf8), id)
        )
      }
      return id
    }
    let (deep, long) = (
      try await nested(9, "d"), try await nested(4, String(repeating: "n", count: 200))
    )
    let repository = try scratch.open()
    #expect(
      kind { _ = try repository.files(in: deep, limits: TreeLimits(depth: 8)) }
        == .tooDeep(limit: 8)
    )
    #expect(
      kind { _ = try repository.changes(from: deep, to: nil, limits: TreeLimits(depth: 8)) }
        == .tooDeep(limit: 8)
    )
    #expect(try repository.files(in: deep, limits: TreeLimits(depth: 9)).count == 1)
    #expect(
      kind { _ = try repository.files(in: long, limits: TreeLimits(path: 802)) }
        == .pathTooLong(limit: 802)
    )
    #expect(try repository.files(in: long, limits: TreeLimits(path: 803)).count == 1)
  }

  @Test func `a tree of millions of files is refused`() async throws {
    let scratch = try await Scratch()
    var id = try await scratch.store("blob", Array("x".utf8))
    for level in 0..<8 {
      let mode = level == 0 ? "100644" : "40000"
      let bytes = (0..<10).flatMap { Self.entry(mode, Array("n\($0)".utf8), id) }
      id = try await scratch.store("tree", bytes)
    }
    let repository = try scratch.open()
    #expect(kind { _ = try repository.files(in: id) } == .tooManyFiles(limit: 100_000))
    #expect(
      kind { _ = try repository.changes(from: nil, to: id) } == .tooManyFiles(limit: 100_000)
    )
  }

  @Test func `what is missing, damaged, forged or too large is named by its id`() async throws {
    let scratch = try await Scratch()
    let good = try await scratch.store("blob", Array("good".utf8))
    let other = try await scratch.store("blob", Array("evil".utf8))
    let broken = try await scratch.store("blob", Array("broken".utf8))
    func path(_ id: ObjectID) -> String {
      "work/.git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    }
    let forged = try await scratch.store("blob", Array("forged".utf8))
    try FileManager.default.removeItem(atPath: scratch.folder.path(path(forged)))
    try FileManager.default.copyItem(
      atPath: scratch.folder.path(path(other)),
      toPath: scratch.folder.path(path(forged))
    )
    try FileManager.default.removeItem(atPath: scratch.folder.path(path(broken)))
    try scratch.folder.write(path(broken), "not zlib")
    let repository = try scratch.open()
    let absent = try Scratch.id("00000000000000000000000000000000000000aa")
    #expect(
      kind { _ = try repository.blob(absent) } == .objectMissing(absent, partialClone: false)
    )
    #expect(kind { _ = try repository.blob(broken) } == .corrupt(broken))
    #expect(kind { _ = try repository.blob(forged) } == .corrupt(forged))
    #expect(kind { _ = try repository.blob(good, limit: 3) } == .tooLarge(good, bytes: 4))
    #expect(kind { _ = try repository.commit(good) } == .corrupt(good))
    #expect(kind { _ = try repository.entries(of: good) } == .corrupt(good))
    let cut = try await scratch.store("tree", Array("100644 a\0short".utf8))
    #expect(kind { _ = try repository.entries(of: cut) } == .corrupt(cut))
    #expect(kind { _ = try repository.changes(from: nil, to: cut) } == .corrupt(cut))
  }

  static func entry(_ mode: String, _ name: [UInt8], _ id: ObjectID) -> [UInt8] {
    Array("\(mode) ".utf8) + name + [0] + id.bytes
  }
}
