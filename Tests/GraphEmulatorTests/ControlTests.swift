import FoundationEssentials
import GraphEmulator
import HTTP
import TestSupport
import Testing

struct ControlTests {
  @Test func `a state is a scenario: an emulator started from it has the same state`() async throws
  {
    let emulator = try await RunningEmulator(Scenario.everything)
    _ = try await emulator.graph(.delete, "/users/\(Scenario.bo)")
    let state = try await emulator.control(.get, "state").body
    let copy = try await RunningEmulator(state)
    let second = try await copy.control(.get, "state").body
    for (name, value) in state.members ?? [:] { #expect(second[name] == value, "\(name)") }
  }

  @Test func `a snapshot is brought back, from memory and from a state`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    #expect(try await emulator.control(.post, "snapshot", ["name": "before"]).status == 204)
    let state = try await emulator.control(.get, "state").body
    for source: JSONValue in [["name": "before"], ["state": state]] {
      _ = try await emulator.graph(.delete, "/users/\(Scenario.ana)")
      #expect(try await emulator.graph(.get, "/users/\(Scenario.ana)").status == 404)
      #expect(try await emulator.control(.post, "restore", source).status == 204)
      #expect(try await emulator.graph(.get, "/users/\(Scenario.ana)").status == 200)
    }
    #expect(try await emulator.control(.post, "restore", ["name": "never"]).status == 404)
  }

  @Test(arguments: ["snapshot", "restore"])
  func `no request names a file`(route: String) async throws {
    let emulator = try await RunningEmulator()
    let folder = try TemporaryFolder()
    let path = folder.path("state.json")
    let refused = try await emulator.control(.post, route, ["path": "\(path)"])
    #expect(refused.status == 400)
    #expect(refused.body["error"]?.string?.contains("`path`") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(
    arguments: [
      (
        "block", "/users/\(Scenario.ana)?$select=accountEnabled", "accountEnabled",
        JSONValue.bool(false)
      ),
      ("unblock", "/users/\(Scenario.ana)?$select=accountEnabled", "accountEnabled", .bool(true)),
      ("convert", "/users/\(Scenario.ana)?$select=userType", "userType", "Member"),
      ("changeMail", "/users/\(Scenario.ana)?$select=mail", "mail", "new@fabrikam.example"),
    ]
  ) func `others change an account in between`(
    action: String,
    path: String,
    property: String,
    value: JSONValue
  ) async throws {
    let emulator = try await RunningEmulator()
    let body: JSONValue = [
      "action": "\(action)", "user": "\(Scenario.ana)", "mail": "new@fabrikam.example",
    ]
    #expect(try await emulator.control(.post, "interfere", body).status == 204)
    #expect(try await emulator.graph(.get, path).body[property] == value)
    let audits = try await emulator.graph(.get, "/auditLogs/directoryAudits")
    #expect(audits.value.last?["initiatedBy"]?["app"]?.isNull == true)
  }

  @Test func `others grant, revoke, add and remove`() async throws {
    let emulator = try await RunningEmulator()
    let role: JSONValue = [
      "user": "\(Scenario.bo)", "servicePrincipal": "\(Scenario.expenses)",
      "appRole": "\(Scenario.approver)", "group": "\(Scenario.suppliers)",
    ]
    func act(_ action: String) async throws -> Int {
      let body = role.setting(["action": .string(action)])
      return try await emulator.control(.post, "interfere", body).status
    }
    let assigned = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
    #expect(try await act("grant") == 204)
    #expect(try await act("grant") == 409)
    #expect(try await emulator.graph(.get, assigned).value.count == 2)
    #expect(try await act("revoke") == 204)
    #expect(try await emulator.graph(.get, assigned).value.count == 1)
    #expect(try await act("join") == 204)
    #expect(
      try await emulator.graph(.get, "/groups/\(Scenario.suppliers)/members").value.count == 2
    )
    #expect(try await act("remove") == 204)
    #expect(
      try await emulator.graph(.get, "/groups/\(Scenario.suppliers)/members").value.count == 1
    )
    #expect(try await act("purge") == 204)
    #expect(try await act("dance") == 400)
  }

  @Test func `packages are given and taken, and their contents with them`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let root = "/identityGovernance/entitlementManagement"
    let request: JSONValue = [
      "requestType": "adminAdd",
      "assignment": [
        "targetId": "\(Scenario.bo)", "assignmentPolicyId": "\(Scenario.policy)",
        "accessPackageId": "\(Scenario.package)",
      ],
    ]
    let submitted = try await emulator.graph(.post, "\(root)/assignmentRequests", request)
    #expect(submitted.status == 201)
    #expect(submitted.body["state"] == "submitted")
    let id = try #require(submitted.body["id"]?.string)
    let delivered = try await emulator.graph(
      .get,
      "\(root)/assignmentRequests/\(id)?$expand=assignment"
    )
    #expect(delivered.body["state"] == "delivered")
    let filter =
      "accessPackage/id eq '\(Scenario.package)' and state eq 'Delivered' and "
      + "target/objectId eq '\(Scenario.bo)'"
    let held = try await emulator.graph(
      .get,
      "\(root)/assignments?$expand=target,accessPackage&$filter=\(filter.encoded)"
    )
    let assignment = try #require(held.value.first)
    #expect(assignment["target"]?["objectId"]?.string == Scenario.bo)
    let members = "/groups/\(Scenario.suppliers)/members?$select=id"
    #expect(
      try await emulator.graph(.get, members).value.contains { $0["id"]?.string == Scenario.bo }
    )
    let again = try await emulator.graph(.post, "\(root)/assignmentRequests", request)
    #expect(again.status == 400)
    let removal = try await emulator.graph(
      .post,
      "\(root)/assignmentRequests",
      ["requestType": "adminRemove", "assignment": ["id": assignment["id"] ?? .null]]
    )
    #expect(removal.status == 201)
    let left = try await emulator.graph(.get, "\(root)/assignments?$filter=\(filter.encoded)")
    #expect(left.value.isEmpty)
    #expect(
      try await !emulator.graph(.get, members).value.contains { $0["id"]?.string == Scenario.bo }
    )
  }

  @Test func `a package shows what it gives, as far as it is expanded`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let path = "/identityGovernance/entitlementManagement/accessPackages"
    func scopes(_ query: String) async throws -> [JSONValue] {
      let answer = try await emulator.graph(.get, "\(path)/\(Scenario.package)?\(query)")
      #expect(answer.status == 200, "\(query): \(answer.message ?? "")")
      return answer.body["resourceRoleScopes"]?.array ?? []
    }
    let bare = try await scopes("$expand=resourceRoleScopes")
    #expect(
      bare.map { $0.members?.keys.sorted() }
        == Array(repeating: ["createdDateTime", "id"], count: 2)
    )
    let whole = try await scopes("$select=id&$expand=resourceRoleScopes($expand=role,scope)")
    #expect(whole.map { $0["role"]?["originSystem"] } == ["AadGroup", "AadApplication"])
    #expect(whole.map { $0["role"]?["displayName"] } == ["Member", "Approver"])
    #expect(
      whole.map { $0["role"]?["originId"]?.string }
        == ["Member_\(Scenario.suppliers)", Scenario.approver]
    )
    #expect(
      whole.map { $0["scope"]?["originId"]?.string } == [Scenario.suppliers, Scenario.expenses]
    )
    #expect(whole.allSatisfy { $0["scope"]?["isRootScope"] == true })
    let some = try await scopes(
      "$expand=resourceRoleScopes($select=id;$expand=role($select=originId))"
    )
    #expect(some.first?.members?.keys.sorted() == ["id", "role"])
    #expect(some.first?["role"]?.members?.keys.sorted() == ["originId"])
    let listed = try await emulator.graph(
      .get,
      "\(path)?$expand=resourceRoleScopes($expand=role,scope)"
    )
    #expect(listed.value.first?["resourceRoleScopes"]?.array?.count == 2)
    for query in [
      "$expand=resourceRoleScopes($expand=roles)", "$expand=resourceRoleScopes($expand=role",
      "$expand=resourceRoleScopes($expand=role))", "$expand=resourceRoleScopes(role)",
    ] {
      let refused = try await emulator.graph(.get, "\(path)/\(Scenario.package)?\(query)")
      #expect(refused.status == 400, "\(query)")
    }
  }

  @Test(arguments: [("GET", "nothing"), ("POST", "nothing"), ("PUT", "state")])
  func `an unknown route of the emulator is 404`(method: String, name: String) async throws {
    let emulator = try await RunningEmulator()
    let method = try #require(HTTPMethod(rawValue: method))
    #expect(try await emulator.control(method, name).status == 404)
  }

  @Test(
    arguments: [
      ("{", "not JSON"), (#"{"persons": []}"#, "persons"),
      (#"{"users": [{"id": "x"}]}"#, "users[0].id"),
      (#"{"users": [{"accountEnabled": "no"}]}"#, "users[0]"),
      (
        #"{"groups": [{"id": "\#(Scenario.suppliers)", "members": ["\#(Scenario.ana)"]}]}"#,
        "members[0]"
      ),
      (#"{"tenant": {"id": "x"}}"#, "tenant.id"),
      (#"{"clients": [{"clientId": "x"}]}"#, "clients[0]"),
    ]
  ) func `a scenario that cannot be loaded says where it is wrong`(
    text: String,
    place: String
  )
    async throws
  {
    var configuration = EmulatorConfiguration()
    configuration.source = .scenario(Array(text.utf8))
    do {
      let server = try await EmulatorServer.start(configuration)
      await server.stop()
      Issue.record("it was loaded")
    } catch {
      #expect("\(error)".contains(place))
    }
  }

  @Test func `a generated tenant is the same for the same seed`() async throws {
    let size = try #require(TenantSize("guests=40,members=5,apps=3,groups=2,assignments=100"))
    var states: [JSONValue] = []
    for seed: UInt64 in [7, 7, 8] {
      let emulator = try await RunningEmulator { configuration in
        configuration.source = .size(size)
        configuration.seed = seed
      }
      states.append(try await emulator.control(.get, "state").body)
    }
    #expect(states[0] == states[1])
    #expect(states[0] != states[2])
    #expect(states[0]["users"]?.array?.count == 45)
    #expect(states[0]["appRoleAssignments"]?.array?.count == 100)
  }
}
