internal import Access
internal import FoundationEssentials
internal import Platform

extension Program {
  /// Runs the call that the process was started with, and ends the process with its exit code.
  ///
  /// The first interruption asks the run to end, which finishes and records the writes in flight;
  /// the second ends the process at once.
  package static func runProcess() async -> Never {
    Signals.ignoreBrokenPipes()
    let environment = ProcessInfo.processInfo.environment
    let console = systemConsole(environment)
    let isAsking = Locked(false)
    let context = Context(
      environment: environment,
      clock: SystemClock(),
      randomness: SystemRandomness(),
      console: console,
      prompt: systemPrompt(console, isAsking)
    )
    let words = Array(ProcessInfo.processInfo.arguments.dropFirst())
    let run = Task { await Program.run(words, in: context) }
    let watch = Task {
      var isEnding = false
      for await _ in Signals.interruptions() {
        // Nothing is in flight while a question is asked.
        if isEnding || isAsking.withLock({ $0 }) {
          Signals.abandonProcess(with: Outcome.interrupted.exitCode)
        }
        isEnding = true
        context.console.note("interrupted: finishing and recording what is in flight")
        run.cancel()
      }
    }
    let outcome = await run.value
    watch.cancel()
    Signals.endProcess(with: outcome.exitCode)
  }

  /// Asks on the terminal; `nil` where nobody is there to answer.
  private static func systemPrompt(
    _ console: Console,
    _ isAsking: Locked<Bool>
  ) -> (@Sendable (String) async -> String?)? {
    guard Terminal.isTerminal(.input), Terminal.isTerminal(.error) else { return nil }
    let terminal = Confined(0, on: QueueExecutor(label: "terminal"))
    return { question in
      console.diagnostic(question)
      isAsking.withLock { $0 = true }
      defer { isAsking.withLock { $0 = false } }
      return await terminal.run { _ in readLine() }
    }
  }

  /// The console of the standard streams; colour and progress only where a person may be watching
  /// (https://no-color.org: any non-empty `NO_COLOR` switches colour off).
  private static func systemConsole(_ environment: [String: String]) -> Console {
    let isTerminal = Terminal.isTerminal(.error)
    let isDumb = environment["TERM"] == "dumb"
    let refusesColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let mayColour = !isDumb && !refusesColour
    return Console(
      usesColour: isTerminal && mayColour,
      coloursResults: Terminal.isTerminal(.output) && mayColour,
      columns: Terminal.columns(.output) ?? 80,
      showsProgress: isTerminal && !isDumb,
      write: { bytes, stream in
        // A reader that went away is not a reason to stop writing to the tenant; the exit code and
        // the journal still tell what happened.
        try? Terminal.write(bytes, to: stream)
      }
    )
  }
}
