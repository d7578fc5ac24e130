/// One option that a command understands.
package struct Option: Hashable, Sendable {
  package var name: String
  /// What the value is called in the help; `nil` for an option that takes none.
  package var value: String?
  package var isRepeatable: Bool
  package var help: String
  package var group: Group

  package init(
    _ name: String,
    value: String? = nil,
    repeatable: Bool = false,
    in group: Group = .command,
    _ help: String
  ) {
    self.name = name
    self.value = value
    isRepeatable = repeatable
    self.group = group
    self.help = help
  }

  /// The headings of the help, in its order.
  package enum Group: String, Hashable, Sendable, CaseIterable {
    case command = "Options"
    case repository = "Repository"
    case tenant = "Tenant"
    case scope = "Scope and limits"
    case output = "Output"
  }
}
