internal import Access
internal import Crypto
internal import Reconciliation

/// What must be true of reading plan files: an input is a whole file, or the part of one that its
/// checksum seals.
enum PlanFileProperties {
  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    _ = try? PlanFile.summary(of: bytes)
    guard let body = try? CanonicalJSON(parsing: bytes) else { return }
    // Anyone who alters a file can seal it again.
    let again = try? CanonicalJSON(parsing: body.bytes)
    precondition(again == body, "what was read is written as something else")
    for part in ["plan", "summary"] {
      let file = CanonicalJSON.object([
        "schemaVersion": .integer(PlanFile.schemaVersion),
        "checksum": .string(SHA256.digest(body.bytes).hex),
        part: body,
      ])
      if let summary = try? PlanFile.summary(of: file.bytes) {
        precondition(summary.lines.count <= bytes.count, "more lines than were written")
      }
    }
  }
}
