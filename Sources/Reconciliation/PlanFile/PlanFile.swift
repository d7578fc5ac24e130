package import Access

/// Plans as files: the canonical JSON of everything that a plan holds, sealed by its digest.
package enum PlanFile {
  package static let schemaVersion: Int64 = 1

  /// The bytes of a plan file, a line end included.
  package static func encode(_ plan: Plan) -> [UInt8] {
    let body = CanonicalJSON(plan)
    let file = CanonicalJSON.object([
      "schemaVersion": .integer(schemaVersion),
      "checksum": .string(body.sha256),
      "plan": body,
    ])
    return file.bytes + [0x0A]
  }

  /// Reads a plan file; one whose contents are not those that its digests were taken over is
  /// refused.
  package static func decode(_ bytes: [UInt8]) throws(PlanFileError) -> Plan {
    let value: CanonicalJSON
    do {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw PlanFileError(kind: .syntax, place: "byte \(error.offset)")
    }
    var file = try FieldReader(value, "")
    guard case .integer(schemaVersion) = try file.take("schemaVersion") else {
      throw PlanFileError(kind: .schemaVersion, place: "schemaVersion")
    }
    let checksum = try file.string("checksum")
    let body = try file.take("plan")
    try file.end()
    guard body.sha256 == checksum else { throw PlanFileError(kind: .altered, place: "plan") }
    let plan = try Plan(reading: body, "plan")
    guard plan.digest == plan.computedDigest else {
      throw PlanFileError(kind: .altered, place: "plan.digest")
    }
    return plan
  }
}
