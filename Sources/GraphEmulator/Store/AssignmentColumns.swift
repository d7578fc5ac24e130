/// The numbers of an app role assignment's properties.
struct AssignmentColumns: Sendable {
  static let type = GraphTypes.known("appRoleAssignment")
  static let shared = AssignmentColumns(type)

  let id: Int
  let appRoleId: Int
  let createdDateTime: Int
  let principalDisplayName: Int
  let principalId: Int
  let principalType: Int
  let resourceDisplayName: Int
  let resourceId: Int

  private init(_ type: GraphType) {
    func number(_ name: String) -> Int { type.number(of: name) ?? 0 }
    id = number("id")
    appRoleId = number("appRoleId")
    createdDateTime = number("createdDateTime")
    principalDisplayName = number("principalDisplayName")
    principalId = number("principalId")
    principalType = number("principalType")
    resourceDisplayName = number("resourceDisplayName")
    resourceId = number("resourceId")
  }
}
