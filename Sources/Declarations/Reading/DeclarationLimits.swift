package import YAML

/// How much one commit may declare.
package struct DeclarationLimits: Hashable, Sendable {
  package var yaml: YAMLLimits
  package var files: Int
  /// Bytes of all files together.
  package var bytes: Int
  /// Guests, removals and grants from the resource's side together.
  package var entries: Int

  /// Bytes of one file.
  package var fileBytes: Int { yaml.bytes }

  package init(
    yaml: YAMLLimits = YAMLLimits(),
    files: Int = 20_000,
    bytes: Int = 512 << 20,
    entries: Int = 1_000_000
  ) {
    self.yaml = yaml
    self.files = files
    self.bytes = bytes
    self.entries = entries
  }
}
