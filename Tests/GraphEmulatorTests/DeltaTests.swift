import GraphEmulator
import HTTP
import Testing

struct DeltaTests {
  private func round(
    _ emulator: RunningEmulator,
    _ path: String
  ) async throws
    -> (items: [JSONValue], link: String)
  {
    var items: [JSONValue] = []
    var next = path
    while true {
      let page = try await emulator.graph(.get, next)
      #expect(page.status == 200, "\(page.message ?? "")")
      items += page.value
      if let link = page.body["@odata.deltaLink"]?.string {
        #expect(page.body["@odata.nextLink"] == nil)
        return (items, link)
      }
      next = try #require(page.body["@odata.nextLink"]?.string)
    }
  }

  @Test(arguments: ["/users/delta", "/users/delta()", "/users/microsoft.graph.delta"])
  func `a first round lists everybody`(path: String) async throws {
    let emulator = try await RunningEmulator()
    let (items, link) = try await round(emulator, path)
    #expect(items.count == 4)
    #expect(try await round(emulator, link).items.isEmpty)
  }

  @Test func `a later round shows what changed, left and came back`() async throws {
    let emulator = try await RunningEmulator()
    let (_, link) = try await round(emulator, "/users/delta?$select=displayName,accountEnabled")
    _ = try await emulator.graph(.patch, "/users/\(Scenario.ana)", ["accountEnabled": false])
    _ = try await emulator.graph(.patch, "/users/\(Scenario.lena)", ["department": "x"])
    _ = try await emulator.graph(.delete, "/users/\(Scenario.bo)")
    let (changed, second) = try await round(emulator, link)
    #expect(
      changed == [
        ["accountEnabled": false, "displayName": "Ana Horvat", "id": "\(Scenario.ana)"],
        ["id": "\(Scenario.bo)", "@removed": ["reason": "changed"]],
      ]
    )
    let restore = "/directory/deletedItems/\(Scenario.bo)"
    _ = try await emulator.graph(.post, restore + "/restore", .object([]))
    let (restored, third) = try await round(emulator, second)
    #expect(restored.map { $0["displayName"] } == ["Bo Ek"])
    _ = try await emulator.graph(.delete, "/users/\(Scenario.bo)")
    _ = try await emulator.graph(.delete, restore)
    let (purged, _) = try await round(emulator, third)
    #expect(purged == [["id": "\(Scenario.bo)", "@removed": ["reason": "deleted"]]])
  }

  @Test func `a minimal answer names only what changed`() async throws {
    let emulator = try await RunningEmulator()
    let (_, link) = try await round(emulator, "/users/delta?$select=displayName,accountEnabled")
    _ = try await emulator.graph(.patch, "/users/\(Scenario.ana)", ["accountEnabled": false])
    let minimal = try await emulator.graph(.get, link, headers: [("Prefer", "return=minimal")])
    #expect(minimal.value == [["accountEnabled": false, "id": "\(Scenario.ana)"]])
  }

  @Test func `members of groups come and go`() async throws {
    let emulator = try await RunningEmulator()
    let filter = "id eq '\(Scenario.suppliers)'".encoded
    let (first, link) = try await round(
      emulator,
      "/groups/delta?$select=displayName,members&$filter=\(filter)"
    )
    #expect(first.first?["members@delta"]?.array?.map { $0["id"]?.string } == [Scenario.ana])
    let members = "/groups/\(Scenario.suppliers)/members"
    _ = try await emulator.graph(.delete, "\(members)/\(Scenario.ana)/$ref")
    _ = try await emulator.graph(
      .post,
      members + "/$ref",
      ["@odata.id": "https://graph.microsoft.com/v1.0/users/\(Scenario.bo)"]
    )
    let (second, _) = try await round(emulator, link)
    let changes = try #require(second.first?["members@delta"]?.array)
    #expect(changes.count == 2)
    let removed = changes.first { $0["id"]?.string == Scenario.ana }
    #expect(removed?["@removed"]?["reason"] == "deleted")
  }

  @Test func `a large group comes in slices`() async throws {
    let users = (0..<1100).map { number -> JSONValue in
      [
        "id": "b0000000-0000-4000-8000-\(String(100_000_000_000 + number))",
        "displayName": "User \(number)",
      ]
    }
    let emulator = try await RunningEmulator([
      "users": .array(users),
      "groups": [
        [
          "id": "\(Scenario.suppliers)", "displayName": "Large",
          "members": .array(users.compactMap { $0["id"] }),
        ]
      ],
    ])
    let (items, _) = try await round(emulator, "/groups/delta?$select=displayName,members")
    #expect(items.count == 3)
    let seen = items.flatMap { $0["members@delta"]?.array ?? [] }.map { $0["id"]?.string }
    #expect(seen.count == 1100)
    #expect(Set(seen).count == 1100)
  }

  @Test func `the latest token gives no data, and a token lives seven days`() async throws {
    let emulator = try await RunningEmulator()
    let (items, link) = try await round(emulator, "/users/delta?$deltatoken=latest")
    #expect(items.isEmpty)
    try await emulator.control(.post, "clock", ["advance": .number(String(7 * 86_400))])
    let late = try await emulator.signedInAgain()
    #expect(try await late.graph(.get, link).code == "syncStateNotFound")
  }
}
