internal import Access
internal import Crypto
internal import Dispatch
internal import Platform
internal import SQLite

/// One walk over the chain, entry by entry, and over the persons that it names.
struct ChainCheck {
  private let connection: Connection
  private var head: ChainHead?

  init(_ connection: Connection) { self.connection = connection }

  /// Goes through the chain; a whole check also looks at the columns that only repeat it, on which no
  /// run rests.
  mutating func run(
    published: ChainHead? = nil,
    isWhole: Bool = false
  ) throws(SQLiteError) -> ChainVerdict {
    if let fault = try walk(published: published) { return .broken(fault) }
    if let fault = try missingEnd(published: published) { return .broken(fault) }
    if let fault = try wrongPerson() { return .broken(fault) }
    if isWhole, let fault = try wrongGuest() { return .broken(fault) }
    return .intact(head)
  }

  private mutating func walk(published: ChainHead?) throws(SQLiteError) -> ChainVerdict.Break? {
    let journal = try connection.first("SELECT id FROM journal") {
      (row) throws(SQLiteError) in try row.text(0)
    }
    let origin = Entry.origin(journal: journal ?? "")
    var stretch = Stretch(after: origin, from: 1)
    var fault: ChainVerdict.Break?
    let firstWrong = Locked<Int64?>(nil)
    // Digesting takes almost as long as reading: another core does it meanwhile.
    let digesting = DispatchQueue(label: "chain")
    defer { digesting.sync {} }
    func check(_ stretch: Stretch) {
      // One stretch at most is on its way, so that memory is bounded.
      digesting.sync {}
      digesting.async {
        guard let wrong = stretch.firstWrong() else { return }
        firstWrong.withLock { $0 = $0 ?? wrong }
      }
    }
    // SQLite writes the array as `Entry.link` does: a body is canonical JSON, which leaves nothing to
    // escape that the two would escape differently.
    try connection.forEach(
      "SELECT sequence, moment, link,"
        + " CAST(json_array(sequence, run, tenant, moment, kind, request, body) AS BLOB)"
        + " FROM entries ORDER BY sequence"
    ) { (row) throws(SQLiteError) in
      guard fault == nil else { return }
      let (sequence, moment) = (try row.integer(0), Moment(seconds: try row.integer(1)))
      guard sequence == stretch.next else {
        fault = Self.gap(at: sequence, moment, expected: stretch.next)
        return
      }
      try stretch.append(fields: 3, link: 2, of: row)
      if let published, published.sequence == sequence, published.link != stretch.head?.link {
        fault = .init(
          sequence: published.sequence,
          fault: .otherThanPublished,
          moment: moment,
          detail: "entry \(published.sequence) was published with another digest"
        )
      }
      guard stretch.isFull else { return }
      check(stretch)
      stretch = Stretch(after: stretch.lastLink, from: stretch.next)
    }
    check(stretch)
    digesting.sync {}
    head = stretch.head
    guard let wrong = firstWrong.withLock({ $0 }) else { return fault }
    // The entries beside it can tell what happened to it.
    let before = try connection.first(
      "SELECT link FROM entries WHERE sequence = ?",
      [.integer(wrong - 1)]
    ) { (row) throws(SQLiteError) in try row.blob(0) }
    let entries = try entries(from: wrong)
    guard let suspect = entries.first else { return fault }
    return Self.judge(suspect, next: entries.dropFirst().first, after: before ?? origin)
  }

  /// An entry and the one after it, each with its link.
  private func entries(
    from sequence: Int64
  ) throws(SQLiteError) -> [(entry: Entry, link: [UInt8])] {
    var entries: [(entry: Entry, link: [UInt8])] = []
    try connection.forEach(
      "SELECT sequence, run, tenant, moment, kind, request, body, link FROM entries"
        + " WHERE sequence >= ? ORDER BY sequence LIMIT 2",
      [.integer(sequence)]
    ) { (row) throws(SQLiteError) in
      let entry = Entry(
        sequence: try row.integer(0),
        run: try row.text(1),
        tenant: try row.text(2),
        moment: try row.integer(3),
        kind: try row.text(4),
        request: try row.optionalText(5),
        body: try row.text(6)
      )
      entries.append((entry, try row.blob(7)))
    }
    return entries
  }

  private static func gap(
    at sequence: Int64,
    _ moment: Moment,
    expected: Int64
  ) -> ChainVerdict.Break {
    guard sequence > expected else {
      return .init(
        sequence: Int(sequence),
        fault: .inserted,
        moment: moment,
        detail: "entry \(sequence) comes before the first"
      )
    }
    let count = sequence - expected
    return .init(
      sequence: Int(expected),
      fault: .removed,
      detail: count == 1
        ? "entry \(expected) is missing"
        : "entries \(expected) to \(sequence - 1) are missing"
    )
  }

  /// Tells from the entry after a wrong one whether that one was altered, or whether entries were
  /// put in or taken out before the rest was numbered anew.
  private static func judge(
    _ suspect: (entry: Entry, link: [UInt8]),
    next: (entry: Entry, link: [UInt8])?,
    after link: [UInt8]
  ) -> ChainVerdict.Break {
    var fault = ChainVerdict.Fault.altered
    if let next {
      var entry = next.entry
      entry.sequence -= 1
      if entry.link(after: link) == next.link { fault = .inserted }
      entry.sequence += 2
      if entry.link(after: suspect.link) == next.link { fault = .removed }
    }
    let number = suspect.entry.sequence
    let detail =
      switch fault {
      case .inserted: "entry \(number) was inserted, and the rest renumbered"
      case .removed: "an entry before entry \(number) was removed, and the rest renumbered"
      case .altered, .otherThanPublished: "entry \(number) was altered"
      }
    return .init(
      sequence: Int(number),
      fault: fault,
      moment: Moment(seconds: suspect.entry.moment),
      detail: detail
    )
  }

  /// Entries that were taken from the end: the table's own counter remembers how many there were.
  private func missingEnd(published: ChainHead?) throws(SQLiteError) -> ChainVerdict.Break? {
    let last = head?.sequence ?? 0
    let counter = try connection.integer(
      "SELECT seq FROM sqlite_sequence WHERE name = 'entries'"
    )
    let wanted = max(Int(counter), published?.sequence ?? 0)
    guard wanted > last else { return nil }
    return .init(
      sequence: last + 1,
      fault: .removed,
      detail: wanted == last + 1
        ? "the last entry, \(wanted), is missing"
        : "the last entries, \(last + 1) to \(wanted), are missing"
    )
  }

  /// Persons whose token is not theirs, who came without an entry, or went without an erasure.
  private func wrongPerson() throws(SQLiteError) -> ChainVerdict.Break? {
    var expected: [String: Int] = [:]
    try connection.forEach(
      "SELECT t.value, e.sequence, e.kind FROM entries AS e, json_each(e.body, '$.tokens') AS t"
        + " WHERE e.kind IN ('named', 'erased') ORDER BY e.sequence"
    ) { (row) throws(SQLiteError) in
      let isNamed = try row.text(2) == EntryKind.named.rawValue
      expected[try row.text(0)] = isNamed ? Int(try row.integer(1)) : nil
    }
    var fault: ChainVerdict.Break?
    try connection.forEach("SELECT token, salt, text FROM personal ORDER BY token") {
      (row) throws(SQLiteError) in
      guard fault == nil else { return }
      let token = try row.text(0)
      guard let sequence = expected.removeValue(forKey: token) else {
        fault = .init(
          sequence: 0,
          fault: .inserted,
          detail: "person \(token.prefix(12)) was inserted"
        )
        return
      }
      if JournalWriter.token(salt: try row.blob(1), text: try row.text(2)) != token {
        fault = .init(
          sequence: sequence,
          fault: .altered,
          detail: "person \(token.prefix(12)), named in entry \(sequence), was altered"
        )
      }
    }
    if let fault { return fault }
    guard let gone = expected.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
      return nil
    }
    return .init(
      sequence: gone.value,
      fault: .removed,
      detail: "person \(gone.key.prefix(12)), named in entry \(gone.value), was removed"
    )
  }

  /// Intents that are filed under another guest than their own.
  private func wrongGuest() throws(SQLiteError) -> ChainVerdict.Break? {
    try connection.first(
      "SELECT sequence FROM entries"
        + " WHERE guest IS NOT iif(kind = 'intended', body->>'guest', NULL) LIMIT 1"
    ) { (row) throws(SQLiteError) in
      let sequence = Int(try row.integer(0))
      return .init(
        sequence: sequence,
        fault: .altered,
        detail: "entry \(sequence) is filed under another guest"
      )
    }
  }
}

/// Entries of the chain that follow one another.
private struct Stretch {
  /// The link before the first entry; then the fields and the link of each, as the journal keeps them.
  private var bytes: [UInt8]
  /// Where the fields of each entry end, and where its link does.
  private var ends: [(fields: Int, link: Int)] = []
  private let first: Int64

  init(after link: [UInt8], from sequence: Int64) {
    bytes = link
    first = sequence
  }

  /// Adds the columns of a row that hold the fields of an entry and its link.
  mutating func append(fields: Int, link: Int, of row: Statement) throws(SQLiteError) {
    try row.append(blob: fields, to: &bytes)
    let end = bytes.count
    try row.append(blob: link, to: &bytes)
    ends.append((end, bytes.count))
  }

  var isFull: Bool { ends.count == 1000 }

  /// The number of the entry that comes after these.
  var next: Int64 { first + Int64(ends.count) }

  var lastLink: [UInt8] { Array(bytes[(ends.last?.fields ?? 0)...]) }

  /// The last entry; `nil` where the chain has none.
  var head: ChainHead? {
    next > 1 ? ChainHead(sequence: Int(next - 1), link: Hexadecimal.text(lastLink)) : nil
  }

  /// The first entry whose link is not the digest of its fields after the link before it.
  func firstWrong() -> Int64? {
    var start = 0
    for (number, end) in ends.enumerated() {
      let digest = SHA256.digest(bytes[start..<end.fields])
      guard digest.bytes[...] == bytes[end.fields..<end.link] else { return first + Int64(number) }
      start = end.fields
    }
    return nil
  }
}
