internal import FoundationEssentials
internal import Platform

/// Runs the benchmarks that are named, or all, and prints a line for each figure.
@main
struct BenchmarkProgram {
  static let all: [Benchmark] = [
    .planning, .planningTenfold, .emulatorThroughput, .noOpPlan, .validation, .declarations,
    .history,
  ]

  static func main() async {
    let names = ProcessInfo.processInfo.arguments.dropFirst()
    if names.first == ReadingMemory.argument, names.count == 3, let commit = names.last {
      let repository = names[names.startIndex + 1]
      await report { try await ReadingMemory.measure(repository: repository, commit: commit) }
    }
    if names.first == HistoryWorld.argument, names.count == 2, let repository = names.last {
      await report {
        try await HistoryWorld(at: repository).read("main~10")
        return try Memory.peak()
      }
    }
    let unknown = names.filter { name in !all.contains { $0.name == name } }
    guard unknown.isEmpty else {
      say("no benchmark \(unknown.joined(separator: ", ")); there are:", to: .error)
      for benchmark in all { say("  \(benchmark.name)", to: .error) }
      Signals.endProcess(with: 64)
    }
    var isMet = true
    for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
      do {
        for measurement in try await benchmark.measure() {
          say(measurement.line, to: .output)
          isMet = isMet && measurement.isMet
        }
      } catch {
        say("\(benchmark.name): failed: \(error)", to: .error)
        isMet = false
      }
    }
    Signals.endProcess(with: isMet ? 0 : 1)
  }

  /// Prints a figure of this process alone, and ends it.
  private static func report(_ measure: () async throws -> Double) async {
    do {
      say("\(try await measure())", to: .output)
      Signals.endProcess(with: 0)
    } catch {
      say("\(error)", to: .error)
      Signals.endProcess(with: 1)
    }
  }

  private static func say(_ text: String, to stream: Terminal.Stream) {
    try? Terminal.write(Array("\(text)\n".utf8), to: stream)
  }
}
