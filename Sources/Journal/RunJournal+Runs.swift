package import Access
internal import SQLite

extension RunJournal {
  /// Records that a run begins, and names it for whatever the run adds.
  package func begin(_ description: RunDescription) async throws(JournalError) -> JournaledRun {
    let run = newRun(for: description)
    try await write("recording the beginning of the run", for: run) {
      (writer, _) throws(SQLiteError) in
      try writer.append(
        .begun,
        run: run.id.description,
        tenant: run.tenant.description,
        [
          "ref": .string(description.ref),
          "commit": .optional(description.commit?.hex),
          "command": .string(description.command),
          "version": .string(description.toolVersion),
        ]
      )
    }
    return run
  }

  /// Records on what memory of earlier runs the first plan for a tenant rested, or that the state
  /// that a lost journal left was accepted; what is known already is not recorded again.
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
      try writer.append(
        .founded,
        run: run.id.description,
        tenant: run.tenant.description,
        ["memory": .string(word)]
      )
    }
  }

  /// Records which accounts another hand was seen to have taken (blocked, deleted), and which of
  /// those that were lost are back; the moment of the first sight stays.
  package func see(
    lost: [UserID: EmailAddress],
    regained: Set<UserID>,
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording the accounts that were lost", for: run) {
      (writer, connection) throws(SQLiteError) in
      let names = try Self.names(of: connection)
      let known = try Self.losses(run.tenant, connection, names: names)
      let back = known.keys.filter { regained.contains($0) && lost[$0] == nil }.sorted()
      let new = lost.filter { known[$0.key] == nil }.sorted { $0.key < $1.key }
      var tokens: [CanonicalJSON] = []
      for (account, guest) in new {
        tokens.append(.string(try writer.token(of: account, with: guest)))
      }
      let tokenOf = Dictionary(
        names.map { ($0.value, $0.key) },
        uniquingKeysWith: { one, _ in one }
      )
      let returned = back.compactMap { tokenOf[$0.description] }.map { CanonicalJSON.string($0) }
      for (kind, accounts) in [(EntryKind.lost, tokens), (.regained, returned)]
      where !accounts.isEmpty {
        try writer.append(
          kind,
          run: run.id.description,
          tenant: run.tenant.description,
          ["accounts": .array(accounts)]
        )
      }
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
      // Rows of a bounded length, however long a history is when it is first seen.
      for start in stride(from: 0, to: new.count, by: 500) {
        let part = new[start..<min(start + 500, new.count)]
        try writer.append(
          .seen,
          run: run.id.description,
          tenant: run.tenant.description,
          ["commits": .array(part.map { .string($0.hex) })]
        )
      }
    }
  }

  /// Records which account an address was seen to have; pairs that are known are passed over.
  package func see(
    accounts: [EmailAddress: UserID],
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording the accounts that were seen", for: run) {
      (writer, connection) throws(SQLiteError) in
      let known = try Self.seenAccounts(
        run.tenant,
        connection,
        names: Self.names(of: connection)
      )
      let new = accounts.filter { known[$0.key]?.account != $0.value }.sorted { $0.key < $1.key }
      for start in stride(from: 0, to: new.count, by: 500) {
        var pairs: [CanonicalJSON] = []
        for (address, account) in new[start..<min(start + 500, new.count)] {
          let token = try writer.token(of: account, with: address)
          pairs.append(.array([.string(try writer.token(of: address)), .string(token)]))
        }
        try writer.append(
          .accounts,
          run: run.id.description,
          tenant: run.tenant.description,
          ["pairs": .array(pairs)]
        )
      }
    }
  }

  /// Records that the run sets about making the tenant equal to a commit.
  ///
  /// It is recorded *before* the first write of a run that is neither targeted nor restricted, and
  /// stands whatever becomes of the run: from the first write on, what the commit declared may be
  /// in the tenant because of us, so an entry of that commit counts as owned (DESIGN section 5)
  /// even if the run was killed at once and the next commit no longer declares it. Recording it
  /// only after full success would leave such a guest with access that no later run takes away.
  /// What the run did not reach is declared still, and is done by the next run.
  package func applying(_ commit: CommitID, in run: JournaledRun) async throws(JournalError) {
    try await append(
      .applied,
      "recording the commit that is applied",
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
    return try await head()
  }

  private func append(
    _ kind: EntryKind,
    _ operation: String,
    in run: JournaledRun,
    _ body: [String: CanonicalJSON]
  ) async throws(JournalError) {
    try await write(operation, for: run) { (writer, _) throws(SQLiteError) in
      try writer.append(kind, run: run.id.description, tenant: run.tenant.description, body)
    }
  }
}
