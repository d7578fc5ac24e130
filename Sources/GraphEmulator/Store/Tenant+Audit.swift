extension Tenant {
  /// Entries that are kept; the oldest go first.
  private static let auditLimit = 100_000

  /// Writes an entry of the directory's audit log, as every change by a caller leaves one.
  func audit(
    _ context: RequestContext,
    _ activity: String,
    _ category: String,
    _ operation: String,
    _ targets: [Handle],
    _ changes: [JSONValue.Member] = []
  ) {
    let type = GraphTypes.known("directoryAudit")
    let correlation = context.clientRequestID.flatMap { ObjectID($0) } ?? context.requestID
    let id =
      "Directory_\(correlation)_\(SeededGenerator.mix(version &+ UInt64(targets.count)) % 1_000_000)_\(version)"
    let members: [(String, JSONValue)] = [
      ("id", .string(id)),
      ("activityDateTime", .string(now.text)),
      ("activityDisplayName", .string(activity)),
      ("additionalDetails", []),
      ("category", .string(category)),
      ("correlationId", .string(correlation.text)),
      (
        "initiatedBy",
        [
          "app": [
            "appId": .string(context.caller.appID),
            "displayName": .string(context.caller.displayName),
            "servicePrincipalId": .string(context.caller.objectID), "servicePrincipalName": .null,
          ],
          "user": .null,
        ]
      ),
      ("loggedByService", activity == "Invite external user" ? "Invited Users" : "Core Directory"),
      ("operationType", .string(operation)),
      ("result", "success"),
      ("resultReason", ""),
      ("targetResources", .array(targets.map { auditTarget($0, changes) })),
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
    let modified = changes.filter { !$0.name.contains("@") }.map { change -> JSONValue in
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
