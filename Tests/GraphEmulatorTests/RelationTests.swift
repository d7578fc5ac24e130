import GraphEmulator
import HTTP
import Testing

/// What objects own, belong to and report to, and the look-ups of clients in the field.
struct RelationTests {
  private static func reference(_ id: String) -> JSONValue {
    ["@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/\(id)"]
  }

  private static func ids(_ answer: RunningEmulator.Answer) -> [String?] {
    answer.value.map { $0["id"]?.string }
  }

  @Test(
    arguments: [
      "/groups/\(Scenario.suppliers)", "/applications/\(Scenario.application)",
      "/servicePrincipals/\(Scenario.expenses)",
    ]
  ) func `owners are listed, added once and removed`(path: String) async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let owners = "\(path)/owners"
    #expect(try await emulator.graph(.get, owners).value.isEmpty)
    for owner in [Scenario.lena, Scenario.ana] {
      let added = try await emulator.graph(.post, owners + "/$ref", Self.reference(owner))
      #expect(added.status == 204)
    }
    #expect(Self.ids(try await emulator.graph(.get, owners)) == [Scenario.lena, Scenario.ana])
    let again = try await emulator.graph(.post, owners + "/$ref", Self.reference(Scenario.ana))
    #expect(again.status == 400)
    #expect(again.message?.contains("already exist for the following") == true)
    let wrong = Self.reference(Scenario.everyone)
    #expect(try await emulator.graph(.post, owners + "/$ref", wrong).status == 400)
    #expect(try await emulator.graph(.delete, "\(owners)/\(Scenario.bo)/$ref").status == 404)
    #expect(try await emulator.graph(.delete, "\(owners)/\(Scenario.ana)/$ref").status == 204)
    let last = try await emulator.graph(.delete, "\(owners)/\(Scenario.lena)/$ref")
    #expect(last.status == (path.hasPrefix("/groups") ? 400 : 204))
  }

  @Test func `groups belong to groups, and members are counted`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let group = "/groups/\(Scenario.suppliers)"
    for name in ["memberOf", "transitiveMemberOf", "memberOf/graph.group"] {
      #expect(
        Self.ids(try await emulator.graph(.get, "\(group)/\(name)")) == [Scenario.nested],
        "\(name)"
      )
    }
    let eventual = [("ConsistencyLevel", "eventual")]
    let count = try await emulator.graph(.get, "\(group)/members/$count", headers: eventual)
    #expect(count.body == 2)
    let all = "/groups/\(Scenario.nested)/transitiveMembers/$count"
    #expect(try await emulator.graph(.get, all, headers: eventual).body == 3)
    let applications = try await emulator.graph(.get, "/applications/$count", headers: eventual)
    #expect(applications.body == 1)
    let app = "/servicePrincipals/\(Scenario.expenses)/memberOf"
    #expect(try await emulator.graph(.get, app).value.isEmpty)
  }

  @Test(arguments: ["/users/", "/directoryObjects/"])
  func `memberships are checked and listed, with roles and without`(set: String) async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let path = set + Scenario.carl
    let groups = [Scenario.suppliers, Scenario.nested]
    let asked: JSONValue = .array(
      (groups + [Scenario.everyone, Scenario.admin]).map { .string($0) }
    )
    func answer(_ name: String, _ body: JSONValue) async throws -> Set<String?> {
      Set(try await emulator.graph(.post, "\(path)/\(name)", body).value.map(\.string))
    }
    #expect(try await answer("checkMemberGroups", ["groupIds": asked]) == Set(groups))
    #expect(
      try await answer("checkMemberObjects", ["ids": asked]) == Set(groups + [Scenario.admin])
    )
    let none: JSONValue = ["securityEnabledOnly": false]
    #expect(try await answer("getMemberGroups", none) == Set(groups))
    #expect(try await answer("getMemberObjects", none) == Set(groups + [Scenario.admin]))
    let bare = try await emulator.graph(.post, "\(path)/checkMemberObjects", [:])
    #expect(bare.status == 400)
  }

  @Test func `an object is found and deleted by its identifier alone`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/directoryObjects/\(Scenario.wiki)"
    let found = try await emulator.graph(.get, path + "?$select=id,displayName")
    #expect(found.body["@odata.type"] == "#microsoft.graph.servicePrincipal")
    #expect(found.body["displayName"] == "Wiki")
    #expect(try await emulator.graph(.delete, path).status == 204)
    #expect(try await emulator.graph(.get, path).status == 404)
  }

  @Test func `a manager is set, read and taken away`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/users/\(Scenario.bo)/manager"
    #expect(try await emulator.graph(.get, path).status == 404)
    let set = try await emulator.graph(.put, path + "/$ref", Self.reference(Scenario.lena))
    #expect(set.status == 204)
    #expect(try await emulator.graph(.get, path).body["id"]?.string == Scenario.lena)
    let reports = try await emulator.graph(.get, "/users/\(Scenario.lena)/directReports?$select=id")
    #expect(Self.ids(reports) == [Scenario.ana, Scenario.bo])
    let user = try await emulator.graph(.get, "/users/\(Scenario.bo)?$expand=manager($select=id)")
    #expect(user.body["manager"]?["id"]?.string == Scenario.lena)
    #expect(try await emulator.graph(.delete, path + "/$ref").status == 204)
    #expect(try await emulator.graph(.get, path).status == 404)
  }

  @Test func `a consent is given, changed and taken back`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let path = "/oauth2PermissionGrants"
    let made = try await emulator.graph(
      .post,
      path,
      [
        "clientId": "\(Scenario.wiki)", "consentType": "AllPrincipals",
        "resourceId": "\(Scenario.expenses)", "scope": "User.Read",
      ]
    )
    #expect(made.status == 201)
    let id = try #require(made.body["id"]?.string)
    #expect(Self.ids(try await emulator.graph(.get, path)) == ["g1", id])
    let change: JSONValue = ["scope": "User.Read Group.Read.All"]
    #expect(try await emulator.graph(.patch, "\(path)/\(id)", change).status == 204)
    let read = try await emulator.graph(.get, "\(path)/\(id)")
    #expect(read.body["scope"] == "User.Read Group.Read.All")
    let own = "/servicePrincipals/\(Scenario.wiki)\(path)"
    #expect(Self.ids(try await emulator.graph(.get, own)) == [id])
    #expect(try await emulator.graph(.delete, "\(path)/\(id)").status == 204)
    #expect(try await emulator.graph(.get, "\(path)/\(id)").status == 404)
  }

  @Test func `beta has properties that v1_0 lacks`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/servicePrincipals/\(Scenario.wiki)?$select=id,samlMetadataUrl"
    #expect(try await emulator.graph(.get, path).status == 400)
    let beta = "\(emulator.server.baseURL)/beta\(path)"
    let found = try await emulator.graph(.get, beta, isChecked: false)
    #expect(found.status == 200)
    #expect(found.body["samlMetadataUrl"] == .null)
  }
}
