internal import SQLite
internal import TestSupport
internal import Testing

struct ConnectionTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("test.sqlite")
  }

  @Test func `what is bound comes back as it was`() throws {
    let connection = try Connection(.memory)
    try connection.execute("CREATE TABLE t (a ANY, n INTEGER, r REAL, x TEXT, b BLOB) STRICT")
    let text = "é\u{0}'; DROP TABLE t; --"
    try connection.run(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?)",
      [.null, .integer(.min), .real(0.5), .text(text), .blob([0, 255])]
    )
    try connection.run(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?)",
      [1, .integer(.max), .real(-1), "", .blob([])]
    )
    let rows = try connection.query("SELECT n, r, x, b, a IS NULL FROM t ORDER BY n") {
      (row) throws(SQLiteError) in
      (
        try row.integer(0), try row.real(1), try row.text(2), try row.blob(3), try row.integer(4)
      )
    }
    try #require(rows.count == 2)
    #expect(rows[0] == (.min, 0.5, text, [0, 255], 1))
    #expect(rows[1] == (.max, -1, "", [], 0))
  }

  @Test func `a column of another type is an error and not a guess`() throws {
    let connection = try Connection(.memory)
    let error = #expect(throws: SQLiteError.self) {
      try connection.first("SELECT 'seven'") { (row) throws(SQLiteError) in try row.integer(0) }
    }
    #expect(error?.kind == .wrongType)
  }

  @Test func `too few and too many values are errors`() throws {
    let connection = try Connection(.memory)
    for values in [[], [1, 2]] as [[SQLValue]] {
      let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT ?", values) }
      #expect(error?.kind == .misuse)
    }
  }

  @Test func `a statement may run inside its own rows`() throws {
    let connection = try Connection(.memory)
    try connection.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1), (2)")
    var sum: Int64 = 0
    try connection.forEach("SELECT n FROM t") { (outer) throws(SQLiteError) in
      try connection.forEach("SELECT n FROM t") { (inner) throws(SQLiteError) in
        sum += try outer.integer(0) * inner.integer(0)
      }
    }
    #expect(sum == 9)
  }

  @Test func `a transaction that throws leaves nothing behind`() throws {
    let connection = try Connection(.file(path))
    try connection.execute("CREATE TABLE t (n INTEGER UNIQUE) STRICT")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { () throws(SQLiteError) in
        try connection.run("INSERT INTO t VALUES (1)")
        try connection.run("INSERT INTO t VALUES (1)")
      }
    }
    #expect(error?.kind == .constraint)
    #expect(try connection.integer("SELECT count(*) FROM t") == 0)
    try connection.transaction { () throws(SQLiteError) in
      try connection.run("INSERT INTO t VALUES (1)")
    }
    #expect(try connection.integer("SELECT count(*) FROM t") == 1)
  }

  @Test func `the file and its side files are their owner's alone`() throws {
    let connection = try Connection(.file(path))
    try connection.execute("CREATE TABLE t (n INTEGER) STRICT")
    for name in [path, "\(path)-wal", "\(path)-shm"] {
      #expect(try mode(of: name) == 0o600, "\(name)")
    }
  }

  @Test func `a commit is on the disk and in write-ahead mode`() throws {
    let connection = try Connection(.file(path))
    let mode = try connection.first("PRAGMA journal_mode") {
      (row) throws(SQLiteError) in try row.text(0)
    }
    #expect(mode == "wal")
    #expect(try connection.integer("PRAGMA synchronous") == 2)
    #expect(try connection.integer("PRAGMA foreign_keys") == 1)
    #expect(try connection.integer("PRAGMA secure_delete") == 1)
  }

  @Test func `a second writer that waits in vain gets the error busy`() throws {
    let first = try Connection(.file(path))
    try first.execute("CREATE TABLE t (n INTEGER) STRICT")
    let second = try Connection(.file(path), patience: 1)
    let error = #expect(throws: SQLiteError.self) {
      try first.transaction { () throws(SQLiteError) in
        try second.transaction { () throws(SQLiteError) in }
      }
    }
    #expect(error?.kind == .busy)
  }

  @Test func `a reader sees the last commit while another writes`() throws {
    let writer = try Connection(.file(path))
    try writer.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1)")
    let reader = try Connection(.file(path), access: .readOnly, patience: 1)
    try writer.transaction { () throws(SQLiteError) in
      try writer.run("INSERT INTO t VALUES (2)")
      #expect(try reader.integer("SELECT count(*) FROM t") == 1)
    }
    #expect(try reader.integer("SELECT count(*) FROM t") == 2)
    let error = #expect(throws: SQLiteError.self) { try reader.run("DELETE FROM t") }
    #expect(error?.kind == .readOnly)
  }

  @Test func `a file that is not a database is refused as such`() throws {
    try folder.write("test.sqlite", String(repeating: "guests: []\n", count: 400))
    let error = #expect(throws: SQLiteError.self) { try Connection(.file(path)) }
    #expect(error?.kind == .notADatabase)
  }

  @Test func `pages that contradict each other are said to be corrupt`() throws {
    do {
      let connection = try Connection(.file(path))
      try connection.execute("CREATE TABLE t (n INTEGER, x TEXT) STRICT")
      for number in 0..<500 {
        try connection.run(
          "INSERT INTO t VALUES (?, ?)",
          [.integer(Int64(number)), .text(String(repeating: "x", count: 100))]
        )
      }
    }
    var bytes = try folder.bytes("test.sqlite")
    for index in 4096..<bytes.count { bytes[index] = 0xA5 }
    try folder.write("test.sqlite", bytes)
    let connection = try Connection(.file(path))
    let error = #expect(throws: SQLiteError.self) { try connection.integer("SELECT sum(n) FROM t") }
    #expect(error?.kind == .corrupt)
  }

  @Test func `a missing folder, and a folder in place of the file, cannot be opened`() throws {
    for name in [folder.path("none/test.sqlite"), folder.path] {
      let error = #expect(throws: SQLiteError.self) { try Connection(.file(name)) }
      #expect(error?.kind == .cannotOpen)
    }
  }

  @Test(arguments: ["file:test.sqlite", ":memory:", "a?mode=memory", "ü 'x'.sqlite"])
  func `a name means a file of that name and nothing else`(_ name: String) throws {
    try Connection(.file(folder.path(name))).execute("CREATE TABLE t (n INTEGER) STRICT")
    #expect(try folder.bytes(name).isEmpty == false)
  }

  @Test func `a disk that is full is said to be full`() throws {
    let connection = try Connection(.file(path))
    try connection.execute("CREATE TABLE t (b BLOB) STRICT; PRAGMA max_page_count = 10")
    let error = #expect(throws: SQLiteError.self) {
      try connection.run("INSERT INTO t VALUES (zeroblob(1000000))")
    }
    #expect(error?.kind == .full)
    #expect(try connection.integer("SELECT count(*) FROM t") == 0)
  }

  @Test func `what was deleted is overwritten in the file`() throws {
    let secret = "ana.horvat@fabrikam.example"
    let connection = try Connection(.file(path))
    try connection.execute("CREATE TABLE t (x TEXT) STRICT")
    try connection.run("INSERT INTO t VALUES (?)", [.text(secret)])
    try connection.run("DELETE FROM t")
    try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let file = String(decoding: try folder.bytes("test.sqlite"), as: UTF8.self)
    #expect(!file.contains(secret))
  }
}
