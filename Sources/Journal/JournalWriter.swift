internal import Access
internal import Crypto
internal import SQLite

/// Adds entries to the chain inside one transaction.
///
/// The end of the chain is read inside the transaction, because other processes append as well: an
/// incident's block does not wait for the lock of a long run.
struct JournalWriter {
  private let connection: Connection
  private let moment: Moment
  private let randomness: any Randomness
  private var sequence: Int64
  private var link: [UInt8]
  private var newTokens: [String] = []

  init(
    _ connection: Connection,
    moment: Moment,
    randomness: any Randomness
  ) throws(SQLiteError) {
    self.connection = connection
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

  /// Appends one entry.
  mutating func append(
    _ kind: EntryKind,
    run: String,
    tenant: String,
    request: GUID? = nil,
    _ body: [String: CanonicalJSON]
  ) throws(SQLiteError) {
    sequence += 1
    let entry = Entry(
      sequence: sequence,
      run: run,
      tenant: tenant,
      moment: moment.seconds,
      kind: kind.rawValue,
      request: request?.description,
      body: String(decoding: CanonicalJSON.object(body).bytes, as: UTF8.self)
    )
    link = entry.link(after: link)
    try connection.run(
      "INSERT INTO entries (sequence, run, tenant, moment, kind, request, body, link)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(sequence), .text(entry.run), .text(entry.tenant), .integer(entry.moment),
        .text(entry.kind), .text(orNull: entry.request), .text(entry.body), .blob(link),
      ]
    )
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
  mutating func nameNewTokens(run: String, tenant: String) throws(SQLiteError) {
    guard !newTokens.isEmpty else { return }
    let tokens = newTokens
    newTokens = []
    try append(
      .named,
      run: run,
      tenant: tenant,
      ["tokens": .array(tokens.map { .string($0) })]
    )
  }

  /// The salted digest under which the entries speak of a text.
  static func token(salt: [UInt8], text: String) -> String {
    SHA256.digest(salt + Array(text.utf8)).hex
  }
}

/// The bytes of a word, most significant first.
private func bytes(of word: UInt64) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
}
