/// What one command is called, what it takes, and what carries it out.
package struct CommandDescription: Sendable {
  package var name: String
  /// One line for the list of commands, imperative, without a full stop.
  package var summary: String
  /// A paragraph for the command's own help, in lines of at most 80 columns.
  package var discussion: String
  /// What follows the name in the usage line, apart from options.
  package var operands: [Operand]
  package var options: [Option]
  package var examples: [Example]
  package var run: @Sendable (Arguments, Context) async throws(Failure) -> Outcomes

  package init(
    name: String,
    summary: String,
    discussion: String,
    operands: [Operand] = [],
    options: [Option],
    examples: [Example] = [],
    run: @escaping @Sendable (Arguments, Context) async throws(Failure) -> Outcomes
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.operands = operands
    self.options = options
    self.examples = examples
    self.run = run
  }

  package struct Operand: Hashable, Sendable {
    package var name: String
    package var isRequired: Bool

    package init(_ name: String, required: Bool) {
      self.name = name
      isRequired = required
    }
  }

  /// A call, and what it is for.
  package struct Example: Hashable, Sendable {
    package var call: String
    package var purpose: String

    package init(_ call: String, _ purpose: String) {
      self.call = call
      self.purpose = purpose
    }
  }

  /// The line that shows how the command is called.
  package var usage: String {
    let words = operands.map { $0.isRequired ? $0.name : "[\($0.name)]" }
    return (["guestlist", name] + words + ["[options]"]).joined(separator: " ")
  }
}

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
