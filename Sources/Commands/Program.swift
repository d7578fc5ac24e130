internal import Declarations

/// The program: words in, an outcome out.
package enum Program {
  /// Runs one call; the words do not hold the program's own name.
  package static func run(_ words: [String], in context: Context) async -> Outcome {
    do throws(Failure) {
      return try await dispatch(words, in: context).speaking
    } catch {
      let report = error.report
      context.console.failure(report.message, hints: report.hints)
      return report.outcome
    }
  }

  private static func dispatch(
    _ words: [String],
    in context: Context
  ) async throws(Failure) -> Outcomes {
    guard let first = words.first else {
      context.console.diagnostic(Help.overview)
      return Outcomes([.usage])
    }
    if ["--help", "-h", "help"].contains(first) {
      return try help(about: words.dropFirst().first { !$0.hasPrefix("-") }, context)
    }
    if ["--version", "-V"].contains(first) {
      context.console.result("guestlist \(programVersion)\n")
      return Outcomes()
    }
    guard let command = CommandTable.named(first) else {
      throw .usage(unknown(first))
    }
    let rest = Array(words.dropFirst())
    if rest.prefix(while: { $0 != "--" }).contains(where: { ["--help", "-h"].contains($0) }) {
      return try help(about: first, context)
    }
    let arguments: Arguments
    do { arguments = try Arguments(rest, for: command) } catch { throw .usage(error) }
    var context = context
    context.console = context.console.with(
      colour: !arguments.has("no-color"),
      quiet: arguments.has("quiet"),
      verbose: arguments.has("verbose")
    )
    return try await command.run(arguments, context)
  }

  private static func help(
    about word: String?,
    _ context: Context
  ) throws(Failure) -> Outcomes {
    do throws(UsageError) {
      context.console.result(try word.map(Help.page(about:)) ?? Help.overview)
    } catch {
      throw .usage(error)
    }
    return Outcomes()
  }

  private static func unknown(_ word: String) -> UsageError {
    let names = CommandTable.all.map(\.name)
    let isOption = word.hasPrefix("-")
    return UsageError(
      isOption ? "missing command before `\(word)`" : "unknown command `\(word)`",
      hint: (isOption ? nil : Suggestion.nearest(to: word, among: names))
        .map { "did you mean `guestlist \($0)`?" } ?? "`guestlist help` lists the commands"
    )
  }
}
