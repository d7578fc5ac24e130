internal import Access
internal import Declarations
internal import FoundationEssentials
internal import Git
internal import Platform

extension Benchmark {
  /// A hundred thousand guests from a commit to validated desired state, in a thousand files and in
  /// one, beside libyaml alone over the same bytes.
  static let declarations = Benchmark(name: "declarations") {
    var measurements: [Measurement] = []
    for files in [1000, 1] {
      let world = try await ManyGuests(guests: 100_000, files: files)
      let name = "declarations 100,000 guests in \(files) file\(files == 1 ? "" : "s")"
      let (whole, alone) = try await Timing.pairs(
        5,
        { try await read(world, guests: 100_000) },
        { parse(try await world.load()) }
      )
      let load = try await Timing.seconds { _ = try await world.load() }
      measurements.append(
        .ratio(name, figure: whole, unit: "s", to: alone - load, of: "libyaml", atMost: 4)
      )
      measurements.append(
        .absolute(
          "\(name), memory",
          figure: try await world.peakOfReading(),
          unit: "MiB",
          atMost: 400
        )
      )
      if files == 1000 {
        let small = try await ManyGuests(guests: 10_000, files: 100)
        let (tenth, _) = try await Timing.pairs(5, { try await read(small, guests: 10_000) }, {})
        measurements.append(
          .ratio(
            "declarations of ten times the guests",
            figure: whole,
            unit: "s",
            to: tenth,
            of: "10,000 guests",
            atMost: 11
          )
        )
      }
    }
    return measurements
  }

  private static func read(_ world: ManyGuests, guests: Int) async throws {
    let reading = await DeclarationReader().read(inParallel: try await world.load())
    guard reading.desired?.guests.count == guests else {
      throw WrongCount(
        found: reading.desired?.guests.count,
        first: "\(reading.findings.first as Any)"
      )
    }
  }

  private static func parse(_ contents: FolderContents) {
    for file in contents.files { _ = EventYardstick.parse(file.bytes) }
  }

  private struct WrongCount: Error {
    var found: Int?
    var first: String
  }
}

/// The memory that reading takes, in a process that does nothing else.
struct ReadingMemory {
  /// By this argument the program knows that it is the process that is measured.
  static let argument = "--read"

  /// Reads the declarations of a commit, and yields the highest resident size of this process as the
  /// kernel counts it, in MiB.
  static func measure(repository path: String, commit: String) async throws -> Double {
    guard let commit = ObjectID(hex: commit) else { throw GitError(.system) }
    let world = ManyGuests(
      repository: RepositoryActor(at: path, executor: QueueExecutor(label: "benchmark")),
      commit: commit
    )
    let reading = await DeclarationReader().read(inParallel: try await world.load())
    let status = String(
      decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")),
      as: UTF8.self
    )
    guard reading.desired != nil else { return .infinity }
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return (Double(String(line.filter { $0.isNumber })) ?? .infinity) / 1024
    }
    return .infinity
  }
}

extension ManyGuests {
  /// The highest resident size, in MiB, of a process of its own that reads this once.
  fileprivate func peakOfReading() async throws -> Double {
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
