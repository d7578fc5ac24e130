internal import FoundationEssentials
internal import Platform

/// Runs the benchmarks that are named, or all, and prints a line for each figure.
@main
struct BenchmarkProgram {
  static let all: [Benchmark] = [
    .planning, .planningTenfold, .emulatorThroughput, .noOpPlan, .validation, .declarations,
    .historyOfLargeFiles,
    .historyOfSmallFiles, .historyOfGrants,
  ]

  static func main() async {
    let names = ProcessInfo.processInfo.arguments.dropFirst()
    if names.first == ReadingMemory.argument, names.count == 3, let commit = names.last {
      await measureReading(of: names[names.startIndex + 1], at: commit)
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

  private static func measureReading(of repository: String, at commit: String) async {
    do {
      let peak = try await ReadingMemory.measure(repository: repository, commit: commit)
      say("\(peak)", to: .output)
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
