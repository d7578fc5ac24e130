package import Access
internal import SQLite

extension RunJournal {
  /// Every write for a guest, every loss of its account and every decision about it, in the order of
  /// recording.
  package func events(
    of guest: EmailAddress,
    in tenant: TenantID
  ) async throws(JournalError) -> [JournalEvent] {
    try await read("reading the journal") { (connection) throws(SQLiteError) in
      guard let token = try Self.token(of: guest, connection) else { return [] }
      let writes = try Self.writes(tenant, connection, of: token)
      let losses = try Self.lossEvents(tenant, connection, of: guest)
      let orders = try Self.orders(tenant, connection, of: guest, token)
      let answers = try Self.answerEvents(tenant, connection, of: guest)
      return Self.inOrder(writes + losses + orders + answers)
    }
  }

  /// Every write that gave or took a resource of an app, in the order of recording.
  package func events(
    of app: AppID,
    in tenant: TenantID
  ) async throws(JournalError) -> [JournalEvent] {
    try await read("reading the journal") { (connection) throws(SQLiteError) in
      Self.inOrder(
        try Self.writes(tenant, connection) { intent in
          if case .appRole(app, _) = intent.resource { true } else { false }
        }
      )
    }
  }

  /// Every write for a tenant, in the order of recording.
  package func events(in tenant: TenantID) async throws(JournalError) -> [JournalEvent] {
    try await read("reading the journal") { (connection) throws(SQLiteError) in
      Self.inOrder(try Self.writes(tenant, connection))
    }
  }

  /// An event with the number of the entry that tells it.
  private typealias Numbered = (sequence: Int64, event: JournalEvent)

  private static func inOrder(_ events: [Numbered]) -> [JournalEvent] {
    events.sorted { $0.sequence < $1.sequence }.map(\.event)
  }

  private static func writes(
    _ tenant: TenantID,
    _ connection: Connection,
    of guest: String? = nil,
    where isWanted: (Intent) -> Bool = { _ in true }
  ) throws(SQLiteError) -> [Numbered] {
    var events: [Numbered] = []
    var names = try guest == nil ? Names.all(connection) : Names(connection)
    let only = guest.map { [SQLValue.text($0)] } ?? []
    try connection.forEach(
      "SELECT \(intentColumns), coalesce(s.sequence, i.sequence), coalesce(s.moment, i.moment),"
        + " coalesce(s.run, i.run), s.body->>'outcome', s.body->>'account', s.body->>'error',"
        + " s.body->>'status', s.body->>'code'"
        + " FROM entries AS i LEFT JOIN entries AS s ON s.request = i.request"
        + " AND s.kind = 'settled' WHERE i.tenant = ? AND i.kind = 'intended'"
        + (guest == nil ? "" : " AND i.guest = ?"),
      [.text(tenant.description)] + only
    ) { (row) throws(SQLiteError) in
      guard let intent = try intent(row, names: &names), isWanted(intent),
        let run = GUID(try row.text(12))
      else { return }
      let found = try names.account(try row.optionalText(14))
      let event = JournalEvent(
        moment: Moment(seconds: try row.integer(11)),
        run: run,
        guest: intent.guest,
        account: found ?? intent.account,
        kind: .write(intent, try outcome(row))
      )
      events.append((try row.integer(10), event))
    }
    return events
  }

  private static func outcome(_ row: Statement) throws(SQLiteError) -> Settlement.Outcome? {
    guard let word = try row.optionalText(13) else { return nil }
    return Settlement.Outcome(
      word: word,
      error: try row.optionalText(15),
      status: try row.optionalInteger(16).map { Int($0) },
      code: try row.optionalText(17)
    )
  }

  private static func lossEvents(
    _ tenant: TenantID,
    _ connection: Connection,
    of guest: EmailAddress
  ) throws(SQLiteError) -> [Numbered] {
    var events: [Numbered] = []
    try connection.forEach(
      "SELECT e.sequence, e.moment, e.run, e.kind, p.text FROM entries AS e,"
        + " json_each(e.body, '$.accounts') AS a JOIN personal AS p ON p.token = a.value"
        + " WHERE e.tenant = ? AND e.kind IN ('lost', 'regained') AND p.subject ="
        + " (SELECT token FROM personal WHERE kind = 'address' AND text = ?)",
      [.text(tenant.description), .text(guest.normalised)]
    ) { (row) throws(SQLiteError) in
      guard let run = GUID(try row.text(2)) else { return }
      let event = JournalEvent(
        moment: Moment(seconds: try row.integer(1)),
        run: run,
        guest: guest,
        account: UserID(try row.text(4)),
        kind: try row.text(3) == EntryKind.lost.rawValue ? .lost : .regained
      )
      events.append((try row.integer(0), event))
    }
    return events
  }

  /// The commands that somebody gave by hand for one guest.
  private static func orders(
    _ tenant: TenantID,
    _ connection: Connection,
    of guest: EmailAddress,
    _ token: String
  ) throws(SQLiteError) -> [Numbered] {
    var names = Names(connection)
    var events: [Numbered] = []
    try connection.forEach(
      "SELECT sequence, moment, run, body->>'command', body->>'runner', body->>'reason'"
        + " FROM entries WHERE tenant = ? AND kind = 'begun'"
        + " AND body->>'command' IN ('block', 'resend')"
        + " AND run IN (SELECT run FROM entries WHERE guest = ?)",
      [.text(tenant.description), .text(token)]
    ) { (row) throws(SQLiteError) in
      guard let run = GUID(try row.text(2)) else { return }
      let decision = JournalEvent.Decision(
        .ordered(try row.text(3)),
        runner: try row.optionalText(4),
        reason: try row.optionalText(5).flatMap { (token) throws(SQLiteError) in
          try names.text(token)
        }
      )
      let moment = Moment(seconds: try row.integer(1))
      events.append((try row.integer(0), event(decision, of: guest, in: run, at: moment)))
    }
    return events
  }

  private static func answerEvents(
    _ tenant: TenantID,
    _ connection: Connection,
    of guest: EmailAddress
  ) throws(SQLiteError) -> [Numbered] {
    var names = Names(connection)
    return try answers(tenant, connection, names: &names).compactMap { sequence, journaled in
      guard journaled.isAbout(guest) else { return nil }
      let answer = journaled.answer
      let decision = JournalEvent.Decision(
        answer.isAccepted ? .accepted(answer.name) : .declined(answer.name),
        runner: journaled.runner,
        reason: journaled.reason
      )
      return (sequence, event(decision, of: guest, in: journaled.run, at: journaled.moment))
    }
  }

  private static func event(
    _ decision: JournalEvent.Decision,
    of guest: EmailAddress,
    in run: GUID,
    at moment: Moment
  ) -> JournalEvent {
    JournalEvent(moment: moment, run: run, guest: guest, account: nil, kind: .decided(decision))
  }

  /// The token of an address; `nil` for a person whom the journal does not know.
  static func token(
    of guest: EmailAddress,
    _ connection: Connection
  ) throws(SQLiteError) -> String? {
    try connection.first(
      "SELECT token FROM personal WHERE kind = 'address' AND text = ?",
      [.text(guest.normalised)]
    ) { (row) throws(SQLiteError) in try row.text(0) }
  }
}
