internal import Access
internal import FoundationEssentials
internal import Git
internal import History
internal import Platform
internal import TestSupport

extension Benchmark {
  /// The life of everything in 10,000 first-parent commits over 3,000 guests, beside
  /// `git log -p --first-parent` of the same folder.
  static let historyOfLargeFiles = history(.largeFiles)
  static let historyOfSmallFiles = history(.smallFiles)
  /// The same of 3,000 commits over 3,000 holders in one file.
  static let historyOfGrants = history(.grants)

  private static func history(_ layout: HistoryGenerator.Layout) -> Benchmark {
    let name = "history-\(layout.rawValue)"
    return Benchmark(name: name) {
      let world = try await HistoryWorld(layout: layout)
      // The first read of this process: later ones find memory that the allocator did not give back.
      let peak = try await world.read("main~10")
      let (cold, log) = try await Timing.pairs(
        3,
        {
          try await world.forget()
          _ = try await world.read("main~10")
        },
        { try await world.log() }
      )
      let warm = try await Timing.seconds { _ = try await world.read("main~10") }
      let more = try await Timing.seconds { _ = try await world.read("main") }
      return [
        .ratio(
          "\(name) cold",
          figure: cold,
          unit: "s",
          to: log,
          of: "git log -p --first-parent",
          atMost: 2
        ),
        .ratio("\(name) warm", figure: warm, unit: "s", to: cold, of: "cold", atMost: 0.05),
        .ratio("\(name) ten more", figure: more, unit: "s", to: cold, of: "cold", atMost: 0.1),
        .absolute("\(name) peak", figure: peak, unit: "MiB", atMost: 300),
      ]
    }
  }
}

/// A generated repository with a cache beside it.
private struct HistoryWorld: Sendable {
  private let scratch: TemporaryFolder
  private let home: String
  private let path: String

  /// Makes the repository; with a folder in `GUESTLIST_BENCH_HISTORIES` it is kept there for the
  /// next time, since making it takes longer than everything else.
  init(layout: HistoryGenerator.Layout) async throws {
    scratch = try TemporaryFolder()
    let kept = ProcessInfo.processInfo.environment["GUESTLIST_BENCH_HISTORIES"]
    home = kept ?? scratch.path
    path = "\(home)/\(layout.rawValue)-v1"
    guard !FileManager.default.fileExists(atPath: "\(path)/complete") else { return }
    try? FileManager.default.removeItem(atPath: path)
    let repository = try await GitFixture(at: path, home: home)
    var generator = HistoryGenerator(layout: layout, guests: 3000)
    try await generator.begin(repository)
    try await generator.extend(repository, by: layout.steps + 9)
    // As a clone of it would be: one pack, with deltas between the versions of a file.
    try await repository.git("repack", "-a", "-d", "-f", "-q", "--window=20")
    try Data().write(to: URL(filePath: "\(path)/complete"))
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

  /// Deletes what was kept of earlier reads.
  func forget() async throws {
    let cache = scratch.path("cache")
    if FileManager.default.fileExists(atPath: cache) {
      try FileManager.default.removeItem(atPath: cache)
    }
  }

  /// Reads the history of a revision, and yields the most memory that was held meanwhile, in MiB.
  func read(_ revision: String) async throws -> Double {
    // Linux forgets the highest mark when this is written.
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    let cache = scratch.path("cache")
    let actor = RepositoryActor(at: path, executor: QueueExecutor(label: "git"))
    let entries = try await actor.read { repository throws(GitError) in
      guard let folder = GitPath("desired-state"),
        let tenant = TenantID(HistoryGenerator.tenantID)
      else { throw GitError(.system) }
      let tip = try repository.resolve(revision).commit
      let request = HistoryRequest(tip: tip, ref: "main", folder: folder, tenant: tenant)
      let reader = HistoryReader(cache: HistoryCache(folder: cache))
      return try reader.read(request, in: repository).intervals.count
    }
    guard entries >= 3000 else { throw Failure(errors: Array("few entries".utf8)) }
    return Self.peak()
  }

  /// The most resident memory of this process since the mark was forgotten, in MiB.
  private static func peak() -> Double {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    let words = line.split { $0 == " " || $0 == "\t" }
    return (words.dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
  }

  struct Failure: Error {
    var errors: [UInt8]
  }
}
