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

  private static func history(_ layout: HistoryGenerator.Layout) -> Benchmark {
    Benchmark(name: "history-\(layout.rawValue)") {
      let name = "history-\(layout.rawValue)"
      var world = try await HistoryWorld(layout: layout)
      let log = try await world.log()
      let (cold, memory) = try await world.read(isCold: true)
      let (warm, _) = try await world.read(isCold: false)
      try await world.extend(by: 10)
      let (more, _) = try await world.read(isCold: false)
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
        .absolute("\(name) peak", figure: memory, unit: "MiB", atMost: 300),
      ]
    }
  }
}

/// A generated repository with a cache beside it.
private struct HistoryWorld {
  private let folder: TemporaryFolder
  private let repository: GitFixture
  private var generator: HistoryGenerator

  init(layout: HistoryGenerator.Layout) async throws {
    folder = try TemporaryFolder()
    repository = try await GitFixture(at: folder.path("access"), home: folder.path("home"))
    generator = HistoryGenerator(layout: layout, guests: 3000)
    try await generator.begin(repository)
    try await generator.extend(repository, by: 9999)
    // As a clone of it would be: one pack, deltas between the versions of a file.
    try await repository.git("repack", "-a", "-d", "-f", "-q", "--window=20")
  }

  /// The seconds that git takes to show every change.
  func log() async throws -> Double {
    let child = ChildProcess(
      "/bin/sh",
      ["-c", "git log -p --first-parent -- desired-state >/dev/null"],
      environment: Programs.environment(home: folder.path("home")),
      folder: repository.path
    )
    return try await Timing.seconds {
      let done = try await child.run(timeout: .seconds(600))
      guard done.isSuccess else { throw Failure(errors: done.errors) }
    }
  }

  mutating func extend(by count: Int) async throws {
    try await generator.extend(repository, by: count)
  }

  /// The seconds that a read takes, and the most memory that this process ever held, in MiB.
  func read(isCold: Bool) async throws -> (seconds: Double, peak: Double) {
    let cache = folder.path("cache")
    if isCold { try? FileManager.default.removeItem(atPath: cache) }
    let path = repository.path
    let actor = RepositoryActor(at: path, executor: QueueExecutor(label: "git"))
    let seconds = try await Timing.seconds {
      _ = try await actor.read { repository throws(GitError) in
        let tip = try repository.configuredRef("main").commit
        guard let folder = GitPath("desired-state"),
          let tenant = TenantID(HistoryGenerator.tenantID)
        else { throw GitError(.system) }
        let request = HistoryRequest(tip: tip, ref: "main", folder: folder, tenant: tenant)
        let history = try HistoryReader(cache: HistoryCache(folder: cache))
          .read(request, in: repository)
        return history.intervals.count
      }
    }
    return (seconds, Self.peak())
  }

  /// The high-water mark of this process's resident memory, in MiB.
  private static func peak() -> Double {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    let kibibytes = line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return kibibytes / 1024
  }

  struct Failure: Error {
    var errors: [UInt8]
  }
}
