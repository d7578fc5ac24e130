internal import SQLite
internal import TestSupport
internal import Testing

struct MigrationTests {
  private let path: String
  private let folder: TemporaryFolder
  private let first = Migration("one", "CREATE TABLE a (n INTEGER) STRICT")
  private let second = Migration(
    "two",
    "CREATE TABLE b (n INTEGER) STRICT; INSERT INTO a VALUES (7)"
  )

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("test.sqlite")
  }

  private func open(
    _ migrations: [Migration],
    application: Int = 42,
    _ access: Connection.Access = .readWrite
  ) throws(SQLiteError) -> Connection {
    let connection = try Connection(.file(path), access: access)
    try connection.migrate(migrations, application: application)
    return connection
  }

  @Test func `an older schema is brought forward, once`() throws {
    _ = try open([first])
    _ = try open([first, second])
    let connection = try open([first, second])
    #expect(try connection.integer("SELECT sum(n) FROM a") == 7)
    #expect(try connection.integer("PRAGMA user_version") == 2)
  }

  @Test func `a newer schema is refused`() throws {
    _ = try open([first, second])
    let error = #expect(throws: SQLiteError.self) { try open([first]) }
    #expect(error?.kind == .newerSchema)
  }

  @Test func `a file of another program is refused and left alone`() throws {
    let other = try Connection(.file(path))
    try other.execute("CREATE TABLE theirs (n INTEGER) STRICT")
    #expect(throws: SQLiteError.self) { try open([first]) }
    _ = try? open([first], application: 43)
    let error = #expect(throws: SQLiteError.self) { try open([first]) }
    #expect(error?.kind == .foreignSchema)
    #expect(try other.integer("SELECT count(*) FROM sqlite_schema") == 1)
  }

  @Test func `migrations of other names are refused`() throws {
    _ = try open([first, second])
    let error = #expect(throws: SQLiteError.self) { try open([second, first]) }
    #expect(error?.kind == .foreignSchema)
  }

  @Test func `a migration that fails leaves the schema before it`() throws {
    _ = try open([first])
    let broken = Migration(
      "broken",
      "CREATE TABLE c (n INTEGER) STRICT; INSERT INTO none VALUES (1)"
    )
    #expect(throws: SQLiteError.self) { try open([first, broken]) }
    let connection = try open([first])
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"
    #expect(try connection.integer(tables) == 0)
  }

  @Test func `an older schema cannot be brought forward for reading alone`() throws {
    _ = try open([first])
    _ = try open([first], .readOnly)
    let error = #expect(throws: SQLiteError.self) { try open([first, second], .readOnly) }
    #expect(error?.kind == .readOnly)
  }
}
