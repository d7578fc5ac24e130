import Access
import Git
import TestSupport
import Testing

@Suite struct PolicyEpochTests {
  private static let rules = """
    # What is asked of everybody.
    lifecycle: {resendLimit: 2}
    exceptions:
      - {entry: ana@f.example, rule: review, until: 2026-12-31, reason: leave}
      - {entry: bo@f.example, rule: review, until: 2026-12-31, reason: leave}

    """

  @Test func `entries, layout and comments leave the policy as it is`() async throws {
    let world = try await World()
    try await world.begin(["rules.yaml": Self.rules])
    try await world.commit("guest", ["p.yaml": World.guests("ana@f.example")])
    try await world.commit(
      "grant",
      ["p.yaml": World.guests("ana@f.example"), "g.yml": "grants: {suppliers: [ana@f.example]}\n"]
    )
    try await world.commit("removed", ["r.yaml": "removed: [{email: x@f.example, reason: x}]\n"])
    try await world.commit("version", ["p.yaml": "version: 1\n" + World.guests("bo@f.example")])
    try await world.commit(
      "layout",
      ["rules.yaml": Self.rules.replacing("{resendLimit: 2}", with: "\n  resendLimit:  2 # twice")]
    )
    try await world.commit("elsewhere", ["../README": "nothing declared"])
    #expect(try world.read().policyEpochs == [0, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [
    ("{resendLimit: 2}", "{resendLimit: 3}"),
    // Another kind of scalar may mean something else.
    ("{resendLimit: 2}", "{resendLimit: '2'}"),
    ("until: 2026-12-31", "until: 2027-12-31"),
    ("lifecycle: {", "links: {"),
    ("  - {entry: bo@f.example, rule: review, until: 2026-12-31, reason: leave}\n", ""),
    ("lifecycle:", "version: 2\nlifecycle:"),
    ("lifecycle:", "unknown: 1\nlifecycle:"),
  ])
  func `whatever else changes is another policy`(_ text: String, _ other: String) async throws {
    let world = try await World()
    let people = World.guests("ana@f.example")
    try await world.begin(["rules.yaml": people + Self.rules])
    try await world.commit("guest", ["rules.yaml": World.guests("bo@f.example") + Self.rules])
    try await world.commit(
      "policy",
      ["rules.yaml": people + Self.rules.replacing(text, with: other)]
    )
    #expect(try world.read().policyEpochs == [0, 0, 1])
  }

  @Test func `the order of sections and items, and the file of a section, are policy`()
    async throws
  {
    let world = try await World()
    let lines = Self.rules.split(separator: "\n", omittingEmptySubsequences: false)
    let items = (lines[0...2] + [lines[4], lines[3]] + lines[5...]).joined(separator: "\n")
    let sections = (lines[2...4] + lines[0...1] + lines[5...]).joined(separator: "\n")
    try await world.begin(["rules.yaml": Self.rules])
    try await world.commit("items", ["rules.yaml": items])
    try await world.commit("sections", ["rules.yaml": sections])
    try await world.commit("moved", ["rules.yaml": nil, "deep/rules.yaml": sections])
    #expect(try world.read().policyEpochs == [0, 1, 2, 3])
  }

  @Test func `what cannot be read, another tenant and another folder have policies of their own`()
    async throws
  {
    let world = try await World()
    try await world.begin(["p.yaml": World.guests("ana@f.example")])
    try await world.commit("broken", ["q.yaml": "a: ["])
    try await world.commit("elsewhere", ["../README": "nothing declared"])
    try await world.commit("worse", ["q.yaml": "a: [["])
    try await world.commit("mended", ["q.yaml": nil])
    try await world.commit("other", ["guestlist.yaml": World.root(World.otherTenant)])
    try await world.commit("others", ["p.yaml": World.guests("bo@f.example")])
    try await world.commit("back", ["guestlist.yaml": World.root()])
    try await world.git.git("mv", "desired-state", "access")
    try await world.git.commit("moved", files: [:])
    let history = try world.read("main", folder: "access", formerly: ["desired-state"])
    #expect(history.policyEpochs == [0, 1, 1, 2, 0, 3, 3, 4, 5])
  }
}
