import FoundationEssentials
import Git
import Glibc
import Platform
import TestSupport
import Testing

@Suite struct OpeningTests {
  @Test func `a work tree, a folder in it, a bare repository and a linked work tree open`()
    async throws
  {
    let scratch = try await Scratch()
    let commit = try Scratch.id(try await scratch.git.commit("one", files: ["a/b/c.txt": "x"]))
    try await scratch.git.git("clone", "--quiet", "--bare", ".", "../bare.git")
    try await scratch.git.git("worktree", "add", "--quiet", "-b", "topic/x", "../linked")
    for name in ["work", "work/a/b", "work/.git", "bare.git", "linked"] {
      let repository = try scratch.open(name)
      #expect(try repository.resolve("HEAD").commit == commit, "\(name)")
      #expect(try repository.configuredRef("main").commit == commit, "\(name)")
    }
    #expect(try scratch.open("bare.git").layout.workTree == nil)
    #expect(try scratch.open("linked").headBranch == "refs/heads/topic/x")
    let layouts = try (scratch.open("linked").layout, scratch.open().layout)
    #expect(layouts.0.commonDirectory == layouts.1.commonDirectory)
    #expect(layouts.0.gitDirectory != layouts.1.gitDirectory)
  }

  @Test func `libgit2 reads no certificates`() {
    typealias Read = @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> CInt
    guard let symbol = unsafe dlsym(nil, "mbedtls_x509_crt_parse_file") else {
      return #expect(Bool(false))
    }
    // The function of mbed TLS itself fails where there is no file.
    #expect(unsafe unsafeBitCast(symbol, to: Read.self)(nil, "/nonexistent") == 0)
  }

  @Test func `where there is no repository, the path is named`() throws {
    let folder = try TemporaryFolder()
    #expect(kind { _ = try Repository(at: folder.path) } == .notARepository(path: folder.path))
    let missing = folder.path("nothing")
    #expect(kind { _ = try Repository(at: missing) } == .notARepository(path: missing))
    #expect(kind { _ = try Repository(at: "a\0b") } == .notARepository(path: "a\0b"))
  }

  @Test func `a repository of another user is refused with git's own hint`() async throws {
    let scratch = try await Scratch()
    try await scratch.git.commit("one")
    // Only the superuser can give a file away, and only then is there anything to see.
    guard try await Self.giveAway(scratch.folder.path("work")) else {
      print("left out: only the superuser can make a repository of another user")
      return
    }
    let error = #expect(throws: GitError.self) { try scratch.open() }
    guard case .notOwned(let path)? = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path.hasPrefix(scratch.folder.path("work")))
    #expect(error?.hint == "run `git config --global --add safe.directory \(path)`")
  }

  /// Gives a folder to another user; false where that is not ours to do.
  private static func giveAway(_ path: String) async throws -> Bool {
    let child = ChildProcess(
      "chown",
      ["-R", "65533", path],
      environment: Programs.environment(home: path)
    )
    return try await child.run(timeout: .seconds(30)).isSuccess
  }

  @Test func `a path with odd characters is quoted in the hint`() {
    let error = GitError(.notOwned(path: "/srv/it's here"))
    #expect(
      error.hint == #"run `git config --global --add safe.directory '/srv/it'\''s here'`"#
    )
  }

  @Test func `a repository of SHA-256 objects is refused by name`() async throws {
    let scratch = try await Scratch(options: ["--object-format=sha256"])
    #expect(kind { _ = try scratch.open() } == .unsupportedObjectFormat("sha256"))
  }

  @Test func `a list of boundary commits that is damaged is refused, and nothing is left open`()
    async throws
  {
    let scratch = try await Scratch()
    try scratch.git.write(".git/shallow", "not a commit\n")
    // What is left open shows under the address sanitizer.
    for _ in 0..<3 { #expect(kind { _ = try scratch.open() } == .system) }
  }

  @Test func `an unknown extension is refused by name`() async throws {
    let scratch = try await Scratch()
    try await scratch.git.git("config", "core.repositoryformatversion", "1")
    try await scratch.git.git("config", "extensions.refstorage", "reftable")
    #expect(kind { _ = try scratch.open() } == .unsupportedExtension("refstorage"))
  }

  @Test func `a partial clone opens, and a missing object says how to get it`() async throws {
    let scratch = try await Scratch()
    let commit = try Scratch.id(try await scratch.git.commit("one", files: ["a.txt": "hello"]))
    try await scratch.git.git("config", "uploadpack.allowFilter", "true")
    try await scratch.git.git(
      "clone",
      "--quiet",
      "--bare",
      "--filter=blob:none",
      "file://\(scratch.folder.path("work"))",
      "../partial"
    )
    let repository = try scratch.open("partial")
    #expect(repository.layout.isPartialClone)
    let file = try #require(try repository.files(at: commit, under: .root).first)
    let error = #expect(throws: GitError.self) { try repository.blob(file.id) }
    #expect(error?.kind == .objectMissing(file.id, partialClone: true))
    #expect(error?.hint?.contains("git fetch --refetch --no-filter") == true)
  }

  @Test func `an actor confines the repository to the executor that it is handed`() async throws {
    let scratch = try await Scratch()
    let commit = try Scratch.id(try await scratch.git.commit("one"))
    let actor = RepositoryActor(
      at: scratch.folder.path("work"),
      executor: QueueExecutor(label: "git")
    )
    let resolved = try await actor.read { repository throws(GitError) in
      try repository.resolve("HEAD")
    }
    #expect(resolved == ResolvedRef(name: "HEAD", commit: commit))
    let absent = RepositoryActor(at: "/nonexistent", executor: QueueExecutor(label: "git"))
    let error = await #expect(throws: GitError.self) {
      try await absent.read { repository throws(GitError) in repository.boundary }
    }
    #expect(error?.kind == .notARepository(path: "/nonexistent"))
  }
}
