package import YAML

/// How much one commit may declare.
package struct DeclarationLimits: Hashable, Sendable {
  package var yaml: YAMLLimits
  package var files: Int
  /// Guests, removals and grants from the resource's side together.
  package var entries: Int

  package init(
    yaml: YAMLLimits = YAMLLimits(),
    files: Int = 20_000,
    entries: Int = 2_000_000
  ) {
    self.yaml = yaml
    self.files = files
    self.entries = entries
  }
}
