import TestSupport
import Testing

/// An address change finishes, whatever comes between its two writes (DESIGN section 5).
@Suite struct AddressChangeTests {
  private static let ana = #"email: ana@fabrikam.example, apps: ["expenses:Submitter"]"#
  private static let ann =
    #"email: ann@fabrikam.example, apps: ["expenses:Submitter"], previously: [ana@fabrikam.example]"#

  private func settled() async throws -> Workplace {
    let place = try await Workplace.small(guests: nil)
    try await place.commit(guests: [Self.ana])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.commit("Ana is Ann now", guests: [Self.ann])
    return place
  }

  private func expectFinished(_ place: Workplace, _ name: String) async throws {
    #expect(
      try await place.guests() == [
        name: [.init(["Submitter"])], "unmanaged": [.init(["Suppliers"])],
      ]
    )
    let plan = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan.output)\(plan.errors)")
  }

  @Test func `the account keeps its access, and the new address is mailed once`() async throws {
    let place = try await settled()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await expectFinished(place, "ann")
    #expect(try await place.outbox() == ["ana@fabrikam.example", "ann@fabrikam.example"])
  }

  @Test(arguments: ["error503", "lost"])
  func `one that failed at the reset is finished by the next run`(_ kind: String) async throws {
    let place = try await settled()
    try await place.fail(#"{"kind": "\#(kind)", "rate": 1, "route": "/invitations"}"#)
    let first = try await place.guestlist("apply", "--confirm")
    #expect(first.exitCode == 5, "\(first.output)\(first.errors)")
    try await place.fail()
    let second = try await place.guestlist("apply", "--confirm")
    #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
    try await expectFinished(place, "ann")
    #expect(try await place.outbox() == ["ana@fabrikam.example", "ann@fabrikam.example"])
  }

  @Test func `one whose account was blocked meanwhile waits and is not lost`() async throws {
    let place = try await settled()
    try await place.fail(#"{"kind": "error503", "rate": 1, "route": "/invitations"}"#)
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 5)
    try await place.fail()
    try await place.interfere("block", "ann")
    let held = try await place.guestlist("apply", "--confirm")
    #expect(held.output.contains("blocked outside Guestlist"), "\(held.output)")
    try await place.interfere("unblock", "ann")
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await expectFinished(place, "ann")
  }

  @Test(arguments: [true, false])
  func `a revert moves the account back, finished or not`(_ isFinished: Bool) async throws {
    let place = try await settled()
    if !isFinished {
      try await place.fail(#"{"kind": "error503", "rate": 1, "route": "/invitations"}"#)
    }
    _ = try await place.guestlist("apply", "--confirm")
    try await place.fail()
    try await place.repository.git("revert", "--no-edit", "HEAD")
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    try await expectFinished(place, "ana")
  }

  @Test func `the next guest with a former address is given nothing of the account`() async throws {
    let place = try await settled()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let newcomer = #"email: ana@fabrikam.example, apps: ["expenses:Approver"]"#
    try await place.commit("Another Ana", guests: [Self.ann, newcomer])
    let run = try await place.guestlist("apply", "--confirm")
    // The account keeps the address among its proxy addresses: an invitation would go to it.
    #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    #expect(run.output.contains("proxyAddresses"), "\(run.output)")
    #expect(try await place.guest("ann") == .init(["Submitter"]))
    #expect(try await place.outbox().count == 2)
  }
}
