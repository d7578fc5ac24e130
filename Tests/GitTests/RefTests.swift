import Git
import TestSupport
import Testing

@Suite struct RefTests {
  @Test func `the configured ref is the remote's where there is one, whatever HEAD is`()
    async throws
  {
    let scratch = try await Scratch()
    let git = scratch.git
    let first = try Scratch.id(try await git.commit("one"))
    let second = try Scratch.id(try await git.commit("two"))
    #expect(
      try scratch.open().configuredRef("main")
        == ResolvedRef(name: "refs/heads/main", commit: second)
    )
    try await git.git("update-ref", "refs/remotes/origin/main", first.hex)
    try await git.git("checkout", "--quiet", "--detach", "HEAD")
    let repository = try scratch.open()
    #expect(repository.headBranch == nil)
    for name in ["main", "refs/heads/main"] {
      #expect(
        try repository.configuredRef(name)
          == ResolvedRef(name: "refs/remotes/origin/main", commit: first)
      )
    }
    #expect(kind { _ = try repository.configuredRef("other") } == .refNotFound("other"))
    #expect(
      kind { _ = try repository.configuredRef("a..b") } == .invalidName("refs/remotes/origin/a..b")
    )
  }

  @Test func `a branch without a commit says so`() async throws {
    let scratch = try await Scratch()
    let repository = try scratch.open()
    #expect(kind { _ = try repository.configuredRef("main") } == .unborn("main"))
    #expect(kind { _ = try repository.resolve("HEAD") } == .unborn("refs/heads/main"))
  }

  @Test func `revisions resolve as git resolves them`() async throws {
    let scratch = try await Scratch()
    let git = scratch.git
    try await git.commit("one")
    try await git.git("tag", "light")
    try await git.git("tag", "--annotate", "--message", "a release", "v1.0")
    try await git.git("tag", "--annotate", "--message", "again", "v1.0-final", "v1.0")
    try await git.git("branch", "team/payments/q1")
    let last = try await git.commit("two")
    let repository = try scratch.open()
    let revisions = [
      "HEAD", "main", "refs/heads/main", "light", "v1.0", "v1.0-final", "refs/tags/v1.0-final",
      "team/payments/q1", "main~1", "HEAD^", last, String(last.prefix(9)),
    ]
    for revision in revisions {
      let expected = try await scratch.id("rev-parse", "\(revision)^{commit}")
      #expect(try repository.resolve(revision).commit == expected, "\(revision)")
    }
    #expect(try repository.resolve("v1.0").name == "refs/tags/v1.0")
    #expect(try repository.resolve("main~1").name == nil)
  }

  @Test(arguments: ["nothing", "refs/heads/nothing", "main~99", "0123456789"])
  func `a revision that does not exist is named`(_ revision: String) async throws {
    let scratch = try await Scratch()
    try await scratch.git.commit("one")
    let repository = try scratch.open()
    #expect(kind { _ = try repository.resolve(revision) } == .refNotFound(revision))
  }

  @Test func `a tag and a branch of one name are ambiguous unless they agree`() async throws {
    let scratch = try await Scratch()
    let git = scratch.git
    let first = try Scratch.id(try await git.commit("one"))
    try await git.git("tag", "twin")
    try await git.git("branch", "twin")
    #expect(try scratch.open().resolve("twin").commit == first)
    try await git.commit("two")
    try await git.git("branch", "--force", "twin")
    let repository = try scratch.open()
    let expected = GitError.Kind.ambiguous(
      "twin",
      candidates: ["refs/tags/twin", "refs/heads/twin"]
    )
    #expect(kind { _ = try repository.resolve("twin") } == expected)
    #expect(try repository.resolve("refs/tags/twin").commit == first)
  }

  @Test func `what is not a commit is refused`() async throws {
    let scratch = try await Scratch()
    try await scratch.git.commit("one", files: ["a": "text"])
    try await scratch.git.git("tag", "thing", "HEAD:a")
    let repository = try scratch.open()
    #expect(
      kind { _ = try repository.resolve("refs/tags/thing") } == .notACommit("refs/tags/thing")
    )
    #expect(kind { _ = try repository.resolve("HEAD:a") } == .notACommit("HEAD:a"))
    #expect(kind { _ = try repository.resolve("") } == .invalidName(""))
    #expect(kind { _ = try repository.resolve("a\0") } == .invalidName("a\0"))
  }
}
