internal import Access
internal import Crypto
internal import SQLite

/// Adds entries to the chain inside one transaction.
///
/// The end of the chain is read inside the transaction, because other processes append as well: an
/// incident's block does not wait for the lock of a long run.
struct JournalWriter {
  private let connection: Connection
  private let run: String
  private let tenant: String
  private let moment: Moment
  private let randomness: any Randomness
  private var sequence: Int64
  private var link: [UInt8]
  private var newTokens: [String] = []

  init(
    _ connection: Connection,
    run: JournaledRun,
    moment: Moment,
    randomness: any Randomness
  ) throws(SQLiteError) {
    self.connection = connection
    self.run = run.id.description
    tenant = run.tenant.description
    self.moment = moment
    self.randomness = randomness
    // The table's own counter never goes back: rows that somebody took from the end leave a gap.
    sequence = try connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'entries'")
    let last = try connection.first("SELECT link FROM entries ORDER BY sequence DESC LIMIT 1") {
      (row) throws(SQLiteError) in try row.blob(0)
    }
    if let last {
      link = last
    } else {
      let journal = try connection.first("SELECT id FROM journal") {
        (row) throws(SQLiteError) in try row.text(0)
      }
      link = Entry.origin(journal: journal ?? "")
    }
  }

  /// Appends one entry, in the name of the run unless another is given.
  mutating func append(
    _ kind: EntryKind,
    of other: String? = nil,
    request: GUID? = nil,
    _ body: [String: CanonicalJSON] = [:]
  ) throws(SQLiteError) {
    sequence += 1
    let entry = Entry(
      sequence: sequence,
      run: other ?? run,
      tenant: tenant,
      moment: moment.seconds,
      kind: kind.rawValue,
      request: request?.description,
      body: String(decoding: CanonicalJSON.object(body).bytes, as: UTF8.self)
    )
    link = entry.link(after: link)
    var guest: String?
    if kind == .intended, case .string(let token) = body["guest"] { guest = token }
    try connection.run(
      "INSERT INTO entries (sequence, run, tenant, moment, kind, request, body, link, guest)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(sequence), .text(entry.run), .text(entry.tenant), .integer(entry.moment),
        .text(entry.kind), .text(orNull: entry.request), .text(entry.body), .blob(link),
        .text(orNull: guest),
      ]
    )
  }

  /// Appends a list in entries of a bounded length, each with the fields that all of them share.
  mutating func append(
    _ kind: EntryKind,
    list name: String,
    _ items: [CanonicalJSON],
    sharing fields: [String: CanonicalJSON] = [:]
  ) throws(SQLiteError) {
    for start in stride(from: 0, to: items.count, by: 500) {
      var body = fields
      body[name] = .array(Array(items[start..<min(start + 500, items.count)]))
      try append(kind, body)
    }
  }

  /// The token of an address; the person gets one where there is none yet.
  mutating func token(of address: EmailAddress) throws(SQLiteError) -> String {
    try token(kind: "address", text: address.normalised, subject: nil)
  }

  /// The token of an account, which is erased together with the address that it was first met with.
  mutating func token(of account: UserID, with address: EmailAddress) throws(SQLiteError) -> String
  {
    let subject = try token(of: address)
    return try token(kind: "account", text: account.description, subject: subject)
  }

  /// The token of an account that was met before; `nil` where it was not, or was erased.
  func knownToken(of account: UserID) throws(SQLiteError) -> String? {
    try connection.first(
      "SELECT token FROM personal WHERE kind = 'account' AND text = ?",
      [.text(account.description)]
    ) { (row) throws(SQLiteError) in try row.text(0) }
  }

  /// The token of what somebody gave as a reason, which may name people.
  mutating func token(ofReason reason: String) throws(SQLiteError) -> String {
    try token(kind: "reason", text: reason, subject: nil)
  }

  /// An action as entries hold it: its guest, what is done, and the resource.
  mutating func json(
    _ action: JournalRecord.AcceptedAction
  ) throws(SQLiteError) -> CanonicalJSON {
    .array([
      .string(try token(of: action.guest)), .string(action.verb.rawValue),
      .optional(action.resource?.journalText),
    ])
  }

  /// An entry of the declarations as entries of the journal hold it: its guest and the resource.
  mutating func json(_ key: EntryKey) throws(SQLiteError) -> CanonicalJSON {
    let resource: Resource? = if case .grant(let key) = key { key.resource } else { nil }
    return .array([.string(try token(of: key.guest)), .optional(resource?.journalText)])
  }

  private mutating func token(
    kind: String,
    text: String,
    subject: String?
  ) throws(SQLiteError) -> String {
    let known = try connection.first(
      "SELECT token FROM personal WHERE kind = ? AND text = ?",
      [.text(kind), .text(text)]
    ) { (row) throws(SQLiteError) in try row.text(0) }
    if let known { return known }
    let salt = (0..<4).flatMap { _ in
      bytes(of: randomness.word())
    }
    let token = Self.token(salt: salt, text: text)
    try connection.run(
      "INSERT INTO personal (token, kind, salt, text, subject) VALUES (?, ?, ?, ?, ?)",
      [.text(token), .text(kind), .blob(salt), .text(text), .text(subject ?? token)]
    )
    newTokens.append(token)
    return token
  }

  /// Enters the tokens that were made into the chain, so that none can come or go unseen; the last
  /// call of a transaction.
  mutating func nameNewTokens() throws(SQLiteError) {
    let tokens = newTokens.map { CanonicalJSON.string($0) }
    newTokens = []
    try append(.named, list: "tokens", tokens)
  }

  /// The salted digest by which entries name a text.
  static func token(salt: [UInt8], text: String) -> String {
    SHA256.digest(salt + Array(text.utf8)).hex
  }
}

/// The bytes of a word, most significant first.
private func bytes(of word: UInt64) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
}
