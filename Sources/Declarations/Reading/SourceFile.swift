/// One file of the declarations' folder, before anything is known of it.
package struct SourceFile: Hashable, Sendable {
  /// Relative to the folder, parts separated by `/`.
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// True for the files that are read: `*.yaml` and `*.yml`.
  package static func isDeclaration(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}
