internal import Access
internal import Declarations

/// The texts of `--help` and `guestlist help`, made from the command table.
package enum Help {
  /// The page that lists the commands.
  package static var overview: String {
    let width = CommandTable.all.map(\.name.count).max() ?? 0
    let commands = CommandTable.all.map { "  \(padded($0.name, to: width))  \($0.summary)" }
    return """
      guestlist \(programVersion)
      Keeps the guest users of a Microsoft Entra tenant, and what they can reach,
      equal to what a git repository declares.

      Usage: guestlist COMMAND [options]

      Commands:
      \(commands.joined(separator: "\n"))

      guestlist help COMMAND describes a command, guestlist help GL012 a finding,
      guestlist help keys every key of the declarations; guestlist --version prints
      the version.

      Exit codes (2 only with --detailed-exitcode):
        0  success   1  error   2  changes   3  invalid declarations
        4  held back by a guard   5  partly done   6  the plan no longer fits
        7  sign-in or permission   64  usage   130  interrupted

      """
  }

  /// The page of one command.
  package static func page(of command: CommandDescription) -> String {
    var page = "Usage: \(command.usage)\n\n\(command.discussion)\n"
    for group in Option.Group.allCases {
      let options = command.options.filter { $0.group == group }
      guard !options.isEmpty else { continue }
      page += "\n\(group.rawValue):\n"
      for option in options {
        // Dots say that it may be given more than once.
        let value = option.value.map { " \($0)" + (option.isRepeatable ? "…" : "") } ?? ""
        page += "  \(padded("--\(option.name)\(value)", to: 22))  \(option.help)\n"
      }
    }
    if !command.examples.isEmpty {
      page += "\nExamples:\n"
      for example in command.examples {
        page += "  \(padded(example.call, to: 42))  \(example.purpose)\n"
      }
    }
    if !command.environment.isEmpty {
      page += "\nEnvironment:\n"
      for variable in command.environment {
        page += "  \(padded(variable.name, to: 32))  \(variable.help)\n"
      }
    }
    return page
  }

  /// The page of a word behind `guestlist help`: a command, `keys`, or the code of a finding.
  package static func page(about word: String) throws(UsageError) -> String {
    if let command = CommandTable.named(word) { return page(of: command) }
    if let rule = DeclarationRule(code: word) { return rule.page }
    if word == "keys" { return KeyReference.text }
    let names = CommandTable.all.map(\.name) + ["keys"]
    throw UsageError(
      "unknown command `\(word)`",
      hint: Suggestion.nearest(to: word, among: names).map { "did you mean `\($0)`?" }
        ?? "`guestlist help` lists the commands"
    )
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension DeclarationRule {
  /// Finds a rule by its code, in capitals or not.
  init?(code: String) {
    guard let rule = Self.allCases.first(where: { "\($0.code)" == code.uppercased() }) else {
      return nil
    }
    self = rule
  }

  /// What the finding means, how to mend it, and an example.
  var page: String {
    let lines = example.split(separator: "\n").map { "    \($0)\n" }
    return "\(code): \(title)\n\n\(explanation)\n\nFor example:\n\n\(lines.joined())"
  }
}
