internal import CSQLite

/// The owner of one open database; the connection and each of its statements keep it alive.
@safe
final class DatabaseHandle {
  let pointer: OpaquePointer

  /// Opens a file that exists, or a database in memory where `path` is `nil`.
  init(path: String?, isWritable: Bool) throws(SQLiteError) {
    let access = isWritable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    // No mutex: a connection is confined to one actor. Extended codes: the message is more exact.
    let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(Self.plain(path), &opened, flags, nil)
    guard code == SQLITE_OK, let pointer = unsafe opened else {
      let message = unsafe opened.map { unsafe Self.message(of: $0) } ?? "no memory"
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(
        .init(code: code),
        operation: "opening \(path ?? "memory")",
        message: message
      )
    }
    unsafe self.pointer = pointer
  }

  deinit {
    // The second version waits for the last statement, whatever the order in which they die.
    unsafe sqlite3_close_v2(pointer)
  }

  /// Throws what a result code other than success represents.
  func check(_ code: Int32, _ operation: @autoclosure () -> String) throws(SQLiteError) {
    guard code != SQLITE_OK, code != SQLITE_ROW, code != SQLITE_DONE else { return }
    throw SQLiteError(
      .init(code: code),
      operation: operation(),
      message: unsafe Self.message(of: pointer)
    )
  }

  private static func message(of pointer: OpaquePointer) -> String {
    unsafe String(cString: sqlite3_errmsg(pointer))
  }

  // A name that begins with `file:` or `:` means something else to SQLite than a file of that name.
  private static func plain(_ path: String?) -> String {
    guard let path else { return ":memory:" }
    return path.hasPrefix("/") ? path : "./\(path)"
  }
}
