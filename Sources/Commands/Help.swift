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
    var page = "Usage: \(command.usage)\n\n\(command.discussion)\n\n"
    for group in Option.Group.allCases {
      let options = command.options.filter { $0.group == group }
      guard !options.isEmpty else { continue }
      page += "\(group.rawValue):\n"
      var names: [String] = []
      for option in options {
        // Dots say that it may be given more than once.
        let value = option.value.map { " \($0)" + (option.isRepeatable ? "…" : "") } ?? ""
        names.append("--\(option.name)\(value)")
        // One without a text shares the line of the next.
        guard !option.help.isEmpty else { continue }
        page += "  \(padded(names.joined(separator: ", "), to: 23))  \(option.help)\n"
        names = []
      }
    }
    if !command.examples.isEmpty {
      page += "\nExamples:\n"
      for example in command.examples {
        page += "  \(padded(example.call, to: 42))  \(example.purpose)\n"
      }
    }
    return command.options.contains { $0.name == "endpoint" } ? page + environment : page
  }

  /// What every command reads that signs in to a tenant.
  private static let environment = """
    Environment:
      AZURE_TENANT_ID, AZURE_CLIENT_ID, and one of AZURE_CLIENT_SECRET,
      AZURE_CLIENT_CERTIFICATE_PATH (and …_PASSWORD), AZURE_FEDERATED_TOKEN_FILE,
      IDENTITY_ENDPOINT; GUESTLIST_ENDPOINT, GUESTLIST_JOURNAL

    """

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
