package import Access
internal import Platform

/// Everything of the outside world that a command may use.
package struct Context: Sendable {
  package var environment: [String: String]
  package var clock: any Clock
  package var randomness: any Randomness
  package var console: Console
  /// Asks a question on the terminal and returns the line that was typed; `nil` where nobody can
  /// answer.
  package var prompt: (@Sendable (String) async -> String?)?

  package init(
    environment: [String: String],
    clock: any Clock,
    randomness: any Randomness,
    console: Console,
    prompt: (@Sendable (String) async -> String?)? = nil
  ) {
    self.environment = environment
    self.clock = clock
    self.randomness = randomness
    self.console = console
    self.prompt = prompt
  }
}

/// The machine's clock.
struct SystemClock: Access.Clock {
  func now() -> Moment { Moment(seconds: SystemTime.secondsSinceEpoch()) }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}

/// The machine's source of randomness.
struct SystemRandomness: Randomness {
  func word() -> UInt64 { SystemTime.randomWord() }
}
