internal import Platform
internal import SQLite

/// Why the journal could not be written or read.
package struct JournalError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What was attempted, in words (`opening the journal`).
  package var operation: String
  /// The store's own words, or ours where it has none.
  package var message: String

  package init(_ kind: Kind, operation: String, message: String) {
    self.kind = kind
    self.operation = operation
    self.message = message
  }

  package enum Kind: Hashable, Sendable {
    /// Another run works on the tenant; `nil` where it has not said yet who it is.
    case locked(by: LockHolder?)
    /// There is no journal, and the caller wanted to read one.
    case missing
    /// The file is not a journal any more, or its pages contradict each other.
    case damaged
    /// The chain of its entries is broken: they were altered, removed or inserted.
    case altered
    /// Another user owns the journal or its lock, or can write it, or it is a link.
    case notPrivate
    /// The file belongs to another program.
    case foreign
    /// A later version of the program wrote it.
    case newer
    /// Another process held it for too long.
    case busy
    case readOnly
    /// The disk is full.
    case full
    /// It cannot be opened, or the disk failed.
    case unavailable
    /// It was closed, or was never opened.
    case closed
  }

  /// What to do about it, in a sentence; `nil` where the message says all.
  package var hint: String? {
    switch kind {
    case .locked: "wait until that run has ended; a killed run on this machine holds no lock"
    case .missing: "name another journal with --journal, or let an apply create one"
    case .damaged, .altered:
      "put a copy back, or move the file aside and run again: without a journal nothing is lost, "
        + "and the plan asks where it cannot know; `guestlist audit verify` names what is wrong"
    case .notPrivate:
      "other users may have changed it: check it, then make it yours alone (`chown`, `chmod 600`), "
        + "or name another file with --journal"
    case .foreign: "name another file with --journal"
    case .newer: "use the version of guestlist that wrote it, or a later one"
    case .busy: "run again"
    case .readOnly, .unavailable: "check who may write the file and its folder"
    case .full: "make room on the disk and run again; what was recorded stays"
    case .closed: nil
    }
  }
}

extension JournalError: CustomStringConvertible {
  package var description: String { "\(operation): \(message)" }
}

extension JournalError {
  /// What an error of the store means for the journal.
  init(_ error: SQLiteError, operation: String) {
    let kind: Kind =
      switch error.kind {
      case .busy: .busy
      // Our statements fit the schema whose migrations we have just read: where one fails, the
      // tables are not what the migrations made, or a body is not JSON.
      case .corrupt, .notADatabase, .wrongType, .constraint, .misuse: .damaged
      case .foreignSchema: .foreign
      case .newerSchema: .newer
      case .readOnly: .readOnly
      case .full: .full
      case .missing: .missing
      case .notPrivate: .notPrivate
      case .cannotOpen, .inputOutput, .outOfMemory, .tooBig, .other: .unavailable
      }
    self.init(kind, operation: operation, message: error.message)
  }

  /// What an error of the file system means for the journal.
  init(_ error: PlatformError, operation: String) {
    let kind: Kind =
      switch error.kind {
      case .notPrivate, .notRegular: .notPrivate
      default: .unavailable
      }
    self.init(kind, operation: operation, message: error.detail)
  }
}
