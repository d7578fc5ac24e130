internal import Access
internal import Declarations
internal import Git

extension Benchmark {
  /// A hundred thousand guests from a commit to validated desired state, in a thousand files and in
  /// one, beside libyaml alone over the same bytes.
  static let declarations = Benchmark(
    name: "declarations",
    measure: {
      var measurements: [Measurement] = []
      for files in [1000, 1] {
        let world = try await ManyGuests(guests: guests, files: files)
        let name = "declarations 100,000 guests in \(files) file\(files == 1 ? "" : "s")"
        let peak = try await Benchmark.peak(of: "declarations", world.path, world.commit.hex)
        let (whole, alone) = try await Timing.pairs(
          5,
          { try await read(world) },
          { parse(try await world.load()) }
        )
        let load = try await Timing.seconds { _ = try await world.load() }
        measurements += [
          .ratio(name, figure: whole, to: alone - load, of: "libyaml", atMost: 5),
          .absolute("\(name), memory", figure: peak, unit: "MiB", atMost: 600),
        ]
      }
      return measurements
    },
    work: { words in
      guard let commit = ObjectID(hex: words[1]) else { throw GitError(.system) }
      try await read(ManyGuests(at: words[0], commit: commit))
    }
  )

  private static let guests = 100_000

  private static func read(_ world: ManyGuests) async throws {
    let reading = await DeclarationReader().read(inParallel: try await world.load())
    guard reading.desired?.guests.count == guests else {
      let first = reading.findings.first.map { "\($0)" } ?? "no finding"
      throw Failure(description: "\(reading.desired?.guests.count ?? 0) guests: \(first)")
    }
  }

  private static func parse(_ contents: FolderContents) {
    for file in contents.files { _ = EventYardstick.parse(file.bytes) }
  }
}
