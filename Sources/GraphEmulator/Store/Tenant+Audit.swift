extension Tenant {
  /// Entries that are kept; the oldest go first.
  private static let auditLimit = 100_000

  /// Writes an entry for a change that a caller made.
  func audit(
    _ context: RequestContext,
    _ activity: String,
    _ category: String,
    _ operation: String,
    _ targets: [Handle],
    _ changes: [JSONValue.Member] = []
  ) {
    audit(
      AuditEntry(
        actor: .application(context.caller),
        // The caller's own identifier of the request joins its journal to this log.
        correlation: context.clientRequestID.flatMap { ObjectID($0) } ?? context.requestID,
        activity: activity,
        category: category,
        operation: operation,
        targets: targets,
        changes: changes
      )
    )
  }

  func audit(_ entry: AuditEntry) {
    let type = EntitySet.Name.directoryAudits.type
    auditCount += 1
    let id = "Directory_\(entry.correlation)_\(auditCount)"
    let service = entry.activity == "Invite external user" ? "Invited Users" : "Core Directory"
    let members: [(String, JSONValue)] = [
      ("id", .string(id)),
      ("activityDateTime", .string(now.text)),
      ("activityDisplayName", .string(entry.activity)),
      ("additionalDetails", []),
      ("category", .string(entry.category)),
      ("correlationId", .string(entry.correlation.text)),
      ("initiatedBy", entry.actor.json),
      ("loggedByService", .string(service)),
      ("operationType", .string(entry.operation)),
      ("result", "success"),
      ("resultReason", ""),
      ("targetResources", .array(entry.targets.map { auditTarget($0, entry.changes) })),
    ]
    var values: [Int: [UInt8]] = [:]
    for (name, value) in members {
      if let number = type.number(of: name) { values[number] = value.bytes }
    }
    var set = sets.removeValue(forKey: .directoryAudits) ?? EntitySet(type: type)
    set.set(id, Record(values: values, type))
    if set.count > Self.auditLimit * 11 / 10 { set.trim(to: Self.auditLimit) }
    sets[.directoryAudits] = set
  }

  private func auditTarget(_ handle: Handle, _ changes: [JSONValue.Member]) -> JSONValue {
    guard let object = object(handle) else { return ["id": .null] }
    func text(_ name: String) -> JSONValue { self.text(handle, name).map { .string($0) } ?? .null }
    let modified = changes.filter { !$0.name.contains("@") && $0.name != "passwordProfile" }
      .map { change -> JSONValue in
        [
          "displayName": .string(change.name), "oldValue": .null,
          "newValue": .string(String(decoding: change.value.bytes, as: UTF8.self)),
        ]
      }
    return [
      "id": .string(object.id.text), "displayName": text("displayName"),
      "type": .string(object.kind.directoryName),
      "userPrincipalName": object.kind == .user ? text("userPrincipalName") : .null,
      "groupType": object.kind == .group ? "azureAD" : .null,
      "modifiedProperties": .array(modified),
    ]
  }
}
