internal import Access
internal import Declarations
internal import FoundationEssentials
internal import Git
internal import History
internal import Platform
internal import TestSupport

extension Benchmark {
  /// The life of everything in 3,000 merges over 5,000 people, beside what cannot be saved: every
  /// version of every file through libyaml once, and git showing every change.
  static let history = Benchmark(
    name: "history",
    measure: {
      let world = try await HistoryWorld()
      let peak = try await Benchmark.peak(of: "history", world.path)
      let (cold, floor) = try await Timing.pairs(
        1,
        {
          try world.forget()
          try await world.read("main~10")
        },
        {
          try await world.parse()
          try await world.log()
        }
      )
      let warm = try await Timing.seconds { try await world.read("main~10") }
      let more = try await Timing.seconds { try await world.read("main") }
      return [
        .ratio(
          "history cold",
          figure: cold,
          to: floor,
          of: "libyaml over every version and git log -p --first-parent",
          atMost: 1.5
        ),
        .ratio("history warm", figure: warm, to: cold, of: "cold", atMost: 0.03),
        .ratio("history ten more", figure: more, to: cold, of: "cold", atMost: 0.05),
        .absolute("history peak", figure: peak, unit: "MiB", atMost: 500),
      ]
    },
    work: { words in try await HistoryWorld(at: words[0]).read("main~10") }
  )
}

/// A generated repository with a cache beside it.
struct HistoryWorld: Sendable {
  private let scratch: TemporaryFolder
  private let home: String
  let path: String

  /// Makes the repository; with a folder in `GUESTLIST_BENCH_HISTORIES` it is kept there for the
  /// next time, since making it takes longer than everything else.
  init() async throws {
    scratch = try TemporaryFolder()
    let kept = ProcessInfo.processInfo.environment["GUESTLIST_BENCH_HISTORIES"]
    home = kept ?? scratch.path
    path = "\(home)/merges-v2"
    guard !FileManager.default.fileExists(atPath: "\(path)/complete") else { return }
    try? FileManager.default.removeItem(atPath: path)
    let repository = try await GitFixture(at: path, home: home)
    var generator = HistoryGenerator()
    try await generator.begin(repository)
    try await generator.extend(repository, by: HistoryGenerator.steps)
    // As a clone of it would be: one pack, with deltas between the versions of a file.
    try await repository.git("reset", "--hard", "--quiet")
    try await repository.git("repack", "-a", "-d", "-f", "-q", "--window=20")
    try Data().write(to: URL(filePath: "\(path)/complete"))
  }

  /// Takes a repository that was made.
  init(at path: String) throws {
    scratch = try TemporaryFolder()
    home = scratch.path
    self.path = path
  }

  /// Lets git show every change.
  func log() async throws {
    let child = ChildProcess(
      "/bin/sh",
      ["-c", "git log -p --first-parent main~10 -- desired-state >/dev/null"],
      environment: Programs.environment(home: home),
      folder: path
    )
    let done = try await child.run(timeout: .seconds(600))
    guard done.isSuccess else { throw Failure(errors: done.errors) }
  }

  /// Lets libyaml parse every version of every file on the chain, each once.
  func parse() async throws {
    let actor = RepositoryActor(at: path, executor: QueueExecutor(label: "git"))
    let events = try await actor.read { repository throws(GitError) in
      var seen: Set<ObjectID> = []
      var events = 0
      var before: ObjectID?
      for id in try repository.firstParents(from: repository.resolve("main~10").commit).reversed() {
        let tree = try repository.commit(id).tree
        for change in try repository.changes(from: before, to: tree) {
          guard let file = change.new, seen.insert(file.id).inserted else { continue }
          events += EventYardstick.parse(try repository.blob(file.id))
        }
        before = tree
      }
      return events
    }
    guard events > 1_000_000 else { throw Failure(errors: Array("few events".utf8)) }
  }

  /// Deletes what was kept of earlier reads.
  func forget() throws {
    let cache = scratch.path("cache")
    if FileManager.default.fileExists(atPath: cache) {
      try FileManager.default.removeItem(atPath: cache)
    }
  }

  /// Reads the history of a revision.
  func read(_ revision: String) async throws {
    let cache = HistoryCache(
      folder: scratch.path("cache"),
      secretFolder: scratch.path("secret")
    )
    let actor = RepositoryActor(at: path, executor: QueueExecutor(label: "git"))
    let entries = try await actor.read { repository throws(GitError) in
      guard let folder = GitPath("desired-state"),
        let tenant = TenantID(HistoryGenerator.tenantID)
      else { throw GitError(.system) }
      let tip = try repository.resolve(revision).commit
      let request = HistoryRequest(tip: tip, folder: folder, tenant: tenant)
      return try HistoryReader(cache: cache).read(request, in: repository).intervals.guests.count
    }
    guard entries >= 4500 else { throw Failure(errors: Array("\(entries) people".utf8)) }
  }

  /// The declarations of the last commit.
  func files() async throws -> [String: String] {
    let actor = RepositoryActor(at: path, executor: QueueExecutor(label: "git"))
    return try await actor.read { repository throws(GitError) in
      guard let folder = GitPath("desired-state") else { throw GitError(.system) }
      var files: [String: String] = [:]
      for file in try repository.files(at: repository.resolve("main").commit, under: folder) {
        files["desired-state/\(file.path)"] = String(
          decoding: try repository.blob(file.id),
          as: UTF8.self
        )
      }
      return files
    }
  }

  struct Failure: Error {
    var errors: [UInt8]
  }
}
