internal import Declarations

/// The program: words in, an outcome out.
package enum Program {
  /// Runs one call; the words are without the name of the program.
  package static func run(_ words: [String], in context: Context) async -> Outcome {
    do throws(Failure) {
      return try await dispatch(words, in: context).mostSerious
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
      return try help(about: words.dropFirst().filter { !$0.hasPrefix("-") }, context)
    }
    if ["--version", "-V"].contains(first) {
      context.console.result("guestlist \(programVersion)\n")
      return Outcomes()
    }
    guard let (command, rest) = CommandTable.command(of: words) else {
      throw .usage(unknown(words))
    }
    if rest.prefix(while: { $0 != "--" }).contains(where: { ["--help", "-h"].contains($0) }) {
      context.console.result(Help.page(of: command))
      return Outcomes()
    }
    let arguments: Arguments
    do { arguments = try Arguments(Array(rest), for: command) } catch { throw .usage(error) }
    var context = context
    context.console = context.console.with(
      colour: !arguments.has("no-color"),
      quiet: arguments.has("quiet"),
      verbose: arguments.has("verbose")
    )
    return try await command.run(arguments, context)
  }

  private static func help(
    about words: [String],
    _ context: Context
  ) throws(Failure) -> Outcomes {
    do throws(UsageError) {
      let page =
        words.isEmpty ? Help.overview : try Help.page(about: words.joined(separator: " "))
      context.console.result(page)
    } catch {
      throw .usage(error)
    }
    return Outcomes()
  }

  private static func unknown(_ words: [String]) -> UsageError {
    let first = words.first ?? ""
    let names = CommandTable.all.map(\.name)
    let isOption = first.hasPrefix("-")
    let nearest =
      names.first { $0.hasPrefix("\(first) ") } ?? Suggestion.nearest(to: first, among: names)
    return UsageError(
      isOption ? "missing command before `\(first)`" : "unknown command `\(first)`",
      hint: (isOption ? nil : nearest).map { "did you mean `guestlist \($0)`?" }
        ?? "`guestlist help` lists the commands"
    )
  }
}
