import Platform
import TestSupport
import Testing

@Suite struct FailureTests {
  private func fail(_ place: Workplace, _ rule: String) async throws {
    try await place.emulator.send("POST", "/_emulator/faults", json: #"{"faults": [\#(rule)]}"#)
  }

  @Test func `a reply that is not JSON is an error and nothing is written`() async throws {
    let place = try await Workplace.small()
    try await fail(place, #"{"kind": "html200", "rate": 1, "route": "$batch"}"#)
    for command in [["plan"], ["apply", "--confirm"]] {
      let run = try await place.guestlist(command)
      #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
      #expect(run.errors.contains("not valid JSON"), "\(run.errors)")
    }
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `no proxy is asked for what is on this machine`() async throws {
    let place = try await Workplace.small()
    let proxy = try RawServer { _, _ in .close }
    let names = [
      "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
    ]
    let run = try await place.guestlist(
      ["plan"],
      changing: Dictionary(uniqueKeysWithValues: names.map { ($0, proxy.url) })
    )
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(proxy.connectionCount == 0)
  }

  @Test func `a page that fails half-way is an error and never a removal`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let writes = try await place.counts().total.writes
    // Ana's membership is no longer declared: a reading that lost the members would say nothing of
    // it, and one that lost the guests would invite everybody again.
    try await place.repository.commit(
      "Ana leaves the group",
      files: [
        "desired-state/guests.yaml": SmallTenant.guests.replacing(", groups: [suppliers]", with: "")
      ]
    )
    try await fail(place, #"{"kind": "error500", "rate": 1, "route": "/members"}"#)
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 1, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == writes)
    try await fail(place, "")
    let again = try await place.guestlist("apply", "--confirm")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(try await place.counts().total.writes == writes + 1)
  }

  @Test func `a lost reply to an invitation mails nobody twice`() async throws {
    let place = try await Workplace.small(
      guests: "guests:\n  - {email: ana@fabrikam.example, groups: [suppliers]}\n"
    )
    try await fail(place, #"{"kind": "lost", "rate": 1, "route": "/invitations", "count": 1}"#)
    let first = try await place.guestlist("apply", "--confirm")
    #expect(first.exitCode == 5, "\(first.output)\(first.errors)")
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
    let second = try await place.guestlist("apply", "--confirm")
    #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
    let plan = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan.output)\(plan.errors)")
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
  }

  @Test func `an interrupted apply records what was in flight and the next goes on`()
    async throws
  {
    let guests = (0..<400).map { "  - {email: g\($0)@fabrikam.example, groups: [suppliers]}\n" }
    let place = try await Workplace.small(
      guests: "guests:\n" + guests.joined(),
      arguments: ["--limits", "none"]
    )
    try await fail(place, #"{"kind": "slow", "rate": 1, "route": "$batch", "seconds": 8}"#)
    let child = ChildProcess(
      try Programs.built("guestlist"),
      place.applyInBackground,
      environment: place.environment,
      folder: place.repository.path
    )
    let running = try RunningProcess(child)
    // The first mail says that the writing has begun; the replies are so slow that most of it is
    // still to come, however busy the machine is.
    while try await place.outbox().isEmpty { await Task.yield() }
    running.signal(.interrupt)
    let done = try await onThread { () -> Result<ChildProcess.Completion, PlatformError> in
      Result { () throws(PlatformError) in
        try running.complete(timeout: .seconds(120), outputLimit: 1 << 24)
      }
    }.get()
    let said = String(decoding: done.output + done.errors, as: UTF8.self)
    #expect(done.status == .exited(130), "\(said)")
    #expect(said.contains("interrupted"))

    try await fail(place, "")
    let mailed = try await place.outbox().count
    #expect(mailed < 400)
    let next = try await place.guestlist("apply", "--confirm")
    #expect(next.exitCode == 0, "\(next.output.suffix(2000))\(next.errors)")
    let outbox = try await place.outbox()
    #expect(outbox.count == 400)
    #expect(Set(outbox).count == 400)
    let plan = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(plan.exitCode == 0)
  }

  @Test func `a killed apply is continued by the next and mails nobody twice`() async throws {
    let guests = (0..<400).map { "  - {email: g\($0)@fabrikam.example, groups: [suppliers]}\n" }
    let place = try await Workplace.small(
      guests: "guests:\n" + guests.joined(),
      arguments: ["--limits", "none"]
    )
    try await fail(place, #"{"kind": "slow", "rate": 1, "route": "$batch", "seconds": 8}"#)
    let running = try RunningProcess(
      ChildProcess(
        try Programs.built("guestlist"),
        place.applyInBackground,
        environment: place.environment,
        folder: place.repository.path
      )
    )
    while try await place.outbox().isEmpty { await Task.yield() }
    running.kill()
    _ = await onThread { running.wait() }
    try await fail(place, "")
    // An invitation without an outcome is sent again only after an hour and two look-ups.
    try await place.emulator.send("POST", "/_emulator/clock", json: #"{"advance": 7200}"#)
    let next = try await place.guestlist("apply", "--confirm")
    #expect([0, 5].contains(next.exitCode), "\(next.output.suffix(2000))\(next.errors)")
    let last = try await place.guestlist("apply", "--confirm")
    #expect(last.exitCode == 0, "\(last.output.suffix(2000))\(last.errors)")
    let outbox = try await place.outbox()
    #expect(outbox.count == 400)
    #expect(Set(outbox).count == 400)
    let plan = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan.output.suffix(2000))")
  }

  @Test func `a disk that takes no journal stops the run before the first write`() async throws {
    let place = try await Workplace.small()
    // Files of at most half a kilobyte; what goes beyond is an error and no signal.
    let child = ChildProcess(
      "sh",
      [
        "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" apply --confirm",
        try Programs.built("guestlist"),
      ],
      environment: place.environment,
      folder: place.repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    #expect(done.status == .exited(1), "\(String(decoding: done.errors, as: UTF8.self))")
    #expect(String(decoding: done.errors, as: UTF8.self).contains("journal"))
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `a journal that was altered is refused with a hint`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("state/altered.sqlite")
    let apply = ["apply", "--confirm", "--journal", file]
    #expect(try await place.guestlist(apply).exitCode == 0)
    var bytes = try place.folder.bytes("state/altered.sqlite")
    let name = Array("oskar@fabrikam".utf8)
    let places = bytes.indices.filter { bytes[$0...].starts(with: name) }
    #expect(!places.isEmpty)
    for place in places { bytes[place] = UInt8(ascii: "a") }
    try place.folder.write("state/altered.sqlite", bytes)
    let writes = try await place.counts().total.writes
    let refused = try await place.guestlist(apply)
    #expect(refused.exitCode == 1, "\(refused.output)\(refused.errors)")
    #expect(refused.errors.contains("was altered"), "\(refused.errors)")
    #expect(refused.errors.contains("hint: put a copy back"), "\(refused.errors)")
    #expect(try await place.counts().total.writes == writes)
  }

  @Test func `two runs at once: the second names who holds the lock and stops`() async throws {
    let place = try await Workplace.small(guests: "guests:\n  - {email: ana@fabrikam.example}\n")
    // The only write is applied and never answered, so the first run stays where it is.
    try await fail(place, #"{"kind": "stall", "rate": 1, "route": "/invitations"}"#)
    let running = try RunningProcess(
      ChildProcess(
        try Programs.built("guestlist"),
        place.applyInBackground,
        environment: place.environment,
        folder: place.repository.path
      )
    )
    while try await place.outbox().isEmpty { await Task.yield() }
    let second = try await place.guestlist("apply", "--confirm")
    #expect(second.exitCode == 1, "\(second.output)\(second.errors)")
    #expect(second.errors.contains("\(running.processID)"), "\(second.errors)")
    running.kill()
    _ = await onThread { running.wait() }
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
  }
}

extension Workplace {
  /// An apply whose standard output stays short: nobody reads it while the run goes on, and a full
  /// pipe would hold the run up.
  fileprivate var applyInBackground: [String] {
    ["apply", "--confirm", "--format", "json", "--output", folder.path("apply.json")]
  }
}
