internal import CSQLite

/// Why SQLite failed.
///
/// `message` is SQLite's own text, for people; what to do is decided by `kind`.
package struct SQLiteError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What was attempted, in words or as the statement's text without its values.
  package var operation: String
  package var message: String

  package init(_ kind: Kind, operation: String, message: String) {
    self.kind = kind
    self.operation = operation
    self.message = message
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Another connection held the file for longer than the time-out.
    case busy
    /// The file is a database and its pages contradict each other.
    case corrupt
    /// The file is something else than a database.
    case notADatabase
    case readOnly
    case cannotOpen
    /// There is no such file, and it was to be read only.
    case missing
    /// Another user owns the file or can write it, or it is a link, a pipe or a device.
    case notPrivate
    /// The disk, or the largest size of the file, is used up.
    case full
    case inputOutput
    case constraint
    case tooBig
    case outOfMemory
    /// A later version of the program wrote the file.
    case newerSchema
    /// Another program wrote the file, or its migrations are not ours.
    case foreignSchema
    /// A column holds something else than the reader asked for.
    case wrongType
    /// Our own mistake: a statement that does not fit the schema, or a call out of order.
    case misuse
    case other
  }
}

extension SQLiteError: CustomStringConvertible {
  package var description: String { "\(operation): \(message)" }
}

extension SQLiteError.Kind {
  /// The kind that a result code represents; the extended part of the code is dropped.
  init(code: Int32) {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
    case SQLITE_CORRUPT: self = .corrupt
    case SQLITE_NOTADB: self = .notADatabase
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
    case SQLITE_CANTOPEN: self = .cannotOpen
    case SQLITE_FULL: self = .full
    case SQLITE_IOERR: self = .inputOutput
    case SQLITE_CONSTRAINT: self = .constraint
    case SQLITE_TOOBIG: self = .tooBig
    case SQLITE_NOMEM: self = .outOfMemory
    case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_MISMATCH: self = .misuse
    default: self = .other
    }
  }
}
