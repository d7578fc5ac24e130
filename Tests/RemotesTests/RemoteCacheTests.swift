import FoundationEssentials
import Git
import Platform
import Remotes
import TestSupport
import Testing

@Suite struct RemoteCacheTests {
  private static func cache(
    _ folder: TemporaryFolder,
    timeout: Duration = .seconds(60),
    adding more: [String: String] = [:]
  ) -> RemoteCache {
    RemoteCache(
      folder: folder.path("cache"),
      environment: Programs.environment(home: folder.path, adding: more),
      timeout: timeout
    )
  }

  @Test func `a remote is fetched whole, and again with what is new and gone`() async throws {
    let folder = try TemporaryFolder()
    let git = try await GitFixture(at: folder.path("origin"), home: folder.path)
    let first = try await git.commit("one", files: ["a": "x"])
    try await git.git("branch", "old")
    try await git.git("tag", "v1")
    let location = try RepositoryLocation("file://\(folder.path("origin"))")
    let path = try await Self.cache(folder).path(of: location)
    let repository = try Repository(at: path)
    #expect(try repository.configuredRef("main").name == "refs/remotes/origin/main")
    #expect(try repository.configuredRef("main").commit.hex == first)
    #expect(try repository.resolve("HEAD").commit.hex == first)
    #expect(try repository.resolve("v1").commit.hex == first)
    let second = try await git.commit("two")
    try await git.git("branch", "-D", "old")
    try await git.git("tag", "--force", "v1")
    let again = try await Self.cache(folder).path(of: location)
    #expect(again == path)
    let fetched = try Repository(at: path)
    #expect(try fetched.configuredRef("main").commit.hex == second)
    #expect(try fetched.resolve("v1").commit.hex == second)
    #expect(throws: GitError(.refNotFound("old"))) { try fetched.configuredRef("old") }
  }

  @Test func `a branch that was rewritten replaces what was fetched before`() async throws {
    let folder = try TemporaryFolder()
    let git = try await GitFixture(at: folder.path("origin"), home: folder.path)
    let first = try await git.commit("one")
    let lost = try await git.commit("two")
    let location = try RepositoryLocation("file://\(folder.path("origin"))")
    _ = try await Self.cache(folder).path(of: location)
    try await git.git("reset", "--hard", "--quiet", first)
    let tip = try await git.commit("other two")
    let path = try await Self.cache(folder).path(of: location)
    let repository = try Repository(at: path)
    #expect(try repository.configuredRef("main").commit.hex == tip)
    let gone = try #require(ObjectID(hex: lost))
    let stays = try #require(ObjectID(hex: first))
    let head = try repository.configuredRef("main").commit
    #expect(try repository.position(of: gone, to: head) == .absent)
    #expect(try repository.position(of: stays, to: head) == .onChain)
  }

  @Test func `a path is used as it is, and nothing is written for it`() async throws {
    let folder = try TemporaryFolder()
    let path = try await Self.cache(folder).path(of: .local(folder.path("anything")))
    #expect(path == folder.path("anything"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("cache")))
  }

  @Test func `a remote that is not there says what git said`() async throws {
    let folder = try TemporaryFolder()
    let url = "file://\(folder.path("nothing"))"
    let location = try RepositoryLocation(url)
    let error = await #expect(throws: RemoteError.self) {
      try await Self.cache(folder).path(of: location)
    }
    #expect(error?.kind == .failed(url))
    #expect(error?.detail?.contains("does not") == true)
  }

  @Test func `a remote that never answers is given up, and its child is gone`() async throws {
    let folder = try TemporaryFolder()
    let lock = folder.path("lock")
    let silent = try folder.write("silent", "#!/bin/sh\nexec flock '\(lock)' sleep 600\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: silent)
    let location = try RepositoryLocation("git@silent.example:access.git")
    let cache = Self.cache(folder, timeout: .seconds(5), adding: ["GIT_SSH_COMMAND": silent])
    let error = await #expect(throws: RemoteError.self) { try await cache.path(of: location) }
    #expect(error?.kind == .timedOut("git@silent.example:access.git", seconds: 5))
    // Anyone who holds the lock keeps it as long as it lives.
    #expect(FileManager.default.fileExists(atPath: lock))
    let next = ChildProcess(
      "flock",
      ["--timeout", "60", lock, "true"],
      environment: Programs.environment(home: folder.path)
    )
    #expect(try await next.run(timeout: .seconds(90)).isSuccess)
  }

  @Test func `two fetches into one place are one after the other`() async throws {
    let folder = try TemporaryFolder()
    let git = try await GitFixture(at: folder.path("origin"), home: folder.path)
    try await git.commit("one")
    let location = try RepositoryLocation("file://\(folder.path("origin"))")
    let path = try await Self.cache(folder).path(of: location)
    guard let lock = try FileLock(path: "\(path).lock") else {
      Issue.record("the lock is held")
      return
    }
    try lock.describeHolder("process 42")
    let error = await #expect(throws: RemoteError.self) {
      try await Self.cache(folder).path(of: location)
    }
    #expect(error?.detail == "process 42")
    _ = consume lock
  }
}
