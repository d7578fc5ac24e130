import FoundationEssentials
import Testing

@testable import GraphEmulator

struct SignInPermissionTests {
  private func accepted(_ method: String, _ path: String) -> AcceptedPermissions? {
    try? Router(Operation.all).match(method, path: path[...]).operation.permissions
  }

  @Test func `creating an assignment on a service principal takes a pair of permissions`() throws {
    let asked = try #require(accepted("POST", "servicePrincipals/x/appRoleAssignedTo"))
    #expect(asked.admit(["AppRoleAssignment.ReadWrite.All", "Application.Read.All"]))
    #expect(
      asked.admit(["AppRoleAssignment.ReadWrite.All", "Directory.Read.All", "User.Read.All"])
    )
    #expect(!asked.admit(["AppRoleAssignment.ReadWrite.All"]))
    #expect(!asked.admit(["Application.Read.All", "Directory.Read.All"]))
    #expect(!asked.admit([]))
  }

  @Test func `a batch asks for nothing itself`() throws {
    #expect(try #require(accepted("POST", "$batch")).admit([]))
  }

  @Test(arguments: [
    ("GET", "users/delta()", "GET", "users/delta"),
    ("GET", "Users/x/memberOf/microsoft.graph.group", "GET", "users/x/memberOf/graph.group"),
    (
      "GET", "directory/deletedItems/microsoft.graph.user", "GET",
      "directory/deletedItems/graph.user"
    ),
  ])
  func `spellings of one operation ask for the same`(
    method: String,
    path: String,
    otherMethod: String,
    otherPath: String
  ) throws {
    #expect(try #require(accepted(method, path)) == #require(accepted(otherMethod, otherPath)))
  }

  @Test(arguments: [
    ("GET", "invitations"), ("GET", "nothing"), ("PATCH", "users/x/appRoleAssignments/y"),
    ("GET", "users/x/sponsors/y/z/a/b"), ("POST", ""),
  ])
  func `an undocumented operation needs no permission`(
    method: String,
    path: String
  ) {
    #expect(accepted(method, path) == nil)
  }

  @Test(
    arguments: [
      (["accountEnabled"], ["User.EnableDisableAccount.All", "User.Read.All"], true),
      (["accountEnabled"], ["User.EnableDisableAccount.All"], false),
      (
        ["accountEnabled", "displayName"], ["User.EnableDisableAccount.All", "User.Read.All"], false
      ),
      (["otherMails"], ["User-Mail.ReadWrite.All"], true),
      (["displayName"], ["User-Mail.ReadWrite.All"], false),
      (["displayName"], ["User.ReadWrite.All"], true),
      (["accountEnabled"], ["User.ReadWrite.All"], true),
      (["accountEnabled"], ["User.Read.All", "Directory.Read.All"], false),
    ] as [([String], [GraphPermission], Bool)]
  )
  func `a narrow permission changes its own properties only`(
    properties: [String],
    held: [GraphPermission],
    allowed: Bool
  ) {
    let asked = Users.permissions(forChanging: properties)
    #expect(asked.admit(Set(held)) == allowed)
  }

  @Test func `resetting a redemption takes more than inviting`() {
    #expect(!Invitations.resetting.admit(["User.Invite.All"]))
    #expect(Invitations.resetting.admit(["User.ReadWrite.All"]))
  }

  @Test(arguments: [
    "POST invitations", "GET users/x", "GET users/delta", "GET users/x/sponsors",
    "GET servicePrincipals", "GET servicePrincipals/x/appRoleAssignedTo",
    "POST servicePrincipals/x/appRoleAssignedTo", "DELETE users/x/appRoleAssignments/y",
    "POST users/x/revokeSignInSessions", "DELETE users/x", "POST directory/deletedItems/x/restore",
    "GET directory/deletedItems/graph.user", "GET auditLogs/directoryAudits",
    "GET policies/authorizationPolicy", "GET domains", "GET contacts", "GET directoryRoles",
    "POST groups/x/members/$ref", "GET users/x/transitiveMemberOf", "GET users/x/ownedObjects",
    "GET users/x/appRoleAssignments",
  ])
  func `the least set of a reconciler opens what a reconciler does`(operation: String) throws {
    let least: Set<GraphPermission> = [
      "User.Invite.All", "User.Read.All", "Application.Read.All",
      "AppRoleAssignment.ReadWrite.All", "GroupMember.ReadWrite.All",
      "User.EnableDisableAccount.All", "User.RevokeSessions.All", "User.DeleteRestore.All",
      "AuditLog.Read.All", "Policy.Read.All", "Domain.Read.All", "OrgContact.Read.All",
      "RoleManagement.Read.Directory",
    ]
    let parts = operation.split(separator: " ")
    let asked = try #require(accepted(String(parts[0]), String(parts[1])))
    #expect(asked.admit(least))
  }

  @Test func `reading permissions change nothing`() {
    let reading = Operation.allPermissions.filter(\.isReadOnly)
    #expect(reading.contains("User.Read.All"))
    #expect(!reading.contains("User.ReadWrite.All"))
    #expect(!reading.contains("Group.ManageProtection.All"))
    for operation in Operation.all {
      #expect(operation.permissions.admit(reading) != operation.isWrite, "\(operation.route)")
    }
  }

  @Test func `every permission of the API description is accepted, save where the facts differ`()
    throws
  {
    let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = "/\(path)/../shared/graph/graph-v1.0-subset.openapi.json"
    guard let data = FileManager.default.contents(atPath: file) else {
      print("left out: the API description is not beside this checkout")
      return
    }
    let paths = try JSONValue.parse(Array(data))["paths"]?.members ?? [:]
    var compared = 0
    for (path, item) in paths {
      for (method, operation) in item.members ?? [:] {
        guard let lists = operation["x-ms-permissions"]?["application"] else { continue }
        let named = ["leastPrivileged", "alsoAccepted"].flatMap { lists[$0]?.array ?? [] }
          .compactMap(\.string)
        guard !named.isEmpty else { continue }
        // Only users are followed: no client asks for the others.
        guard !path.hasSuffix("/delta()") || path.hasPrefix("/users") else { continue }
        let template = path.replacing("(appId='{appId}')", with: "/{}")
        let asked = try #require(
          accepted(method.uppercased(), template),
          "\(method) \(path)"
        )
        compared += 1
        for permission in named where !Self.differs(method, path, permission) {
          #expect(
            asked.admit([GraphPermission(rawValue: permission)]),
            "\(method) \(path) \(permission)"
          )
        }
      }
    }
    #expect(compared > 90)
  }

  /// Pairs, which a single permission never opens, and what applications are not promised.
  private static func differs(_ method: String, _ path: String, _ permission: String) -> Bool {
    if path.hasPrefix("/auditLogs") { return permission == "Directory.Read.All" }
    return method == "post" && path.hasPrefix("/servicePrincipals/{servicePrincipal-id}/appRole")
  }
}
