package import Access
internal import SQLite

extension RunJournal {
  /// Records, before anything is written, what was accepted and declined; why and by whom the run
  /// said when it began.
  package func answer(_ answers: [GuardAnswer], in run: JournaledRun) async throws(JournalError) {
    try await write("recording what was accepted", for: run) { (writer, _) throws(SQLiteError) in
      for answer in answers {
        let fields: [String: CanonicalJSON] = [
          "guard": .string(answer.name.rawValue), "digest": .string(answer.digest),
          "commit": .string(answer.commit.hex), "accepted": .bool(answer.isAccepted),
        ]
        var actions: [CanonicalJSON] = []
        for action in answer.actions { actions.append(try writer.json(action)) }
        try writer.append(.answered, list: "actions", actions, sharing: fields)
        var entries: [CanonicalJSON] = []
        for entry in answer.entries { entries.append(try writer.json(entry)) }
        try writer.append(.answered, list: "entries", entries, sharing: fields)
      }
    }
  }

  /// What was accepted and declined for a tenant, oldest first; with a guest, only what was about it.
  package func answers(
    about guest: EmailAddress? = nil,
    in tenant: TenantID
  ) async throws(JournalError) -> [JournaledAnswer] {
    try await read("reading the journal") { (connection) throws(SQLiteError) in
      var names = try guest == nil ? Names.all(connection) : Names(connection)
      return try Self.answers(tenant, connection, names: &names).map(\.answer).filter { journaled in
        guest.map(journaled.isAbout) ?? true
      }
    }
  }

  /// The answers with the number of the entry that holds the first part of each.
  static func answers(
    _ tenant: TenantID,
    _ connection: Connection,
    names: inout Names
  ) throws(SQLiteError) -> [(sequence: Int64, answer: JournaledAnswer)] {
    var answers: [(sequence: Int64, answer: JournaledAnswer)] = []
    try connection.forEach(
      "SELECT a.sequence, a.moment, a.run, a.body->>'guard', a.body->>'digest', a.body->>'commit',"
        + " a.body->>'accepted', b.body->>'runner', b.body->>'reason',"
        + " i.value->>0, i.value->>1, i.value->>2, a.body->'entries' IS NOT NULL"
        + " FROM entries AS a LEFT JOIN entries AS b ON b.tenant = a.tenant AND b.kind = 'begun'"
        + " AND b.run = a.run, json_each(coalesce(a.body->'actions', a.body->'entries')) AS i"
        + " WHERE a.tenant = ? AND a.kind = 'answered' ORDER BY a.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let run = GUID(try row.text(2)),
        let name = GuardVerdict.Guard(rawValue: try row.text(3)),
        let commit = CommitID(hex: try row.text(5))
      else { return }
      let isEntry = try row.integer(12) != 0
      let entry = try isEntry ? names.entry(row, from: 9) : nil
      let action = try isEntry ? nil : action(row, from: 9, names: &names)
      guard entry != nil || action != nil else { return }
      let digest = try row.text(4)
      let isAccepted = try row.integer(6) != 0
      let last = answers.last?.answer
      // A long answer is in several entries.
      let isSame =
        last?.run == run && last?.answer.name == name && last?.answer.digest == digest
        && last?.answer.isAccepted == isAccepted
      if !isSame {
        let reason = try row.optionalText(8)
        let journaled = JournaledAnswer(
          answer: GuardAnswer(name, digest: digest, commit: commit, isAccepted: isAccepted),
          moment: Moment(seconds: try row.integer(1)),
          run: run,
          runner: try row.optionalText(7),
          reason: try reason.flatMap { (token) throws(SQLiteError) in try names.text(token) }
        )
        answers.append((try row.integer(0), journaled))
      }
      if let action { answers[answers.count - 1].answer.answer.actions.append(action) }
      if let entry { answers[answers.count - 1].answer.answer.entries.append(entry) }
    }
    return answers
  }

  /// The action in three columns of a row; `nil` where its person was erased.
  private static func action(
    _ row: Statement,
    from column: Int,
    names: inout Names
  ) throws(SQLiteError) -> JournalRecord.AcceptedAction? {
    guard let guest = try names.address(try row.text(column)),
      let verb = Action.Verb(rawValue: try row.text(column + 1))
    else { return nil }
    let resource = try row.optionalText(column + 2).flatMap { Resource(journalText: $0) }
    return JournalRecord.AcceptedAction(guest: guest, verb: verb, resource: resource)
  }
}
