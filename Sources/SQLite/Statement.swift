internal import CSQLite

/// A compiled statement: values are bound, then rows are stepped through and their columns read.
///
/// It keeps its database open, and belongs to the same actor as its connection.
@safe
package final class Statement {
  private let database: DatabaseHandle
  private let pointer: OpaquePointer
  private let sql: String

  init(_ sql: String, in database: DatabaseHandle) throws(SQLiteError) {
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      database.pointer,
      sql,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &compiled,
      nil
    )
    try database.check(code, "compiling `\(sql)`")
    guard let pointer = unsafe compiled else {
      throw SQLiteError(.misuse, operation: "compiling `\(sql)`", message: "it holds no statement")
    }
    unsafe self.pointer = pointer
    self.database = database
    self.sql = sql
  }

  deinit { unsafe sqlite3_finalize(pointer) }

  /// Binds a value for each parameter, in order; a count that differs is an error.
  package func bind(_ values: [SQLValue]) throws(SQLiteError) {
    let wanted = unsafe Int(sqlite3_bind_parameter_count(pointer))
    guard values.count == wanted else {
      throw SQLiteError(
        .misuse,
        operation: "binding `\(sql)`",
        message: "\(values.count) values were given for \(wanted)"
      )
    }
    for (index, value) in values.enumerated() {
      try database.check(bind(value, at: Int32(index + 1)), "binding `\(sql)`")
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return unsafe sqlite3_bind_null(pointer, index)
    case .integer(let number): return unsafe sqlite3_bind_int64(pointer, index, number)
    case .real(let number): return unsafe sqlite3_bind_double(pointer, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        // An empty string may have no address, and a missing address would bind NULL.
        guard let address = bytes.baseAddress else {
          return unsafe sqlite3_bind_text(pointer, index, "", 0, shim_sqlite_transient())
        }
        return unsafe address.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          unsafe sqlite3_bind_text64(
            pointer,
            index,
            $0,
            UInt64(bytes.count),
            shim_sqlite_transient(),
            UInt8(SQLITE_UTF8)
          )
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(pointer, index, 0) }
      return unsafe bytes.withUnsafeBytes {
        unsafe sqlite3_bind_blob64(
          pointer,
          index,
          $0.baseAddress,
          UInt64($0.count),
          shim_sqlite_transient()
        )
      }
    }
  }

  /// Goes to the next row; false after the last, and the statement is then ready for new values.
  package func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    defer { reset() }
    try database.check(code, "running `\(sql)`")
    return false
  }

  /// Ends the reading of rows and forgets the values.
  func reset() {
    // The code repeats what the last step said already.
    _ = unsafe sqlite3_reset(pointer)
    _ = unsafe sqlite3_clear_bindings(pointer)
  }

  package func isNull(_ column: Int) -> Bool { type(of: column) == SQLITE_NULL }

  /// The number in a column, counted from zero.
  package func integer(_ column: Int) throws(SQLiteError) -> Int64 {
    try expect(SQLITE_INTEGER, in: column)
    return unsafe sqlite3_column_int64(pointer, Int32(column))
  }

  /// The floating-point number in a column, counted from zero.
  package func real(_ column: Int) throws(SQLiteError) -> Double {
    try expect(SQLITE_FLOAT, in: column)
    return unsafe sqlite3_column_double(pointer, Int32(column))
  }

  /// The text in a column, counted from zero; bytes that are not UTF-8 are replaced.
  package func text(_ column: Int) throws(SQLiteError) -> String {
    try expect(SQLITE_TEXT, in: column)
    guard let start = unsafe sqlite3_column_text(pointer, Int32(column)) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(pointer, Int32(column)))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The bytes in a column, counted from zero.
  package func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(blob: column, to: &bytes)
    return bytes
  }

  /// Appends the bytes in a column.
  package func append(blob column: Int, to bytes: inout [UInt8]) throws(SQLiteError) {
    try expect(SQLITE_BLOB, in: column)
    let count = unsafe Int(sqlite3_column_bytes(pointer, Int32(column)))
    guard let start = unsafe sqlite3_column_blob(pointer, Int32(column)) else { return }
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The number in a column, or `nil` where the column is `NULL`.
  package func optionalInteger(_ column: Int) throws(SQLiteError) -> Int64? {
    isNull(column) ? nil : try integer(column)
  }

  /// The text in a column, or `nil` where the column is `NULL`.
  package func optionalText(_ column: Int) throws(SQLiteError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  private func type(of column: Int) -> Int32 {
    unsafe sqlite3_column_type(pointer, Int32(clamping: column))
  }

  private func expect(_ wanted: Int32, in column: Int) throws(SQLiteError) {
    guard type(of: column) == wanted else {
      throw SQLiteError(
        .wrongType,
        operation: "reading `\(sql)`",
        message: "column \(column) holds another type of value"
      )
    }
  }
}

/// A value as a statement binds it.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// A text, or `NULL` where there is none.
  package static func text(orNull text: String?) -> Self { text.map { .text($0) } ?? .null }
  /// A number, or `NULL` where there is none.
  package static func integer(orNull number: Int64?) -> Self {
    number.map { .integer($0) } ?? .null
  }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int64) { self = .integer(number) }
}
