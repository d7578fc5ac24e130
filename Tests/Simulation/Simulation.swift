internal import Access
internal import Execution
internal import HTTPServer
internal import Journal
internal import Platform
internal import SQLite
internal import TestSupport

@testable import Worlds

/// A tenant, a repository and the machine that Guestlist runs on, through some weeks in which
/// everything fails that can.
///
/// The same seed leads through the same weeks, effect by effect.
final class Simulation {
  private let scheduler: Scheduler
  private let service: Service
  private let randomness: SeededRandomness
  private var chance: Chance
  private var world = World()
  private var folder: TemporaryFolder
  private var watch = Watch()
  private var mail = MailCount()
  private var shown: ServiceState?
  /// Accounts that somebody had blocked by hand, and that no commit has given back.
  private var incidents: Set<UserID> = []
  /// What happened, line by line.
  private(set) var told: [String] = []

  init(seed: UInt64, on scheduler: Scheduler) throws {
    self.scheduler = scheduler
    randomness = SeededRandomness(seed: seed)
    chance = Chance(seed: seed)
    folder = try TemporaryFolder()
    world.setRules(by: &chance)
    world.populate(by: &chance)
    service = try Service(world, scheduler: scheduler, seed: seed)
    commit(.declare)
  }

  /// Lives through the weeks and comes to rest; what is wrong, or `nil`.
  func tell() async throws -> String? {
    for _ in 0..<(1 + chance.below(3)) {
      try act()
      try await round()
      if let words = watch.broken ?? mail.complaint(world) { return words }
    }
    return try await settle()
  }

  // MARK: what happens between runs

  private func act() throws {
    switch chance.below(14) {
    case 0, 1, 2: commit(.declare)
    case 3, 4, 5: commit(.leave)
    case 6: commit(chance.hits(50) ? .skip : .breakGrant)
    case 7: commit(chance.hits(70) ? .move : .revertMove)
    case 8: commit(chance.hits(50) ? .changeRules : .route)
    case 9: commit(.order)
    case 10 where chance.hits(40): loseJournal()
    case 10, 11, 12:
      if let body = interference() {
        interfere(body)
        try look()
      }
    default: break
    }
    if chance.hits(40) { pass(.days(Int64(chance.below(35)))) }
  }

  private func commit(_ change: World.Change) {
    world.now = scheduler.now()
    world.make(change, by: &chance)
    scheduler.pass(world.now - scheduler.now())
    told.append(world.summary)
  }

  private func pass(_ span: Moment.Span) {
    scheduler.pass(span)
    world.now = scheduler.now()
  }

  private func loseJournal() {
    guard let empty = try? TemporaryFolder() else { return }
    folder = empty
    incidents = []
    mail.journalsLost += 1
    told.append("\(scheduler.now()) the journal is lost")
  }

  /// What an administrator may do to one account, as the emulator is told.
  private func interference() -> String? {
    let accounts = world.tenant.state.accounts.values.sorted { $0.id < $1.id }
      .filter { !$0.addresses.contains(Names.address("lena@contoso.example")) }
    guard !accounts.isEmpty else { return nil }
    let account = chance.pick(accounts)
    let words: String
    switch chance.below(8) {
    case 0: words = #""action": "\#(account.isEnabled ? "block" : "unblock")""#
    case 1: words = #""action": "delete""#
    case 2 where account.isExternal: words = #""action": "convert""#
    case 3, 4:
      let resource = chance.pick(World.resources)
      guard let named = name(resource) else { return nil }
      let gives = !world.tenant.holds(account.id, resource)
      let verb = named.isGroup ? (gives ? "join" : "remove") : (gives ? "grant" : "revoke")
      words = #""action": "\#(verb)", \#(named.members)"#
    case 5, 6:
      let held = World.resources.filter { world.tenant.holds(account.id, $0) }
      guard !held.isEmpty, let named = name(chance.pick(held)) else { return nil }
      words = #""action": "\#(named.isGroup ? "remove" : "revoke")", \#(named.members)"#
    default: return nil
    }
    return #"{"user": "\#(account.id)", \#(words)}"#
  }

  private func name(_ resource: Resource) -> (members: String, isGroup: Bool)? {
    switch resource {
    case .group(let group): return (#""group": "\#(group)""#, true)
    case .appRole(let id, let value):
      guard let app = world.tenant.state.apps[id],
        let role = app.roles.first(where: { $0.value == value })
      else { return nil }
      return (#""servicePrincipal": "\#(app.servicePrincipal)", "appRole": "\#(role.id)""#, false)
    case .package: return nil
    }
  }

  private func interfere(_ body: String) {
    let status = service.steer("POST", "interfere", body).status
    told.append("\(scheduler.now()) an administrator: \(body) \(status)")
  }

  // MARK: runs

  /// One run, or two at once, with faults, and perhaps with a death, an administrator, an interrupt
  /// or a wrong clock in the middle.
  private func round() async throws {
    setFaults()
    let before = world
    let kind = chance.below(10)
    let death = kind < 4 ? 1 + chance.below(140) : nil
    let act = kind == 4 ? interference() : nil
    let skew =
      kind == 5 ? Moment.Span(seconds: Int64(chance.below(1200)) - 600) : Moment.Span(seconds: 0)
    let (run, kept) = try makeRun(death: death, skew: skew, meanwhile: act, at: chance.below(20))
    var reports: [GuestlistRun.Report]
    switch kind {
    case 6:
      let (other, _) = try makeRun()
      async let first = run.apply()
      async let second = other.apply()
      reports = await [first, second]
    case 7:
      reports = [await interrupted(run, after: chance.below(30_000))]
    case 8 where chance.hits(50):
      reports = [await run.block(Names.address(chance.pick(World.names)))]
    default: reports = [await run.apply()]
    }
    if let left = kept.withLock({ $0 }) { folder = left }
    for report in reports {
      note(report, isDead: run.process.isDead)
      guard let plan = report.plan, plan.isPartial, report.result?.outcomes == [.done] else {
        continue
      }
      incidents.formUnion(plan.actions.compactMap(\.account))
    }
    clearFaults()
    pass(.minutes(Int64(1 + chance.below(15))))
    try look()
    for report in reports {
      guard let plan = report.plan, !plan.isPartial, report.result != nil || run.process.isDead
      else { continue }
      var seen = before
      seen.journal = report.record
      watch.see(plan, seen, world, isAlone: act == nil && reports.count == 1)
      watchIncidents(plan)
      mail.note(plan)
    }
  }

  /// An incident's block stays until a commit gives the account back.
  private func watchIncidents(_ plan: Plan) {
    for action in plan.actions where action.verb == .unblock {
      guard let account = action.account, incidents.remove(account) != nil,
        action.reason != .returned
      else { continue }
      watch.broken = watch.broken ?? "the block of \(action.guest) by hand is lifted"
    }
  }

  private func note(_ report: GuestlistRun.Report, isDead: Bool) {
    let plan = report.plan.map { "\($0.verbs), held back \($0.heldBack.sorted())" } ?? "no plan"
    let end = report.failure ?? report.result.map { "\($0.runResult)" } ?? "nothing"
    told.append("\(scheduler.now()) run\(isDead ? " that died" : ""): \(plan); \(end)")
  }

  /// A run, and where the disk of a process that dies is kept.
  private func makeRun(
    death: Int? = nil,
    skew: Moment.Span = Moment.Span(seconds: 0),
    meanwhile act: String? = nil,
    at request: Int = 0
  ) throws -> (GuestlistRun, Locked<TemporaryFolder?>) {
    let kept = Locked<TemporaryFolder?>(nil)
    let (disk, spare) = (folder, try TemporaryFolder())
    let process = Process(deathAt: death) {
      for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite.\(Names.tenant).lock"] {
        guard let bytes = try? disk.bytes(name), let path = try? spare.write(name, bytes) else {
          continue
        }
        try? setMode(0o600, of: path)
      }
      kept.withLock { $0 = spare }
    }
    let requests = Locked(0)
    let service = service
    let transport = ServiceTransport(service: service, process: process, randomness: randomness) {
      let number = requests.withLock { number in
        defer { number += 1 }
        return number
      }
      if let act, number == request { service.steer("POST", "interfere", act) }
    }
    let run = GuestlistRun(
      world: world,
      process: process,
      folder: folder,
      transport: transport,
      clock: MachineClock(scheduler: scheduler, skew: skew),
      randomness: randomness
    )
    return (run, kept)
  }

  /// A run that somebody interrupts after so many milliseconds.
  private func interrupted(_ run: GuestlistRun, after length: Int) async -> GuestlistRun.Report {
    let scheduler = scheduler
    return await withTaskGroup(of: GuestlistRun.Report?.self) { group in
      group.addTask { await run.apply() }
      group.addTask {
        do { try await scheduler.sleep(for: .milliseconds(length)) } catch {}
        return nil
      }
      var report = GuestlistRun.Report()
      for await result in group {
        if let result { report = result }
        group.cancelAll()
      }
      return report
    }
  }

  /// The failures of a round, each with the share of requests that it strikes at most.
  private static let faults: [(kind: String, percent: Int)] = [
    ("throttle", 25), ("error503", 25), ("error500", 25), ("conflict", 25), ("reset", 25),
    ("truncate", 25), ("lost", 40), ("slow", 25), ("stall", 25), ("partial", 25), ("lag", 100),
    ("reorder", 25), ("expired", 25), ("html200", 25),
  ]

  private func setFaults() {
    guard chance.hits(70) else { return }
    let rules = chance.some(Self.faults, percent: 25).map { fault in
      // Replication takes as long as the next run may be away.
      let seconds = fault.kind == "lag" ? #", "seconds": 900"# : ""
      let rate = Double(1 + chance.below(fault.percent)) / 100
      return #"{"kind": "\#(fault.kind)", "rate": \#(rate)\#(seconds)}"#
    }
    let list = rules.joined(separator: ",")
    service.steer("POST", "faults", #"{"seed": \#(chance.below(1 << 30)), "faults": [\#(list)]}"#)
    if !rules.isEmpty { told.append("faults: \(list)") }
  }

  private func clearFaults() { service.steer("POST", "faults", #"{"faults": []}"#) }

  /// Looks at the tenant as it is, whatever Graph shows of it.
  private func look() throws {
    let state = try ServiceState(service.steer("GET", "state").body)
    world.tenant.state = try state.tenant(like: world.tenant.state)
    shown = state
    world.now = scheduler.now()
    mail.outbox = try Outbox(service.steer("GET", "outbox").body)
  }

  // MARK: the end

  /// Runs without failures until a plan is empty and nothing is open, then compares.
  private func settle() async throws -> String? {
    for _ in 0..<8 {
      pass(.hours(2))
      let (run, _) = try makeRun()
      var before = world
      let report = await run.apply()
      note(report, isDead: false)
      pass(.minutes(5))
      try look()
      guard let plan = report.plan, report.result != nil else {
        return "a run without failures fails: \(report.failure ?? "")"
      }
      before.journal = report.record
      watch.see(plan, before, world)
      watchIncidents(plan)
      mail.note(plan)
      world.journal = report.record
      if let words = watch.broken ?? mail.complaint(world) { return words }
      let open = try await openWrites(run)
      guard plan.actions.count == plan.heldBack.count, open == 0 else { continue }
      if let words = Oracle(world: world, plan: plan).complaint { return words }
      if let account = openSessions { return "\(account) is blocked, and its sessions go on" }
      return try await journalComplaint(run)
    }
    return "does not come to rest"
  }

  /// An account that we blocked and whose sessions are not over; `nil` if there is none.
  private var openSessions: UserID? {
    let blocks = world.journal?.blocks ?? [:]
    return blocks.keys.sorted().first { account in
      guard let moment = blocks[account], world.tenant.state.accounts[account]?.isEnabled == false
      else { return false }
      // The moment is that of the outcome, which is recorded after the write.
      return shown?.sessionsCount(from: account).map { $0 < moment - .minutes(30) } ?? true
    }
  }

  private func openWrites(_ run: GuestlistRun) async throws -> Int {
    let journal = try await run.openJournal()
    let open = try await journal.openIntents(of: Names.tenant)
    await journal.close()
    return open.count
  }

  /// What is wrong with the journal once everything is over; `nil` if nothing is.
  private func journalComplaint(_ run: GuestlistRun) async throws -> String? {
    let journal = try await run.openJournal()
    let verdict = try await journal.verify()
    await journal.close()
    if case .broken(let fault) = verdict { return "the chain is broken: \(fault)" }
    let unended = try Connection(.file(folder.path("journal.sqlite")), access: .readOnly).first(
      "SELECT count(*) FROM entries AS b WHERE b.kind = 'begun' AND NOT EXISTS"
        + " (SELECT 1 FROM entries AS e WHERE e.run = b.run AND e.kind = 'ended')"
    ) { (row) throws(SQLiteError) in try row.integer(0) }
    return unended.flatMap { $0 == 0 ? nil : "\($0) runs began and never ended" }
  }
}
