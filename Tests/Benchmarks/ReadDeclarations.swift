internal import Access
internal import Declarations
internal import FoundationEssentials
internal import Platform

extension Benchmark {
  /// A hundred thousand guests from a commit to validated desired state, in a thousand files and in
  /// one, beside libyaml alone over the same bytes.
  static let declarations = Benchmark(name: "declarations") {
    var measurements: [Measurement] = []
    for files in [1000, 1] {
      let world = try await ManyGuests(guests: 100_000, files: files)
      let name = "declarations 100,000 guests in \(files) file\(files == 1 ? "" : "s")"
      try Memory.resetPeak()
      try await read(world, guests: 100_000)
      let peak = try Memory.peak()
      let (whole, alone) = try await Timing.pairs(
        3,
        { try await read(world, guests: 100_000) },
        { parse(try await world.load()) }
      )
      let load = try await Timing.seconds { _ = try await world.load() }
      measurements.append(
        .ratio(name, figure: whole, unit: "s", to: alone - load, of: "libyaml", atMost: 4)
      )
      measurements.append(.absolute("\(name), memory", figure: peak, unit: "MiB", atMost: 400))
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

/// The memory of this process, as the kernel counts it.
enum Memory {
  /// Forgets the highest resident size so far.
  static func resetPeak() throws {
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  }

  /// The highest resident size since, in MiB.
  static func peak() throws -> Double {
    let status = String(
      decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")),
      as: UTF8.self
    )
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let digits = line.filter { $0.isNumber }
      return (Double(String(digits)) ?? 0) / 1024
    }
    return .infinity
  }
}
