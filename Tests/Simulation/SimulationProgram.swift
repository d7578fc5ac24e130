internal import Access
internal import Dispatch
internal import Platform

@testable import Worlds

/// Lives through simulated weeks, one for each seed, and says which ended wrong.
///
///     Simulation [--from SEED] [--count N] [--limit N] [--jobs N] [--seed SEED]
///
/// It stops after `--limit` broken promises (20 unless told otherwise). `--seed` lives through one world
/// and tells what happened. Set `SWIFT_DETERMINISTIC_HASHING` for a seed to
/// be the same in every process.
@main
enum SimulationProgram {
  static func main() {
    var options: [String: UInt64] = [:]
    var words = CommandLine.arguments.dropFirst()
    while let name = words.popFirst(), let value = words.popFirst().flatMap({ UInt64($0) }) {
      options[name] = value
    }
    if let seed = options["--seed"] {
      let life = Life(seed: seed)
      print(life.told.joined(separator: "\n"))
      print(life.complaint ?? "seed \(seed): every promise held")
      Signals.endProcess(with: life.complaint == nil ? 0 : 1)
    }
    let first = options["--from"] ?? 1
    let seeds = first..<(first + (options["--count"] ?? 2000))
    let (lived, wrong) = live(
      seeds,
      limit: Int(options["--limit"] ?? 20),
      jobs: Int(options["--jobs"] ?? 2)
    )
    for (seed, complaint) in wrong.sorted(by: { $0.key < $1.key }) {
      print("seed \(seed): \(complaint)")
    }
    print("simulation: \(lived) seeds, \(wrong.count) broke a promise")
    Signals.endProcess(with: wrong.isEmpty ? 0 : 1)
  }

  /// Lives through seeds side by side until all are done or too many are wrong, and every hundredth
  /// a second time, which must be the same.
  private static func live(
    _ seeds: Range<UInt64>,
    limit: Int,
    jobs: Int
  ) -> (Int, [UInt64: String]) {
    let state = Locked((next: seeds.lowerBound, lived: 0, wrong: [UInt64: String]()))
    DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
      while let seed = state.withLock({ state -> UInt64? in
        guard state.next < seeds.upperBound, state.wrong.count < limit else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        let life = Life(seed: seed)
        var complaint = life.complaint
        if seed % 100 == 0, complaint == nil, Life(seed: seed).told != life.told {
          complaint = "another life at the second time"
        }
        state.withLock { state in
          state.lived += 1
          state.wrong[seed] = complaint
        }
      }
    }
    return state.withLock { ($0.lived, $0.wrong) }
  }
}

/// What one seed led to.
struct Life: Sendable {
  let told: [String]
  /// What went wrong; `nil` if nothing did.
  let complaint: String?

  init(seed: UInt64) {
    let scheduler = Scheduler(seed: seed, start: Names.start)
    let end = Locked<([String], String?)>(([], nil))
    let isOver = scheduler.run {
      var told: [String] = []
      var complaint: String?
      do {
        let simulation = try Simulation(seed: seed, on: scheduler)
        do { complaint = try await simulation.tell() } catch { complaint = "\(error)" }
        told = simulation.told
      } catch {
        complaint = "\(error)"
      }
      end.withLock { $0 = (told, complaint) }
    }
    (told, complaint) = end.withLock { $0 }
    if !isOver { print("seed \(seed): stuck") }
  }
}
