/// The texts of `--help`, made from the command table.
package enum Help {
  /// The page that lists the commands.
  package static var overview: String {
    let width = CommandTable.all.map(\.name.count).max() ?? 0
    let commands = CommandTable.all.map { "  \(padded($0.name, to: width))  \($0.summary)" }
    return """
      guestlist \(programVersion)
      Keeps the guest users of a Microsoft Entra tenant, and what they may reach, equal to what a
      git repository declares.

      usage: guestlist COMMAND [options]

      commands:
      \(commands.joined(separator: "\n"))

      `guestlist COMMAND --help` describes a command; `guestlist --version` prints the version.
      Credentials come from AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.

      exit codes: 0 success, 1 error, 2 changes (only with --detailed-exitcode), 3 invalid
      declarations, 4 held back by a guard, 5 some entries were withheld or some writes failed,
      6 the plan no longer fits, 7 sign-in or permission, 64 usage, 130 interrupted

      """
  }

  /// The page of one command.
  package static func page(of command: CommandDescription) -> String {
    let terms = command.options.map { option in
      "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
    }
    let width = min(terms.map(\.count).max() ?? 0, 28)
    let options = zip(command.options, terms).map { option, term in
      "  \(padded(term, to: width))  \(option.help)\(option.isRepeatable ? " (can be repeated)" : "")"
    }
    return """
      usage: \(command.usage)

      \(command.discussion)

      options:
      \(options.joined(separator: "\n"))

      """
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
