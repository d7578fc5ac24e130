internal import Declarations
internal import Git
internal import Platform

/// The memory that reading declarations takes, in a process that does nothing else.
enum ReadingMemory {
  /// By this argument the program knows that it is the process that is measured.
  static let argument = "--read"

  /// Reads the declarations of a commit, and yields the highest resident size of this process, in
  /// MiB.
  static func measure(repository path: String, commit: String) async throws -> Double {
    guard let commit = ObjectID(hex: commit) else { throw GitError(.system) }
    let world = ManyGuests(
      repository: RepositoryActor(at: path, executor: QueueExecutor(label: "benchmark")),
      commit: commit
    )
    let reading = await DeclarationReader().read(inParallel: try await world.load())
    return reading.desired == nil ? .infinity : try Memory.peak()
  }
}

extension ManyGuests {
  /// The highest resident size, in MiB, of a process of its own that reads this once.
  func peakOfReading() async throws -> Double {
    let child = ChildProcess(
      "/proc/self/exe",
      [ReadingMemory.argument, path, commit.hex],
      environment: ["SWIFT_BACKTRACE": "enable=no"]
    )
    let done = try await child.run(timeout: .seconds(120))
    let text = String(decoding: done.output, as: UTF8.self)
    return Double(text.filter { !$0.isNewline }) ?? .infinity
  }
}
