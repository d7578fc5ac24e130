package import Access

/// Everything of the outside world that a command may use.
package struct Context: Sendable {
  package var environment: [String: String]
  package var clock: any Clock
  package var randomness: any Randomness
  package var console: Console

  package init(
    environment: [String: String],
    clock: any Clock,
    randomness: any Randomness,
    console: Console
  ) {
    self.environment = environment
    self.clock = clock
    self.randomness = randomness
    self.console = console
  }
}
