internal import SQLite

/// The tables of a journal.
///
/// `entries` only ever grows, and each row is chained to the one before. Addresses, accounts,
/// reasons and whatever else tells who a person is are in `personal` alone, each under a token that
/// is a salted digest of it; entries have the tokens. Taking rows out of `personal` erases a person
/// and leaves the chain as it was. The column `guest` repeats the body of an intent, to find the
/// writes of one person without reading those of all.
enum JournalSchema {
  /// `GLst` in ASCII: how a journal is told from other databases.
  static let application = 0x474C_7374

  static let migrations = [
    Migration(
      "entries and persons",
      """
      CREATE TABLE journal (id TEXT PRIMARY KEY) STRICT;
      CREATE TABLE entries (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL,
        tenant TEXT NOT NULL,
        moment INTEGER NOT NULL,
        kind TEXT NOT NULL,
        request TEXT,
        body TEXT NOT NULL,
        link BLOB NOT NULL
      ) STRICT;
      CREATE INDEX entries_by_kind ON entries (tenant, kind);
      CREATE INDEX entries_by_request ON entries (request) WHERE request IS NOT NULL;
      CREATE TABLE personal (
        token TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        salt BLOB NOT NULL,
        text TEXT NOT NULL,
        subject TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX personal_by_text ON personal (kind, text);
      CREATE INDEX personal_by_subject ON personal (subject);
      """
    ),
    Migration(
      "the writes of one guest, the ends of runs",
      """
      ALTER TABLE entries ADD COLUMN guest TEXT;
      UPDATE entries SET guest = body->>'guest' WHERE kind = 'intended';
      CREATE INDEX writes_by_guest ON entries (guest) WHERE guest IS NOT NULL;
      CREATE INDEX ends_by_run ON entries (run) WHERE kind = 'ended';
      """
    ),
  ]
}

/// The kinds of entry, by the words under which they are kept.
enum EntryKind: String {
  case begun, founded, planned, answered, seen, accounts, lost, regained, applied, notCarriedOut
  case whole, intended, lookedUp, settled, ended, named, erased
}
