internal import Access
internal import Crypto
internal import Declarations
internal import FoundationEssentials
internal import Git
internal import Platform
internal import SQLite

/// Keeps histories, and what their last files declare, between runs.
///
/// What is kept decides who owns an access, so every row carries a digest that is keyed with a
/// secret: a row that was altered, or copied from another key, is as if it were not there, and is
/// read from the repository again. The secret lies in the journal's folder and not beside the
/// cache: caches are restored from elsewhere and shared (a CI job that a pull request can reach may
/// write one), while anyone who can write to the journal decides everything anyway. Without a
/// secret that can be read or made, nothing is kept. A file that is damaged or cannot be written is
/// ignored.
package struct HistoryCache: Sendable {
  private let folder: String
  private let secretFolder: String

  /// Takes the folder that the cache lies in, and the folder of the secret; both are made when they
  /// are needed, and readable by their owner only.
  package init(folder: String, secretFolder: String) {
    self.folder = folder
    self.secretFolder = secretFolder
  }

  /// Goes up with every change of what is kept, or of what is read out of a file.
  private static let version = 1

  /// What a history depends on besides the chain itself, which its tip names: the same commit has
  /// the same history under every ref and in every clone that is as deep.
  static func scope(of request: HistoryRequest, in repository: Repository) -> [UInt8] {
    let parts =
      ["\(version)", request.tenant.description]
      + [repository.boundary.sorted().map(\.hex).joined(separator: ",")]
      + request.folders.map(\.description)
    return SHA256.digest(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8).bytes
  }

  /// Whose outlines are kept under one key: a folder of some name, in whichever repository.
  static func scope(of folder: GitPath) -> [UInt8] {
    SHA256.digest("outline \(version) \(folder)".utf8).bytes
  }

  /// Opens the cache; `nil` where there can be none.
  func open() -> HistoryStore? {
    guard let secret = try? secret() else { return nil }
    let path = "\(folder)/history.sqlite"
    do {
      try PrivateFile.createFolder(folder)
      return try HistoryStore(at: path, secret: secret)
    } catch {
      guard let kind = (error as? SQLiteError)?.kind,
        [.notADatabase, .corrupt, .foreignSchema].contains(kind)
      else { return nil }
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      return try? HistoryStore(at: path, secret: secret)
    }
  }

  private func secret() throws -> [UInt8] {
    let path = "\(secretFolder)/history.key"
    if FileManager.default.fileExists(atPath: path) {
      let secret = try PrivateFile.read(path, limit: 64)
      if secret.count == 32 { return secret }
    }
    try PrivateFile.createFolder(secretFolder)
    try PrivateFile.write(try RandomBytes.draw(32), to: path)
    return try PrivateFile.read(path, limit: 64)
  }
}

/// The open cache: rows of a history by the scope and commit that it is of, or of a file by its
/// blob.
final class HistoryStore {
  private let connection: Connection
  private let secret: [UInt8]
  /// The files that were read and are as they were written.
  private var sound: Set<ObjectID> = []

  /// The scope of files, which declare the same for everybody.
  private static let files: [UInt8] = []
  /// How many rows a scope keeps; the oldest go.
  private static let most = (histories: 16, files: 50_000)

  init(at path: String, secret: [UInt8]) throws(SQLiteError) {
    connection = try Connection(.file(path), patience: 1000)
    self.secret = secret
    let table = """
      CREATE TABLE rows (
        number INTEGER PRIMARY KEY, scope BLOB NOT NULL, id BLOB NOT NULL,
        content BLOB NOT NULL, digest BLOB NOT NULL, UNIQUE (scope, id)
      ) STRICT;
      CREATE INDEX rows_by_age ON rows (scope, number);
      """
    try connection.migrate([Migration("rows", table)], application: 0x474C_4843)
  }

  /// The commits whose histories are kept.
  func tips(in scope: [UInt8]) -> Set<ObjectID> {
    let tips = try? connection.query("SELECT id FROM rows WHERE scope = ?", [.blob(scope)]) {
      (row) throws(SQLiteError) in ObjectID(bytes: try row.blob(0))
    }
    return Set((tips ?? []).compactMap(\.self))
  }

  /// The history that is kept for a commit; `nil` where there is no sound one.
  func history(at tip: ObjectID, in scope: [UInt8]) -> DeclarationHistory? {
    record(tip, in: scope).flatMap { try? $0.history() }
  }

  /// What is kept of a version of a file; `nil` where there is nothing that is sound.
  func file(_ blob: ObjectID) -> FileIdentities? {
    let file = record(blob, in: Self.files).flatMap { try? $0.identities() }
    if file != nil { sound.insert(blob) }
    return file
  }

  /// Keeps a history and what its last files declare.
  func keep(
    _ history: DeclarationHistory,
    files: [ObjectID: FileIdentities],
    at tip: ObjectID,
    in scope: [UInt8]
  ) {
    // The next run takes longer where it fails; that is all.
    try? connection.transaction { () throws(SQLiteError) in
      try keep(StoredRecord(history), tip, in: scope)
      for (blob, file) in files where !sound.contains(blob) {
        try keep(StoredRecord(file), blob, in: Self.files)
      }
      for (scope, most) in [(scope, Self.most.histories), (Self.files, Self.most.files)] {
        let oldest =
          "SELECT number FROM rows WHERE scope = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2"
        try connection.run(
          "DELETE FROM rows WHERE scope = ?1 AND number <= (\(oldest))",
          [.blob(scope), .integer(Int64(most))]
        )
      }
    }
  }

  /// The last outline that is kept of a folder; `nil` where there is none that is sound.
  func outline(of folder: [UInt8]) -> FolderOutline? {
    let ids = try? connection.query(
      "SELECT id FROM rows WHERE scope = ? ORDER BY number DESC LIMIT 1",
      [.blob(folder)]
    ) { (row) throws(SQLiteError) in ObjectID(bytes: try row.blob(0)) }
    guard let id = ids?.first.flatMap(\.self) else { return nil }
    return content(id, in: folder).flatMap { FolderOutline(decoding: $0) }
  }

  /// Keeps an outline in the place of the last one.
  func keep(_ outline: FolderOutline, of folder: [UInt8]) {
    try? connection.transaction { () throws(SQLiteError) in
      try connection.run("DELETE FROM rows WHERE scope = ?", [.blob(folder)])
      try keep(outline.encoded, outline.tree, in: folder)
    }
  }

  private func keep(
    _ record: StoredRecord,
    _ id: ObjectID,
    in scope: [UInt8]
  ) throws(SQLiteError) {
    if let content = record.encoded { try keep(content, id, in: scope) }
  }

  private func keep(
    _ content: [UInt8],
    _ id: ObjectID,
    in scope: [UInt8]
  ) throws(SQLiteError) {
    let digest = digest(of: content, id, scope)
    try connection.run(
      "INSERT OR REPLACE INTO rows (scope, id, content, digest) VALUES (?, ?, ?, ?)",
      [.blob(scope), .blob(id.bytes), .blob(content), .blob(digest)]
    )
  }

  private func record(_ id: ObjectID, in scope: [UInt8]) -> StoredRecord? {
    content(id, in: scope).flatMap { StoredRecord($0) }
  }

  private func content(_ id: ObjectID, in scope: [UInt8]) -> [UInt8]? {
    let row = try? connection.first(
      "SELECT content, digest FROM rows WHERE scope = ? AND id = ?",
      [.blob(scope), .blob(id.bytes)]
    ) { (row) throws(SQLiteError) in (content: try row.blob(0), digest: try row.blob(1)) }
    guard let row, row.digest == digest(of: row.content, id, scope) else { return nil }
    return row.content
  }

  /// HMAC's construction with the secret, over which row it is and what it says.
  private func digest(of content: [UInt8], _ id: ObjectID, _ scope: [UInt8]) -> [UInt8] {
    let inner = SHA256()
    for part in [secret, [UInt8(truncatingIfNeeded: scope.count)], scope, id.bytes, content] {
      inner.update(part)
    }
    return SHA256.digest(secret + inner.finalize().bytes).bytes
  }
}
