import FoundationEssentials
import Platform
import TestSupport
import Testing

/// The whole, realistic organisation in `desired-state/`.
@Suite struct ContosoTests {
  @Test func `Contoso converges: a second plan is empty, access packages included`() async throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let scenario = "\(root)/desired-state/rehearsal/tenant.json"
    let place = try await Workplace(scenario: scenario)
    try FileManager.default.copyItem(
      atPath: "\(root)/desired-state",
      toPath: "\(place.repository.path)/desired-state"
    )
    // Its dates are of the winter of 2026.
    place.repository.now = 1_795_158_000
    try await place.repository.commit("Contoso")
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"now": "2026-11-20T08:00:00Z"}"#
    )
    let plan = try await place.guestlist("plan", "--all")
    #expect(plan.exitCode == 0, "\(plan.output)\(plan.errors)")
    #expect(plan.output.contains("order-desk"), "\(plan.output)")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    let again = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
  }
}
