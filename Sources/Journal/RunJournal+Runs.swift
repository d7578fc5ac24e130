package import Access
internal import SQLite

extension RunJournal {
  /// Records that a run begins, and names it for whatever the run adds.
  ///
  /// A run that holds the tenant's lock also records the end of those that held it before and were
  /// killed, so that every run that began has ended.
  package func begin(_ description: RunDescription) async throws(JournalError) -> JournaledRun {
    let run = newRun(for: description)
    let isLocked = await isLocked
    try await write("recording the beginning of the run", for: run) {
      (writer, connection) throws(SQLiteError) in
      if isLocked {
        let killed = try connection.query(
          "SELECT b.run FROM entries AS b WHERE b.tenant = ? AND b.kind = 'begun'"
            + " AND b.body->>'locked' AND NOT EXISTS"
            + " (SELECT 1 FROM entries AS e WHERE e.run = b.run AND e.kind = 'ended')"
            + " ORDER BY b.sequence",
          [.text(run.tenant.description)]
        ) { (row) throws(SQLiteError) in try row.text(0) }
        for other in killed {
          try writer.append(.ended, of: other, ["result": .string(RunResult.killed.rawValue)])
        }
      }
      var body: [String: CanonicalJSON] = [
        "ref": .string(description.ref),
        "commit": .optional(description.commit?.hex),
        "command": .string(description.command),
        "version": .string(description.toolVersion),
        "locked": .bool(isLocked),
      ]
      if let runner = description.runner { body["runner"] = .string(String(runner.prefix(200))) }
      if let reason = description.reason {
        body["reason"] = .string(try writer.token(ofReason: String(reason.prefix(1000))))
      }
      try writer.append(.begun, body)
    }
    await note { $0.append(run) }
    return run
  }

  /// Records whether the journal begins with the first run or after a loss, or that the state after
  /// a loss was accepted; what is known is not recorded again.
  package func found(
    on memory: Plan.Basis.Memory,
    isAccepted: Bool,
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording how the journal began", for: run) {
      (writer, connection) throws(SQLiteError) in
      let known = try Self.beginning(run.tenant, connection)
      let word: String
      switch (known, memory) {
      case (nil, .lost): word = isAccepted ? "accepted" : "lost"
      case (nil, .firstRun): word = "firstRun"
      case (.afterLoss(false)?, _) where isAccepted: word = "accepted"
      default: return
      }
      try writer.append(.founded, ["memory": .string(word)])
    }
  }

  /// Records which accounts were seen blocked or deleted outside, and which of those are back; the
  /// first moment stays.
  package func see(
    lost: [UserID: EmailAddress],
    regained: Set<UserID>,
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording the accounts that were lost", for: run) {
      (writer, connection) throws(SQLiteError) in
      var names = try Names.all(connection)
      let known = try Self.losses(run.tenant, connection, names: &names)
      var new: [CanonicalJSON] = []
      for (account, guest) in lost.sorted(by: { $0.key < $1.key }) where known[account] == nil {
        new.append(.string(try writer.token(of: account, with: guest)))
      }
      var back: [CanonicalJSON] = []
      for account in known.keys.sorted() where regained.contains(account) && lost[account] == nil {
        if let token = try writer.knownToken(of: account) { back.append(.string(token)) }
      }
      try writer.append(.lost, list: "accounts", new)
      try writer.append(.regained, list: "accounts", back)
    }
  }

  /// Records the plan that the run is about to carry out.
  package func planned(
    digest: String,
    actions: Int,
    heldBack: Int,
    in run: JournaledRun
  ) async throws(JournalError) {
    try await append(
      .planned,
      "recording the plan",
      in: run,
      [
        "digest": .string(digest), "actions": .integer(Int64(actions)),
        "heldBack": .integer(Int64(heldBack)),
      ]
    )
  }

  /// Records the moment at which commits were first seen; those that were seen before keep theirs.
  package func see(_ commits: [CommitID], in run: JournaledRun) async throws(JournalError) {
    try await write("recording the commits that were seen", for: run) {
      (writer, connection) throws(SQLiteError) in
      let known = Set(try Self.firstSeen(run.tenant, connection).keys)
      let new = commits.filter { !known.contains($0) }
      try writer.append(.seen, list: "commits", new.map { .string($0.hex) })
    }
  }

  /// Records which account an address was seen to have; pairs that are known are passed over.
  package func see(
    accounts: [EmailAddress: UserID],
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording the accounts that were seen", for: run) {
      (writer, connection) throws(SQLiteError) in
      var names = try Names.all(connection)
      let known = try Self.seenAccounts(run.tenant, connection, names: &names)
      var pairs: [CanonicalJSON] = []
      for (address, account) in accounts.sorted(by: { $0.key < $1.key })
      where known[address]?.account != account {
        let token = try writer.token(of: account, with: address)
        pairs.append(.array([.string(try writer.token(of: address)), .string(token)]))
      }
      try writer.append(.accounts, list: "pairs", pairs)
    }
  }

  /// Records that the run sets about making the tenant equal to a commit.
  ///
  /// It is recorded *before* the first write of a run that is neither targeted nor restricted, and
  /// counts whatever becomes of the run: from the first write on, what the commit declared may be
  /// in the tenant because of us, so an entry of that commit counts as owned (DESIGN section 5)
  /// even if the run was killed at once and the next commit no longer declares it. Recording it
  /// only after full success would leave such a guest with access that no later run takes away.
  /// What the run did not reach is declared still, and is done by the next run; entries that it
  /// does not even try to carry out, because they are skipped or held back, are named and do not
  /// become ours.
  package func applying(
    _ commit: CommitID,
    notCarriedOut entries: Set<EntryKey> = [],
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording the commit that is applied", for: run) {
      (writer, _) throws(SQLiteError) in
      let fields: [String: CanonicalJSON] = [
        "ref": .string(run.ref), "commit": .string(commit.hex),
      ]
      try writer.append(.applied, fields)
      var list: [CanonicalJSON] = []
      for entry in entries.sorted() { list.append(try writer.json(entry)) }
      try writer.append(.notCarriedOut, list: "entries", list, sharing: fields)
    }
  }

  /// Records that a commit was applied whole: the run was not stopped, and held nothing back but
  /// what was accepted.
  ///
  /// It is the baseline against which later loosening is judged.
  package func appliedWhole(_ commit: CommitID, in run: JournaledRun) async throws(JournalError) {
    try await append(
      .whole,
      "recording that the commit was applied",
      in: run,
      ["ref": .string(run.ref), "commit": .string(commit.hex)]
    )
  }

  /// Records how the run ended, and returns the head of the chain for publication.
  @discardableResult
  package func end(
    _ run: JournaledRun,
    as result: RunResult
  ) async throws(JournalError) -> ChainHead? {
    try await append(
      .ended,
      "recording the end of the run",
      in: run,
      ["result": .string(result.rawValue)]
    )
    await note { $0.removeAll { $0 == run } }
    return try await head()
  }

  private func append(
    _ kind: EntryKind,
    _ operation: String,
    in run: JournaledRun,
    _ body: [String: CanonicalJSON]
  ) async throws(JournalError) {
    try await write(operation, for: run) { (writer, _) throws(SQLiteError) in
      try writer.append(kind, body)
    }
  }
}
