package import Access
internal import SQLite

extension RunJournal {
  /// What the journal knows of one tenant and ref, as the planner takes it.
  ///
  /// Only writes that had an effect count as ours: a block that found the account blocked already
  /// is somebody else's. A write whose reply was lost counts once a look-up found it done. `nil`
  /// until a run has carried out a plan for the tenant: then the journal knows nothing of it. With
  /// `guests`, what is known of writes and accounts is limited to theirs, and little is read.
  package func record(
    for tenant: TenantID,
    ref: String,
    of guests: Set<EmailAddress>? = nil
  ) async throws(JournalError) -> JournalRecord? {
    let now = clock.now()
    return try await read("reading the journal") { (connection) throws(SQLiteError) in
      guard let beginning = try Self.beginning(tenant, connection) else { return nil }
      let commits = try Self.appliedCommits(tenant, ref: ref, connection)
      var record = JournalRecord(
        applied: commits.applied,
        firstSeen: try Self.firstSeen(tenant, connection),
        beginning: beginning
      )
      record.ref = commits.ref
      record.baseline = commits.whole.last?.commit
      guard guests?.isEmpty != true else { return record }
      var names = try guests == nil ? Names.all(connection) : Names(connection)
      record.losses = try Self.losses(tenant, connection, names: &names)
      let seen = try Self.seenAccounts(tenant, connection, names: &names)
      record.accounts = seen.mapValues(\.account)
      try Self.addOperations(of: tenant, only: guests, to: &record, seen, connection, &names, now)
      record.notCarriedOut = try Self.notCarriedOut(tenant, connection, names: &names)
      record.unresolved = try Self.openIntents(tenant, connection, names: &names).map {
        .init(
          requestID: $0.intent.requestID,
          guest: $0.intent.guest,
          verb: $0.intent.verb,
          intended: $0.intended
        )
      }
      for (sequence, journaled) in try Self.answers(tenant, connection, names: &names) {
        record.add(journaled.answer)
        let isOver = commits.whole.contains {
          $0.commit == journaled.answer.commit && $0.sequence > sequence
        }
        if !isOver { record.accept(journaled.answer) }
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

  private static func appliedCommits(
    _ tenant: TenantID,
    ref: String,
    _ connection: Connection
  ) throws(SQLiteError) -> (
    applied: [CommitID], ref: String?, whole: [(commit: CommitID, sequence: Int64)]
  ) {
    var seen: Set<CommitID> = []
    var applied: [CommitID] = []
    var whole: [(commit: CommitID, sequence: Int64)] = []
    var lastRef: String?
    // Newest first, so that of a commit that was applied several times the last one counts.
    try connection.forEach(
      "SELECT kind, sequence, body->>'commit', body->>'ref' FROM entries WHERE tenant = ?"
        + " AND kind IN ('applied', 'whole') ORDER BY sequence DESC",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let commit = CommitID(hex: try row.text(2)) else { return }
      let itsRef = try row.text(3)
      if try row.text(0) == EntryKind.whole.rawValue {
        if itsRef == ref { whole.append((commit, try row.integer(1))) }
        return
      }
      lastRef = lastRef ?? itsRef
      if itsRef == ref, seen.insert(commit).inserted { applied.append(commit) }
    }
    return (applied.reversed(), lastRef, whole.reversed())
  }

  /// For each applied commit the entries that its latest run omitted.
  private static func notCarriedOut(
    _ tenant: TenantID,
    _ connection: Connection,
    names: inout Names
  ) throws(SQLiteError) -> [CommitID: Set<EntryKey>] {
    var left: [CommitID: Set<EntryKey>] = [:]
    try connection.forEach(
      "SELECT a.body->>'commit', i.value->>0, i.value->>1 FROM entries AS a"
        + " LEFT JOIN json_each(a.body, '$.entries') AS i"
        + " WHERE a.tenant = ? AND a.kind IN ('applied', 'notCarriedOut') ORDER BY a.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let commit = CommitID(hex: try row.text(0)) else { return }
      guard !row.isNull(1) else {
        // The run that applies it says what it leaves out in the entries that follow.
        left[commit] = nil
        return
      }
      if let entry = try names.entry(row, from: 1) { left[commit, default: []].insert(entry) }
    }
    return left
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
    names: inout Names
  ) throws(SQLiteError) -> [EmailAddress: (account: UserID, sequence: Int64)] {
    var accounts: [EmailAddress: (account: UserID, sequence: Int64)] = [:]
    try connection.forEach(
      "SELECT p.value->>0, p.value->>1, e.sequence FROM entries AS e, json_each(e.body, '$.pairs') AS p"
        + " WHERE e.tenant = ? AND e.kind = 'accounts' ORDER BY e.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let address = try names.address(try row.text(0)),
        let account = try names.account(try row.text(1))
      else { return }
      accounts[address] = (account, try row.integer(2))
    }
    return accounts
  }

  static func losses(
    _ tenant: TenantID,
    _ connection: Connection,
    names: inout Names
  ) throws(SQLiteError) -> [UserID: Moment] {
    var losses: [UserID: Moment] = [:]
    try connection.forEach(
      "SELECT a.value, e.moment, e.kind FROM entries AS e, json_each(e.body, '$.accounts') AS a"
        + " WHERE e.tenant = ? AND e.kind IN ('lost', 'regained') ORDER BY e.sequence",
      [.text(tenant.description)]
    ) { (row) throws(SQLiteError) in
      guard let account = try names.account(try row.text(0)) else { return }
      let isLost = try row.text(2) == EntryKind.lost.rawValue
      losses[account] = isLost ? Moment(seconds: try row.integer(1)) : nil
    }
    return losses
  }

  private static func addOperations(
    of tenant: TenantID,
    only guests: Set<EmailAddress>?,
    to record: inout JournalRecord,
    _ seen: [EmailAddress: (account: UserID, sequence: Int64)],
    _ connection: Connection,
    _ names: inout Names,
    _ now: Moment
  ) throws(SQLiteError) {
    var only: [SQLValue] = []
    for guest in guests ?? [] {
      if let token = try token(of: guest, connection) { only.append(.text(token)) }
    }
    let places = Array(repeating: "?", count: only.count).joined(separator: ", ")
    try connection.forEach(
      "SELECT \(intentColumns), s.moment, s.body->>'outcome', s.body->>'account', s.sequence"
        + " FROM entries AS i JOIN entries AS s ON s.request = i.request AND s.kind = 'settled'"
        + " WHERE i.tenant = ? AND i.kind = 'intended'"
        + (guests == nil ? "" : " AND i.guest IN (\(places))") + " ORDER BY s.sequence",
      [.text(tenant.description)] + only
    ) { (row) throws(SQLiteError) in
      guard var intent = try intent(row, names: &names) else { return }
      intent.account = try names.account(try row.optionalText(12)) ?? intent.account
      record.add(
        intent,
        intended: Moment(seconds: try row.integer(8)),
        settled: Moment(seconds: try row.integer(10)),
        outcome: try row.text(11),
        now: now
      )
      if let sight = seen[intent.guest], sight.sequence > (try row.integer(13)) {
        record.accounts[intent.guest] = sight.account
      }
    }
  }
}

extension JournalRecord {
  /// How long the tenant may not show a write.
  private static let replication = Moment.Span.minutes(5)

  /// Adds an answer about whose entries are; the last one counts.
  fileprivate mutating func add(_ answer: GuardAnswer) {
    for entry in answer.entries {
      ownershipAnswers.accepted.remove(entry)
      ownershipAnswers.declined.remove(entry)
      if answer.isAccepted {
        ownershipAnswers.accepted.insert(entry)
      } else {
        ownershipAnswers.declined.insert(entry)
      }
    }
  }

  /// Takes in what was accepted of a commit that is not applied whole yet.
  fileprivate mutating func accept(_ answer: GuardAnswer) {
    guard answer.isAccepted else { return }
    let actions = Set(answer.actions)
    let same = accepted.firstIndex { $0.commit == answer.commit && $0.name == answer.name }
    if let same {
      accepted[same].actions.formUnion(actions)
    } else {
      accepted.append(AcceptedPlan(commit: answer.commit, name: answer.name, actions: actions))
    }
  }

  /// Takes in one settled write, in the order of settling.
  fileprivate mutating func add(
    _ intent: Intent,
    intended: Moment,
    settled: Moment,
    outcome: String,
    now: Moment
  ) {
    let isOurs = outcome == "changed" || outcome == "foundDone"
    let isSo = isOurs || outcome == "alreadyThere" || outcome == "alreadyGone"
    if let account = intent.account, isSo { accounts[intent.guest] = account }
    if intent.step.traits.isMailing, isSo || outcome == "assumedDone" {
      invitations[intent.guest, default: []].append(isSo ? settled : intended)
    }
    guard isSo else { return }
    if isOurs, now - settled < Self.replication {
      recent.append(
        RecentWrite(
          guest: intent.guest,
          account: intent.account,
          verb: intent.verb,
          resource: intent.resource,
          finished: settled
        )
      )
    } else if !isOurs {
      // The tenant shows what an earlier write of ours contradicts.
      recent.removeAll {
        $0.guest == intent.guest && $0.resource == intent.resource
          && $0.verb == intent.verb.opposite
      }
    }
    if let account = intent.account {
      if intent.step == .changeMail {
        addressChanges[account] = AddressChange(to: intent.guest, isFinished: false)
      } else if intent.step == .resetRedemption, addressChanges[account]?.to == intent.guest {
        addressChanges[account]?.isFinished = true
      }
    }
    let grant = intent.resource.map { GrantKey(guest: intent.guest, resource: $0) }
    switch (intent.step, intent.account, grant) {
    case (.invite, let account?, _):
      guard isOurs else { break }
      made.insert(account)
      // What was given to an earlier account of the address was not given to this one.
      for key in grants.keys where key.guest == intent.guest { grants[key] = nil }
    case (.block, let account?, _):
      // Whatever blocked the account before: an incident keeps it blocked.
      if intent.blockCause == .incident { incidents[account] = settled }
      guard isOurs else { break }
      blocks[account] = settled
      blockCauses[account] = intent.blockCause
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

extension Action.Verb {
  /// What undoes it; `nil` where nothing does.
  fileprivate var opposite: Self? {
    switch self {
    case .grant: .revoke
    case .revoke: .grant
    case .block: .unblock
    case .unblock: .block
    case .delete: .restore
    case .restore: .delete
    case .invite, .resend, .resetRedemption, .addSponsor, .removeSponsor: nil
    }
  }
}
