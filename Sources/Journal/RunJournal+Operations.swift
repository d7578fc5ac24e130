package import Access
internal import SQLite

extension RunJournal {
  /// Records, in one transaction, writes that are about to be sent.
  ///
  /// When it returns they are on the disk: a write whose intent is not known was never sent.
  package func intend(_ intents: [Intent], in run: JournaledRun) async throws(JournalError) {
    try await write("recording what is intended", for: run) { (writer, _) throws(SQLiteError) in
      for intent in intents {
        var body: [String: CanonicalJSON] = [
          "guest": .string(try writer.token(of: intent.guest)),
          "verb": .string(intent.verb.rawValue),
          "step": .string(intent.step.rawValue),
        ]
        if let account = intent.account {
          body["account"] = .string(try writer.token(of: account, with: intent.guest))
        }
        if let resource = intent.resource { body["resource"] = .string(resource.journalText) }
        if let commit = intent.commit { body["commit"] = .string(commit.hex) }
        if let cause = intent.blockCause { body["cause"] = .string(cause.rawValue) }
        try writer.append(.intended, request: intent.requestID, body)
      }
    }
  }

  /// Records, in one transaction, the outcomes of writes.
  package func settle(
    _ settlements: [Settlement.Of],
    in run: JournaledRun
  ) async throws(JournalError) {
    try await write("recording what was done", for: run) { (writer, _) throws(SQLiteError) in
      for item in settlements {
        let settlement = item.settlement
        var body: [String: CanonicalJSON] = ["outcome": .string(settlement.outcome.word)]
        if let account = settlement.account {
          body["account"] = .string(try writer.token(of: account, with: item.guest))
        }
        if let service = settlement.serviceRequestID {
          body["service"] = .string(String(service.prefix(100)))
        }
        if case .failed(let kind, let status, let code) = settlement.outcome {
          body["error"] = .string(kind.rawValue)
          body["status"] = status.map { .integer(Int64($0)) } ?? .null
          body["code"] = .optional(code.map { String($0.prefix(100)) })
        }
        try writer.append(.settled, request: settlement.requestID, body)
      }
    }
  }

  /// Records that a run looked for the effect of open intents and found nothing yet.
  package func lookedUp(_ requestIDs: [GUID], in run: JournaledRun) async throws(JournalError) {
    try await write("recording what was looked up", for: run) { (writer, _) throws(SQLiteError) in
      for request in requestIDs {
        try writer.append(.lookedUp, request: request)
      }
    }
  }

  /// The writes of a tenant that have an intent and no outcome, oldest first.
  ///
  /// Those of a person who was erased are omitted: nobody can look them up any more.
  package func openIntents(of tenant: TenantID) async throws(JournalError) -> [OpenIntent] {
    try await read("reading what is unresolved") { (connection) throws(SQLiteError) in
      var names = Names(connection)
      return try Self.openIntents(tenant, connection, names: &names)
    }
  }

  static func openIntents(
    _ tenant: TenantID,
    _ connection: Connection,
    names: inout Names
  ) throws(SQLiteError) -> [OpenIntent] {
    var lookUps: [String: [OpenIntent.LookUp]] = [:]
    try connection.forEach(
      "SELECT request, run, moment FROM entries WHERE tenant = ? AND kind = 'lookedUp'"
        + " AND request IS NOT NULL ORDER BY sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let run = GUID(try row.text(1)) else { return }
      let moment = Moment(seconds: try row.integer(2))
      lookUps[try row.text(0), default: []].append(.init(run: run, moment: moment))
    }
    var open: [OpenIntent] = []
    try connection.forEach(
      "SELECT \(intentColumns) FROM entries AS i WHERE i.tenant = ? AND i.kind = 'intended'"
        + " AND NOT EXISTS (SELECT 1 FROM entries AS s WHERE s.request = i.request"
        + " AND s.kind = 'settled') ORDER BY i.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let intent = try intent(row, names: &names), let run = GUID(try row.text(9)) else {
        return
      }
      let moment = Moment(seconds: try row.integer(8))
      let found = lookUps[intent.requestID.description] ?? []
      open.append(OpenIntent(intent: intent, intended: moment, run: run, lookUps: found))
    }
    return open
  }

  /// The columns that `intent(_:names:)` reads, in its order, then the moment and the run.
  static let intentColumns =
    "i.request, i.body->>'guest', i.body->>'verb', i.body->>'step', i.body->>'account',"
    + " i.body->>'resource', i.body->>'commit', i.body->>'cause',"
    + " i.moment, i.run"

  /// The intent in a row; `nil` where its person was erased.
  static func intent(_ row: Statement, names: inout Names) throws(SQLiteError) -> Intent? {
    guard let request = GUID(try row.text(0)),
      let guest = try names.address(try row.text(1)),
      let verb = Action.Verb(rawValue: try row.text(2)),
      let step = Intent.Step(rawValue: try row.text(3))
    else { return nil }
    return Intent(
      requestID: request,
      guest: guest,
      verb: verb,
      step: step,
      account: try names.account(try row.optionalText(4)),
      resource: try row.optionalText(5).flatMap { Resource(journalText: $0) },
      commit: try row.optionalText(6).flatMap { CommitID(hex: $0) },
      blockCause: try row.optionalText(7).flatMap { JournalRecord.BlockCause(rawValue: $0) }
    )
  }
}
