/// The commands of the program, in the order in which the help lists them.
package enum CommandTable {
  package static let all: [CommandDescription] = [
    ValidateCommand.description, PlanCommand.description, DriftCommand.description,
    ApplyCommand.description, HistoryCommand.description, SchemaCommand.description,
    FmtCommand.description,
  ]

  package static func named(_ name: String) -> CommandDescription? {
    all.first { $0.name == name }
  }
}
