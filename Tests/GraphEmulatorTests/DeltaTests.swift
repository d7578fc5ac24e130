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
    _ = try await emulator.graph(.post, restore + "/restore", [:])
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

  @Test func `the latest token gives no data, and a token lives seven days`() async throws {
    let emulator = try await RunningEmulator()
    let (items, link) = try await round(emulator, "/users/delta?$deltatoken=latest")
    #expect(items.isEmpty)
    try await emulator.control(.post, "clock", ["advance": .integer(7 * 86_400)])
    let late = try await emulator.signedInAgain()
    #expect(try await late.graph(.get, link).code == "syncStateNotFound")
  }
}
