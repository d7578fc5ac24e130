package import Access

/// Everything of the outside world that a command may use.
package struct Context: Sendable {
  package var environment: [String: String]
  package var clock: any Clock
  package var randomness: any Randomness
  package var console: Console
  /// Yields when the user asks the run to end.
  package var interruptions: @Sendable () -> AsyncStream<Void>

  package init(
    environment: [String: String],
    clock: any Clock,
    randomness: any Randomness,
    console: Console,
    interruptions: @escaping @Sendable () -> AsyncStream<Void>
  ) {
    self.environment = environment
    self.clock = clock
    self.randomness = randomness
    self.console = console
    self.interruptions = interruptions
  }
}
