internal import FoundationEssentials
internal import Platform

/// Runs one benchmark and prints a line for each figure; `--list` prints the names of all.
@main
struct BenchmarkProgram {
  static let all: [Benchmark] = [
    .noOpPlan, .validation, .diff, .declarations, .history, .noOpPlanOverHistory, .planning,
    .journal,
    .emulatorThroughput,
  ]

  static func main() async {
    let words = Array(ProcessInfo.processInfo.arguments.dropFirst())
    if words == ["--list"] {
      for benchmark in all { say(benchmark.name, to: .output) }
      Signals.endProcess(with: 0)
    }
    let isPeak = words.count > 1 && words[0] == Benchmark.peakArgument
    guard let benchmark = all.first(where: { $0.name == words[isPeak ? 1 : 0] }) else {
      say("unknown benchmark \(words.joined(separator: " "))", to: .error)
      Signals.endProcess(with: 64)
    }
    do {
      if isPeak {
        say("\(try await benchmark.peakOfWork(Array(words.dropFirst(2))))", to: .output)
        Signals.endProcess(with: 0)
      }
      let missing = benchmark.needs.filter { !isInstalled($0) }
      guard missing.isEmpty else {
        say("\(benchmark.name): skipped: \(missing.joined(separator: ", ")) missing", to: .output)
        Signals.endProcess(with: 0)
      }
      let measurements = try await benchmark.measure()
      for measurement in measurements { say(measurement.line, to: .output) }
      Signals.endProcess(with: measurements.allSatisfy(\.isMet) ? 0 : 1)
    } catch {
      say("\(benchmark.name): failed: \(error)", to: .error)
      Signals.endProcess(with: 1)
    }
  }

  private static func isInstalled(_ program: String) -> Bool {
    ["/usr/sbin", "/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  private static func say(_ text: String, to stream: Terminal.Stream) {
    try? Terminal.write(Array("\(text)\n".utf8), to: stream)
  }
}
