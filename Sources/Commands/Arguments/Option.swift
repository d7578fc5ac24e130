/// One option that a command understands.
package struct Option: Hashable, Sendable {
  package var name: String
  /// What the value is called in the help; `nil` for an option that takes none.
  package var value: String?
  package var isRepeatable: Bool
  package var help: String

  package init(_ name: String, value: String? = nil, repeatable: Bool = false, _ help: String) {
    self.name = name
    self.value = value
    isRepeatable = repeatable
    self.help = help
  }
}
