import GraphEmulator
import HTTP
import Testing

struct ODataTests {
  private static let advanced = [("ConsistencyLevel", "eventual")]

  @Test func `a search asks for the header and for no count`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/users?$select=id&$search=%22displayName:horvat%22"
    let found = try await emulator.graph(.get, path, headers: Self.advanced)
    #expect(found.value.map { $0["id"]?.string } == [Scenario.ana])
    #expect(found.body["@odata.count"] == nil)
    let expanded = "\(path)&$expand=sponsors"
    let refused = try await emulator.graph(.get, expanded, headers: Self.advanced)
    #expect(refused.code == "Request_UnsupportedQuery")
  }

  @Test(arguments: [
    "/users/delta", "/users/delta()", "/users/graph.delta", "/users/microsoft.graph.delta()",
  ]) func `a function is called by each of its names`(path: String) async throws {
    let emulator = try await RunningEmulator()
    #expect(try await emulator.graph(.get, path).body["@odata.deltaLink"] != nil)
  }

  @Test(
    arguments: [
      ("$filter=userType ne 'Guest'", [Scenario.lena]),
      ("$filter=not(userType eq 'Guest')", [Scenario.lena]),
      ("$filter=endsWith(mail,'@adatum.example')", [Scenario.carl]),
      ("$filter=externalUserState eq null", [Scenario.lena]),
      ("$filter=companyName ne null", [Scenario.carl]),
      ("$search=\"displayName:horvat\"", [Scenario.ana]),
      ("$search=\"displayName:horvat\" OR \"mail:bo@\"", [Scenario.ana, Scenario.bo]),
      (
        "$filter=userType eq 'Guest'&$orderby=displayName desc",
        [Scenario.carl, Scenario.bo, Scenario.ana]
      ),
      ("$filter=otherMails/$count eq 0", [Scenario.lena]),
      (
        "$filter=createdDateTime ge 2026-11-20T00:00:00Z and mail eq 'lena@contoso.example'",
        [Scenario.lena]
      ),
    ]
  ) func `an advanced query answers with its header and count`(
    query: String,
    ids: [String]
  )
    async throws
  {
    let emulator = try await RunningEmulator()
    let escaped = query.split(separator: "&").map { part -> String in
      let words = part.split(separator: "=", maxSplits: 1)
      return "\(words[0])=\(String(words[1]).encoded)"
    }
    let path = "/users?$count=true&$select=id&" + escaped.joined(separator: "&")
    let answer = try await emulator.graph(.get, path, headers: Self.advanced)
    #expect(answer.value.map { $0["id"]?.string } == ids)
    #expect(answer.body["@odata.count"]?.integer == ids.count)
    // Without the header the count is omitted silently, or the query refused.
    let plain = try await emulator.graph(.get, path)
    #expect(plain.status == 400 || plain.body["@odata.count"] == nil)
  }

  @Test func `a count is a number as plain text`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/users/$count?$filter=\("userType eq 'Guest'".encoded)"
    let answer = try await emulator.graph(.get, path, headers: Self.advanced)
    #expect(answer.status == 200)
    #expect(answer.headers["Content-Type"] == "text/plain")
    #expect(answer.body == 3)
  }

  @Test func `pages are stable while objects come and go`() async throws {
    let emulator = try await RunningEmulator()
    let first = try await emulator.graph(.get, "/users?$top=2&$select=id")
    #expect(first.value.map { $0["id"]?.string } == [Scenario.lena, Scenario.ana])
    _ = try await emulator.graph(.delete, "/users/\(Scenario.lena)")
    _ = try await emulator.graph(.delete, "/users/\(Scenario.bo)")
    let next = try #require(first.body["@odata.nextLink"]?.string)
    let second = try await emulator.graph(.get, next)
    #expect(second.value.map { $0["id"]?.string } == [Scenario.carl])
    #expect(second.body["@odata.nextLink"] == nil)
  }

  @Test func `an ordered list goes on where it stopped`() async throws {
    let emulator = try await RunningEmulator()
    var names: [String?] = []
    var next: String? = "/users?$orderby=displayName&$top=1&$select=displayName"
    while let path = next {
      let page = try await emulator.graph(.get, path)
      names += page.value.map { $0["displayName"]?.string }
      next = page.body["@odata.nextLink"]?.string
    }
    #expect(names == ["Ana Horvat", "Bo Ek", "Carl Ö", "Lena Berg"])
  }

  @Test func `an expansion shows related objects, with what is selected of them`() async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.graph(
      .get,
      "/users/\(Scenario.ana)?$select=id&$expand=sponsors($select=id,displayName)"
    )
    #expect(answer.headers["x-ms-resource-unit"] == "1")
    #expect(
      answer.body["sponsors"]
        == [
          [
            "@odata.type": "#microsoft.graph.user", "displayName": "Lena Berg",
            "id": "\(Scenario.lena)",
          ]
        ]
    )
    let refused = try await emulator.graph(.get, "/users?$expand=friends")
    #expect(refused.status == 400)
  }

  @Test(
    arguments: [
      "/servicePrincipals(appId='\(Scenario.expensesApp)')",
      "/servicePrincipals/\(Scenario.expenses)", "/servicePrincipals('\(Scenario.expenses)')",
      "/servicePrincipals%28appId%3D%27\(Scenario.expensesApp)%27%29",
    ]
  ) func `a key stands in a segment or in parentheses`(path: String) async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.graph(.get, path + "?%24select=displayName")
    #expect(answer.status == 200)
    #expect(answer.body["displayName"] == "Expenses")
    #expect(answer.body.members?.count == 2)
  }

  @Test func `beta is the same service`() async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.graph(
      .get,
      "\(emulator.server.baseURL)/beta/users?$top=1&$select=id",
      isChecked: false
    )
    #expect(answer.value.count == 1)
    #expect(answer.body["@odata.nextLink"]?.string?.contains("/beta/users?") == true)
  }
}
