/// The directory's audit log, read only, and how changes are written into it.
enum AuditLogs {
  private static let type = GraphTypes.known("directoryAudit")
  private static let path = "/auditLogs/directoryAudits"
  /// Applications are promised no more than this one, though the data lists Directory.Read.All.
  private static let reading: AcceptedPermissions = "AuditLog.Read.All"

  static let operations = [
    Operation("GET \(path)", units: 0, reading) { call, tenant in
      try call.page(list(tenant), tenant)
    },
    Operation("GET \(path)/{}", units: 0, reading) { call, tenant in
      let id = call.keys[0].text
      guard let entry = tenant.audits.last(where: { $0.id == id }) else {
        throw GraphFailure.notFound(id)
      }
      return try call.item(entry.item, list(tenant), tenant)
    },
  ]

  private static func list(_ tenant: Tenant) -> List {
    List(type: type, context: "auditLogs/directoryAudits", isDirectory: false) { number, visit in
      let start = tenant.audits.partitioningIndex { $0.number > number }
      for entry in tenant.audits[start...] where !visit(entry.item) { return }
    }
  }

  /// Entries that are kept; the oldest go first.
  fileprivate static let limit = 100_000

  /// One entry, in a compact form.
  struct Entry: Sendable {
    let number: UInt64
    let at: Timestamp
    /// The application that made the change; nil for somebody in the portal.
    let caller: Caller?
    let correlation: ObjectID
    let activity: String
    let category: String
    let operation: String
    let targets: [Target]
    let changes: [String: JSONValue]

    struct Target: Sendable {
      let id: ObjectID
      let kind: ObjectKind
      let displayName: String?
      let userPrincipalName: String?
    }

    var id: String { "Directory_\(correlation)_\(number)" }

    var item: Item {
      let isInvitation = activity == "Invite external user"
      return Item(
        AuditLogs.type,
        number: number,
        [
          "id": .string(id), "activityDateTime": .string(at.text),
          "activityDisplayName": .string(activity), "additionalDetails": [],
          "category": .string(category), "correlationId": .string(correlation.text),
          "initiatedBy": initiator,
          "loggedByService": isInvitation ? "Invited Users" : "Core Directory",
          "operationType": .string(operation), "result": "success", "resultReason": "",
          "targetResources": .array(targets.map(told)),
        ]
      )
    }

    private var initiator: JSONValue {
      guard let caller else {
        return [
          "app": .null,
          "user": [
            "id": "ad000000-0000-4000-8000-000000000001", "displayName": "Administrator",
            "ipAddress": "127.0.0.1", "userPrincipalName": "administrator@portal.example",
          ],
        ]
      }
      return [
        "app": [
          "appId": .string(caller.appID), "displayName": .string(caller.displayName),
          "servicePrincipalId": .string(caller.objectID), "servicePrincipalName": .null,
        ],
        "user": .null,
      ]
    }

    private func told(_ target: Target) -> JSONValue {
      [
        "id": .string(target.id.text), "displayName": .text(target.displayName),
        "type": .string(target.kind.traits.directoryName),
        "userPrincipalName": .text(target.userPrincipalName),
        "groupType": target.kind == .group ? "azureAD" : .null,
        "modifiedProperties": .array(
          changes.sorted { $0.key < $1.key }.map { change in
            [
              "displayName": .string(change.key), "oldValue": .null,
              "newValue": .string(String(decoding: change.value.bytes, as: UTF8.self)),
            ]
          }
        ),
      ]
    }
  }
}

extension Tenant {
  /// Writes an entry for a change that a caller made.
  mutating func audit(
    _ call: Call,
    _ activity: String,
    _ kind: ObjectKind,
    _ operation: String,
    _ targets: [ObjectID],
    _ changes: [String: JSONValue] = [:]
  ) {
    // The caller's own identifier of the request joins its journal to this log.
    let correlation = call.headers["client-request-id"].flatMap { ObjectID($0) } ?? call.requestID
    audit(call.caller, correlation, activity, kind, operation, targets, changes)
  }

  /// Writes an entry for a change; without a caller somebody in the portal made it.
  mutating func audit(
    _ caller: Caller?,
    _ correlation: ObjectID,
    _ activity: String,
    _ kind: ObjectKind,
    _ operation: String,
    _ targets: [ObjectID],
    _ changes: [String: JSONValue] = [:]
  ) {
    audits.append(
      AuditLogs.Entry(
        number: (audits.last?.number ?? 0) + 1,
        at: now,
        caller: caller,
        correlation: correlation,
        activity: activity,
        category: kind.traits.auditCategory,
        operation: operation,
        targets: targets.compactMap { objects[$0] }.map { object in
          .init(
            id: object.id,
            kind: object.kind,
            displayName: object.text("displayName"),
            userPrincipalName: object.text("userPrincipalName")
          )
        },
        changes: changes.filter { !$0.key.contains("@") && $0.key != "passwordProfile" }
      )
    )
    if audits.count > AuditLogs.limit * 11 / 10 {
      audits.removeFirst(audits.count - AuditLogs.limit)
    }
  }
}

extension AuditLogs {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type directoryAudit < entity
      activityDateTime:d activityDisplayName:s additionalDetails:*keyValue category:s
      correlationId:s? initiatedBy:auditActivityInitiator loggedByService:s? operationType:s?
      result:operationResult? resultReason:s? targetResources:*targetResource
    type auditActivityInitiator
      app:appIdentity? user:userIdentity?
    type appIdentity
      appId:s? displayName:s? servicePrincipalId:s? servicePrincipalName:s?
    type userIdentity < identity
      ipAddress:s? userPrincipalName:s?
    type identity
      displayName:s? id:s?
    type targetResource
      displayName:s? groupType:groupType? id:s? modifiedProperties:*modifiedProperty type:s?
      userPrincipalName:s?
    enum groupType
      unifiedGroups azureAD unknownFutureValue
    type modifiedProperty
      displayName:s? newValue:s? oldValue:s?
    enum operationResult
      success failure timeout unknownFutureValue
    """
}
