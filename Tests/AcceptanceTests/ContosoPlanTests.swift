import FoundationEssentials
import TestSupport
import Testing

/// What people see of a whole organisation.
@Suite struct ContosoPlanTests {
  private func contoso() async throws -> Workplace {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let place = try await Workplace(
      scenario: "\(root)/desired-state/rehearsal/tenant.json"
    )
    var files: [String: String?] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: "\(root)/desired-state")
    where name.hasSuffix(".yaml") {
      let data = try Data(contentsOf: URL(filePath: "\(root)/desired-state/\(name)"))
      files["desired-state/\(name)"] = String(decoding: data, as: UTF8.self)
    }
    try await place.repository.commit("Contoso", files: files)
    // The day on which the declarations were written.
    let day = "2026-11-20T12:00:00Z"
    let amend = "!GIT_COMMITTER_DATE=\(day) git commit --quiet --amend --no-edit --date=\(day)"
    try await place.repository.git("-c", "alias.dated=\(amend)", "dated")
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: "{\"now\": \"\(day)\"}"
    )
    return place
  }

  @Test func `Contoso's first plan fits a page of sixty lines and eighty columns`() async throws {
    let place = try await contoso()
    let plan = try await place.guestlist("plan")
    let lines = plan.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count - 1 <= 60, "\(plan.output)\(plan.errors)")
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(plan.output)")
    #expect(plan.errors.count { $0 == "\n" } <= 3, "\(plan.errors)")
    #expect(plan.output.contains("to invite, "), "\(plan.output)")
    #expect(plan.output.hasPrefix("Contoso · main @ "), "\(plan.output)")
    let quiet = try await place.guestlist("plan", "--quiet")
    #expect(quiet.output.count { $0 == "\n" } <= 8, "\(quiet.output)")
  }
}
