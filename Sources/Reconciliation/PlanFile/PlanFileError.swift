/// Why a file is not a plan that may be applied.
package struct PlanFileError: Error, Hashable, Sendable {
  package var kind: Kind
  /// Where in the file, as a path of keys (`plan.actions.3.reason`), or a byte; for people.
  package var place: String

  package enum Kind: Hashable, Sendable {
    /// It is not JSON, or not the JSON that we write.
    case syntax
    /// It was written by a version of the program whose files this one does not read.
    case schemaVersion
    /// A key is missing, unknown, or has a wrong value.
    case malformed
    /// Its contents are not those that its digests were taken over.
    case altered
  }
}
