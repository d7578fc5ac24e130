internal import Access
internal import SQLite

/// What the tokens of entries represent; of a person who was erased, nothing.
struct Names {
  private let connection: Connection
  private var known: [String: String?] = [:]
  private var isComplete = false

  /// Looks tokens up as they come.
  init(_ connection: Connection) { self.connection = connection }

  /// Reads every token at once, for a caller that needs most of them.
  static func all(_ connection: Connection) throws(SQLiteError) -> Names {
    var names = Names(connection)
    names.isComplete = true
    try connection.forEach("SELECT token, text FROM personal") { (row) throws(SQLiteError) in
      names.known[try row.text(0)] = try row.text(1)
    }
    return names
  }

  mutating func text(_ token: String) throws(SQLiteError) -> String? {
    if let known = known[token] { return known }
    guard !isComplete else { return nil }
    let found = try connection.first("SELECT text FROM personal WHERE token = ?", [.text(token)]) {
      (row) throws(SQLiteError) in try row.text(0)
    }
    known[token] = .some(found)
    return found
  }

  mutating func address(_ token: String?) throws(SQLiteError) -> EmailAddress? {
    guard let token, let text = try text(token) else { return nil }
    return EmailAddress(normalised: text)
  }

  mutating func account(_ token: String?) throws(SQLiteError) -> UserID? {
    guard let token, let text = try text(token) else { return nil }
    return UserID(text)
  }

  /// The entry of the declarations in two columns of a row, as `JournalWriter.json` wrote it; `nil`
  /// where its person was erased.
  mutating func entry(_ row: Statement, from column: Int) throws(SQLiteError) -> EntryKey? {
    guard let guest = try address(try row.text(column)) else { return nil }
    guard let resource = try row.optionalText(column + 1) else { return .guest(guest) }
    return Resource(journalText: resource).map { .grant(GrantKey(guest: guest, resource: $0)) }
  }
}
