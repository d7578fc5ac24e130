internal import Platform
internal import SQLite

extension JournalError {
  /// What an error of the store means for the journal.
  init(_ error: SQLiteError, operation: String) {
    let kind: Kind =
      switch error.kind {
      case .busy: .busy
      // Our statements fit the schema whose migrations we have just read: where one fails, the
      // tables are not what the migrations made, or a body is no JSON.
      case .corrupt, .notADatabase, .wrongType, .constraint, .misuse: .damaged
      case .foreignSchema: .foreign
      case .newerSchema: .newer
      case .readOnly: .readOnly
      case .full: .full
      case .cannotOpen, .inputOutput, .outOfMemory, .tooBig, .other: .unavailable
      }
    self.init(kind, operation: operation, message: error.message)
  }

  /// What an error of the file system means for the journal.
  init(_ error: PlatformError, operation: String) {
    self.init(.unavailable, operation: operation, message: "\(error)")
  }
}
