/// Ways to measure on a machine that others use too.
enum Timing {
  /// Runs two pieces of work in turn, A B A B, after one uncounted round, and yields the median
  /// seconds of each: a slow moment of the machine then falls on both.
  static func pairs(
    _ rounds: Int,
    _ first: () async throws -> Void,
    _ second: () async throws -> Void
  ) async throws -> (first: Double, second: Double) {
    var one: [Double] = []
    var other: [Double] = []
    for round in 0...rounds {
      let a = try await seconds(first)
      let b = try await seconds(second)
      if round > 0 {
        one.append(a)
        other.append(b)
      }
    }
    return (median(one), median(other))
  }

  /// The seconds that one piece of work takes.
  static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
