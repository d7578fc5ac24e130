/// The commands of the program, in the order in which the help lists them.
package enum CommandTable {
  package static let all: [CommandDescription] = [
    ValidateCommand.description, DiffCommand.description, ExplainCommand.description,
    PlanCommand.description, DriftCommand.description, ExportCommand.description,
    ApplyCommand.description, BlockCommand.description, ResendCommand.description,
    HistoryCommand.description, AuditVerifyCommand.description, AuditEraseCommand.description,
    SchemaCommand.description, FmtCommand.description,
  ]

  package static func named(_ name: String) -> CommandDescription? {
    all.first { $0.name == name }
  }

  /// The command that a call begins with, whose name may be two words, and what follows it.
  static func command(
    of words: [String]
  ) -> (command: CommandDescription, rest: ArraySlice<String>)? {
    for count in [2, 1] {
      if let command = named(words.prefix(count).joined(separator: " ")) {
        return (command, words.dropFirst(count))
      }
    }
    return nil
  }
}
