import FoundationEssentials
import Platform
import TestSupport
import Testing

/// `guestlist block` and `guestlist resend`: what somebody decides by hand.
@Suite struct ByHandTests {
  private let ana = "ana@fabrikam.example"

  private func isEnabled(_ person: String, in place: Workplace) async throws -> Bool? {
    struct State: Decodable {
      struct User: Decodable {
        var mail: String?
        var accountEnabled: Bool
      }
      var users: [User]
    }
    return try await place.emulator.read("/_emulator/state", as: State.self).users
      .first { $0.mail == person }?.accountEnabled
  }

  // MARK: Blocking

  @Test func `a block works on broken declarations, beside a run, and is journaled`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.repository.commit(
      "Broken",
      files: ["desired-state/guests.yaml": "guests: [", "desired-state/guestlist.yaml": "version:"]
    )
    let block = try await place.guestlist("block", ana, "--reason", "INC-77", "--confirm")
    #expect(block.exitCode == 0, "\(block.output)\(block.errors)")
    #expect(block.output.contains("Blocked \(ana) and revoked its sessions."), "\(block.output)")
    #expect(try await isEnabled(ana, in: place) == false)
    #expect(try await place.guestlist("audit", "verify").exitCode == 0)
    // Outside of any repository, too.
    let oskar = "oskar@fabrikam.example"
    let outside = try await place.guestlist(
      ["block", oskar, "--reason", "INC-78", "--confirm"],
      in: place.folder.path
    )
    #expect(outside.exitCode == 0, "\(outside.output)\(outside.errors)")
    #expect(try await isEnabled(oskar, in: place) == false)
  }

  @Test func `later runs keep the block until a commit brings a return`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(
      try await place.guestlist("block", ana, "--reason", "INC-77", "--confirm").exitCode == 0
    )
    let kept = try await place.guestlist("apply", "--confirm")
    #expect(kept.exitCode == 0, "\(kept.output)\(kept.errors)")
    #expect(try await isEnabled(ana, in: place) == false)
    let history = try await place.guestlist("history", ana)
    #expect(history.output.contains("blocked"), "\(history.output)")
    #expect(history.output.contains("ordered"), "\(history.output)")
    #expect(history.output.contains("`guestlist block`"), "\(history.output)")
    #expect(history.output.contains(": INC-77, run "), "\(history.output)")

    // The commit is made after the block, by the clock of the service.
    struct Clock: Decodable { var now: String }
    let now = try await place.emulator.read("/_emulator/clock", as: Clock.self).now
    let moment = try Date(now, strategy: .iso8601)
    place.repository.now = Int64(moment.timeIntervalSince1970) + 60
    try await place.emulator.send("POST", "/_emulator/clock", json: #"{"advance": 172800}"#)
    let day = String(now.prefix(10))
    try await place.repository.commit(
      "Ana has a new laptop",
      files: [
        "desired-state/guests.yaml": SmallTenant.guests.replacing(
          "name: Ana Horvat",
          with: "name: Ana Horvat, return: \(day)"
        )
      ]
    )
    let back = try await place.guestlist("apply", "--confirm")
    #expect(back.exitCode == 0, "\(back.output)\(back.errors)")
    #expect(try await isEnabled(ana, in: place) == true)
  }

  @Test func `an account that is blocked already stays so when it is declared again`() async throws
  {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let without = SmallTenant.guests.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("oskar@") }.joined(separator: "\n")
    try await place.repository.commit("Leaves", files: ["desired-state/guests.yaml": without])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let oskar = "oskar@fabrikam.example"
    #expect(try await isEnabled(oskar, in: place) == false)
    let block = try await place.guestlist("block", oskar, "--reason", "INC-77", "--confirm")
    #expect(block.exitCode == 0, "\(block.output)\(block.errors)")
    try await place.repository.commit(
      "Comes back",
      files: ["desired-state/guests.yaml": SmallTenant.guests]
    )
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await isEnabled(oskar, in: place) == false)
  }

  @Test(arguments: [
    ["lena@contoso.example", "--reason", "INC-77", "--confirm"],
    ["nobody@fabrikam.example", "--reason", "INC-77", "--confirm"],
  ])
  func `members and strangers are not blocked`(arguments: [String]) async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist(["block"] + arguments)
    #expect(run.exitCode == 1, "\(run.output)")
    #expect(run.errors.contains("nothing was done"), "\(run.errors)")
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `a protected guest is not blocked`() async throws {
    let policy = SmallTenant.policy().replacing(
      "guards: {",
      with: "guards: {protected: [\(ana)], "
    )
    let place = try await Workplace.small(policy: policy)
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let run = try await place.guestlist("block", ana, "--reason", "INC-77", "--confirm")
    #expect(run.exitCode == 4, "\(run.output)\(run.errors)")
    #expect(try await isEnabled(ana, in: place) == true)
  }

  @Test(arguments: [["--reason", "INC-77"], ["--confirm"], ["--reason", "", "--confirm"]])
  func `nothing is blocked without a reason and a confirmation`(words: [String]) async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist(["block", ana] + words).exitCode == 64)
    #expect(try await place.counts().total.requests == 0)
  }

  // MARK: Sending an invitation again

  @Test func `a guest who asks is mailed once more, and no later run mails again`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.guestlist("resend", ana).exitCode == 64)
    #expect(try await place.outbox().count == 3)
    let resend = try await place.guestlist("resend", ana, "--confirm", "--reason", "CHG-9")
    #expect(resend.exitCode == 0, "\(resend.output)\(resend.errors)")
    #expect(resend.output == "Mailed another invitation to \(ana).\n")
    #expect(try await place.outbox().filter { $0 == ana }.count == 2)
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.outbox().count == 4)
    let history = try await place.guestlist("history", ana)
    #expect(history.output.contains("invited again"), "\(history.output)")
    #expect(try await place.guestlist("audit", "verify").exitCode == 0)
  }

  @Test func `nobody is mailed who is not declared, or has redeemed`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let stranger = try await place.guestlist("resend", "unmanaged@elsewhere.example", "--confirm")
    #expect(stranger.exitCode == 1, "\(stranger.output)\(stranger.errors)")
    try await place.emulator.send("POST", "/_emulator/redeem", json: #"{"user": "\#(ana)"}"#)
    let redeemed = try await place.guestlist("resend", ana, "--confirm")
    #expect(redeemed.exitCode == 1, "\(redeemed.output)\(redeemed.errors)")
    #expect(try await place.outbox().count == 3)
  }

  @Test func `a mail whose outcome is unknown is not sent again by a run`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.emulator.send(
      "POST",
      "/_emulator/faults",
      json: #"{"faults": [{"kind": "lost", "rate": 1, "route": "/invitations", "count": 1}]}"#
    )
    let lost = try await place.guestlist("resend", ana, "--confirm")
    #expect(lost.exitCode == 1, "\(lost.output)\(lost.errors)")
    #expect(try await place.outbox().filter { $0 == ana }.count == 2)
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.outbox().count == 4)
  }
}
