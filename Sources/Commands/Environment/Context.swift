package import Access

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
