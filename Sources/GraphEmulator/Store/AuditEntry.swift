/// One entry of the directory's audit log before it is written.
struct AuditEntry {
  let actor: Actor
  let correlation: ObjectID
  let activity: String
  let category: String
  let operation: String
  let targets: [Handle]
  var changes: [JSONValue.Member] = []

  enum Actor {
    case application(Caller)
    /// Somebody in the portal.
    case administrator

    /// The value of `initiatedBy`.
    var json: JSONValue {
      switch self {
      case .application(let caller):
        [
          "app": [
            "appId": .string(caller.appID), "displayName": .string(caller.displayName),
            "servicePrincipalId": .string(caller.objectID), "servicePrincipalName": .null,
          ],
          "user": .null,
        ]
      case .administrator:
        [
          "app": .null,
          "user": [
            "id": "ad000000-0000-4000-8000-000000000001", "displayName": "Administrator",
            "ipAddress": "127.0.0.1", "userPrincipalName": "administrator@portal.example",
          ],
        ]
      }
    }
  }
}
