internal import Access
internal import Declarations
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
        .ratio(name, figure: whole, unit: "s", to: alone - load, of: "libyaml", atMost: 5)
      )
      measurements.append(
        .absolute(
          "\(name), memory",
          figure: try await world.peakOfReading(),
          unit: "MiB",
          atMost: 600
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
