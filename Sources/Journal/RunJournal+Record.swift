package import Access
internal import SQLite

extension RunJournal {
  /// What the journal knows of one tenant and ref, as the planner takes it.
  ///
  /// Only writes that had an effect count as ours: a block that found the account blocked already
  /// is another hand's. A write whose reply was lost counts once a look-up found it done. `nil`
  /// until a run has carried out a plan for the tenant: then there is no journal of it to speak of.
  package func record(
    for tenant: TenantID,
    ref: String
  ) async throws(JournalError) -> JournalRecord? {
    try await read("reading the journal") { (connection) throws(SQLiteError) in
      guard let beginning = try Self.beginning(tenant, connection) else { return nil }
      let names = try Self.names(of: connection)
      var record = JournalRecord(
        applied: try Self.applied(tenant, ref: ref, connection),
        firstSeen: try Self.firstSeen(tenant, connection),
        losses: try Self.losses(tenant, connection, names: names),
        beginning: beginning
      )
      let seen = try Self.seenAccounts(tenant, connection, names: names)
      record.accounts = seen.mapValues(\.account)
      try Self.addOperations(of: tenant, to: &record, seen: seen, connection, names: names)
      record.unresolved = try Self.openIntents(tenant, connection, names: names).map {
        .init(
          requestID: $0.intent.requestID,
          guest: $0.intent.guest,
          verb: $0.intent.verb,
          intended: $0.intended
        )
      }
      return record
    }
  }

  static func beginning(
    _ tenant: TenantID,
    _ connection: Connection
  ) throws(SQLiteError) -> JournalRecord.Beginning? {
    // The last word counts: an acceptance follows the founding.
    let memory = try connection.first(
      "SELECT body->>'memory' FROM entries WHERE tenant = ? AND kind = 'founded'"
        + " ORDER BY sequence DESC LIMIT 1",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in try row.text(0) }
    switch memory {
    case nil: return nil
    case "lost": return .afterLoss(isAccepted: false)
    case "accepted": return .afterLoss(isAccepted: true)
    default: return .firstRun
    }
  }

  private static func applied(
    _ tenant: TenantID,
    ref: String,
    _ connection: Connection
  ) throws(SQLiteError) -> [CommitID] {
    var seen: Set<CommitID> = []
    var commits: [CommitID] = []
    // Newest first, so that of a commit that was applied several times the last one stands.
    try connection.forEach(
      "SELECT body->>'commit' FROM entries WHERE tenant = ? AND kind = 'applied'"
        + " AND body->>'ref' = ? ORDER BY sequence DESC",
      [.text(tenant.description), .text(ref)]
    ) { (row) throws(SQLiteError) in
      guard let commit = CommitID(hex: try row.text(0)), seen.insert(commit).inserted else {
        return
      }
      commits.append(commit)
    }
    return commits.reversed()
  }

  static func firstSeen(
    _ tenant: TenantID,
    _ connection: Connection
  ) throws(SQLiteError) -> [CommitID: Moment] {
    var moments: [CommitID: Moment] = [:]
    try connection.forEach(
      "SELECT c.value, e.moment FROM entries AS e, json_each(e.body, '$.commits') AS c"
        + " WHERE e.tenant = ? AND e.kind = 'seen' ORDER BY e.sequence DESC",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let commit = CommitID(hex: try row.text(0)) else { return }
      moments[commit] = Moment(seconds: try row.integer(1))
    }
    return moments
  }

  /// The account that each address was last seen to have, and the entry that says so.
  static func seenAccounts(
    _ tenant: TenantID,
    _ connection: Connection,
    names: [String: String]
  ) throws(SQLiteError) -> [EmailAddress: (account: UserID, sequence: Int64)] {
    var accounts: [EmailAddress: (account: UserID, sequence: Int64)] = [:]
    try connection.forEach(
      "SELECT p.value->>0, p.value->>1, e.sequence FROM entries AS e, json_each(e.body, '$.pairs') AS p"
        + " WHERE e.tenant = ? AND e.kind = 'accounts' ORDER BY e.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let address = names[try row.text(0)].flatMap({ EmailAddress(normalised: $0) }),
        let account = names[try row.text(1)].flatMap({ UserID($0) })
      else { return }
      accounts[address] = (account, try row.integer(2))
    }
    return accounts
  }

  static func losses(
    _ tenant: TenantID,
    _ connection: Connection,
    names: [String: String]
  ) throws(SQLiteError) -> [UserID: Moment] {
    var losses: [UserID: Moment] = [:]
    try connection.forEach(
      "SELECT a.value, e.moment, e.kind FROM entries AS e, json_each(e.body, '$.accounts') AS a"
        + " WHERE e.tenant = ? AND e.kind IN ('lost', 'regained') ORDER BY e.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let account = names[try row.text(0)].flatMap({ UserID($0) }) else { return }
      let isLost = try row.text(2) == EntryKind.lost.rawValue
      losses[account] = isLost ? Moment(seconds: try row.integer(1)) : nil
    }
    return losses
  }

  private static func addOperations(
    of tenant: TenantID,
    to record: inout JournalRecord,
    seen: [EmailAddress: (account: UserID, sequence: Int64)],
    _ connection: Connection,
    names: [String: String]
  ) throws(SQLiteError) {
    try connection.forEach(
      "SELECT \(intentColumns), s.moment, s.body->>'outcome', s.body->>'account', s.sequence"
        + " FROM entries AS s JOIN entries AS i ON i.request = s.request AND i.kind = 'intended'"
        + " WHERE s.tenant = ? AND s.kind = 'settled' ORDER BY s.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard var intent = try intent(row, names: names) else { return }
      let found = try row.optionalText(12).flatMap { names[$0] }.flatMap { UserID($0) }
      intent.account = found ?? intent.account
      record.add(
        intent,
        intended: Moment(seconds: try row.integer(8)),
        settled: Moment(seconds: try row.integer(10)),
        outcome: try row.text(11)
      )
      if let sight = seen[intent.guest], sight.sequence > (try row.integer(13)) {
        record.accounts[intent.guest] = sight.account
      }
    }
  }
}

extension JournalRecord {
  /// Takes in one settled write, in the order of settling.
  fileprivate mutating func add(
    _ intent: Intent,
    intended: Moment,
    settled: Moment,
    outcome: String
  ) {
    let isOurs = outcome == "changed" || outcome == "foundDone"
    let isSo = isOurs || outcome == "alreadyThere" || outcome == "alreadyGone"
    if let account = intent.account, isSo { accounts[intent.guest] = account }
    if intent.step.isMailing, isSo || outcome == "assumedDone" {
      invitations[intent.guest, default: []].append(isSo ? settled : intended)
    }
    guard isSo else { return }
    let grant = intent.resource.map { GrantKey(guest: intent.guest, resource: $0) }
    switch (intent.step, intent.account, grant) {
    case (.invite, let account?, _):
      guard isOurs else { break }
      made.insert(account)
      // What was given to an earlier account of the address was not given to this one.
      for key in grants.keys where key.guest == intent.guest { grants[key] = nil }
    case (.block, let account?, _):
      guard isOurs else { break }
      blocks[account] = settled
      blockCauses[account] = intent.blockCause
      if intent.blockCause == .incident { incidents[account] = settled }
    case (.unblock, let account?, _):
      blocks[account] = nil
      blockCauses[account] = nil
      incidents[account] = nil
    case (.delete, let account?, _): if isOurs { deletions[account] = settled }
    case (.restore, let account?, _): deletions[account] = nil
    case (.assign, _, let key?), (.join, _, let key?), (.requestPackage, _, let key?):
      if isOurs { grants[key, default: 0] += 1 }
    case (.unassign, _, let key?), (.leave, _, let key?), (.removePackage, _, let key?):
      grants[key] = nil
    default: break
    }
  }
}
