internal import Access
internal import Git

/// The form in which a history is kept between runs.
enum HistoryCodec {
  /// Goes up with every change of this form, or of what is made of a commit.
  static let version: UInt8 = 7

  /// What is kept is in no order: putting it in one takes longer than everything else.
  static func write(_ memory: HistoryMemory, to writer: inout ByteWriter) {
    let history = memory.history
    writer.write(zip(history.chain, history.policyEpochs), count: history.chain.count) {
      $0.write($1.0)
      $0.write($1.1)
    }
    writer.write(history.isShallow)
    writer.write(history.merged.values) { $0.write($1) }
    writer.write(history.intervals.ofGuests.count)
    writer.write(history.intervals, count: history.intervals.count) { writer, entry in
      writer.write(entry.key)
      writer.write(entry.value) { $0.write($1) }
      // An entry stands where its last interval is open; only then is a step written.
      guard entry.value.last?.closed == nil else { return }
      writer.write(history.changed[entry.key]) { $0.write($1) }
    }
    writer.write(history.removals) { writer, entry in
      writer.write(entry.key.normalised)
      writer.write(entry.value)
    }
    writer.write(memory.seen) { $0.write($1) }
    writer.write(memory.standing) { $0.write($1) }
  }

  static func read(from reader: inout ByteReader) throws(ByteReader.Damaged) -> HistoryMemory {
    var history = DeclarationHistory()
    for _ in 0..<(try reader.count()) {
      history.chain.append(try reader.step())
      history.policyEpochs.append(try reader.number())
    }
    history.isShallow = try reader.flag()
    for _ in 0..<(try reader.count()) {
      let merged = try reader.merged()
      history.merged[merged.commit] = merged
    }
    let guests = try reader.count()
    let count = try reader.count()
    guard guests <= count else { throw ByteReader.Damaged() }
    history.intervals.reserveCapacity(guests: guests, grants: count - guests)
    for _ in 0..<count { try reader.entry(of: &history) }
    guard history.intervals.count == count else { throw ByteReader.Damaged() }
    for _ in 0..<(try reader.count()) {
      let guest = try reader.address()
      history.removals[guest] = try reader.step(within: history.chain.count)
    }
    let commits = try reader.count()
    var seen = Set<ObjectID>(minimumCapacity: commits)
    for _ in 0..<commits { seen.insert(try reader.id()) }
    let standing = try reader.optional { (reader) throws(ByteReader.Damaged) in
      try reader.standing()
    }
    guard reader.isAtEnd else { throw ByteReader.Damaged() }
    return HistoryMemory(history: history, seen: seen, standing: standing)
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ commit: CommitID) { write(commit.hex) }
  fileprivate mutating func write(_ moment: Moment) { write(moment.seconds) }

  fileprivate mutating func write(_ person: HistoryStep.Person) {
    write(person.name)
    write(person.email)
  }

  fileprivate mutating func write(_ trailer: HistoryStep.Trailer) {
    write(trailer.key)
    write(trailer.value)
  }

  fileprivate mutating func write(_ step: HistoryStep) {
    write(step.commit)
    write(step.author)
    write(step.committer)
    write(step.authored)
    write(step.committed)
    write(step.isMerge)
    write(step.subject)
    write(step.pullRequest) { $0.write($1) }
    write(step.trailers) { $0.write($1) }
    switch step.reading {
    case .declares: write(byte: 0)
    case .foreign: write(byte: 1)
    case .unreadable(let reason):
      write(byte: 2)
      write(reason)
    }
  }

  fileprivate mutating func write(_ merged: MergedCommit) {
    write(merged.commit)
    write(merged.author)
    write(merged.committer)
    write(merged.authored)
    write(merged.committed)
    write(merged.subject)
    write(merged.trailers) { $0.write($1) }
  }

  mutating func write(_ key: EntryKey) {
    write(key.guest.normalised)
    guard case .grant(let grant) = key else { return write(byte: 0) }
    switch grant.resource {
    case .appRole(let app, let role):
      write(byte: 1)
      write(app.guid)
      write(role.text)
    case .group(let group):
      write(byte: 2)
      write(group.guid)
    case .package(let package):
      write(byte: 3)
      write(package.guid)
    }
  }

  fileprivate mutating func write(_ interval: DeclaredInterval) {
    write(interval.opened)
    write(interval.closed) { $0.write($1) }
    write(interval.startsAtBoundary)
    write(interval.via.sorted()) { writer, role in
      guard case .appRole(let app, let value) = role else { return }
      writer.write(app.guid)
      writer.write(value.text)
    }
  }

  fileprivate mutating func write(_ edge: DeclaredInterval.Edge) {
    write(edge.step)
    write(edge.inner) { $0.write($1) }
    write(edge.place) { writer, place in
      writer.write(place.file)
      writer.write(place.line)
      writer.write(place.column)
    }
  }
}

extension ByteReader {
  fileprivate mutating func commit() throws(Damaged) -> CommitID {
    guard let commit = CommitID(hex: try text()) else { throw Damaged() }
    return commit
  }

  fileprivate mutating func moment() throws(Damaged) -> Moment { Moment(seconds: try wide()) }

  fileprivate mutating func person() throws(Damaged) -> HistoryStep.Person {
    HistoryStep.Person(name: try text(), email: try text())
  }

  fileprivate mutating func trailers() throws(Damaged) -> [HistoryStep.Trailer] {
    try list { (reader) throws(Damaged) in
      HistoryStep.Trailer(key: try reader.text(), value: try reader.text())
    }
  }

  fileprivate mutating func step() throws(Damaged) -> HistoryStep {
    HistoryStep(
      commit: try commit(),
      author: try person(),
      committer: try person(),
      authored: try moment(),
      committed: try moment(),
      isMerge: try flag(),
      subject: try text(),
      pullRequest: try optional { (reader) throws(Damaged) in try reader.number() },
      trailers: try trailers(),
      reading: try reading()
    )
  }

  private mutating func reading() throws(Damaged) -> HistoryStep.Reading {
    switch try byte() {
    case 0: .declares
    case 1: .foreign
    case 2: .unreadable(try text())
    default: throw Damaged()
    }
  }

  fileprivate mutating func merged() throws(Damaged) -> MergedCommit {
    MergedCommit(
      commit: try commit(),
      author: try person(),
      committer: try person(),
      authored: try moment(),
      committed: try moment(),
      subject: try text(),
      trailers: try trailers()
    )
  }

  fileprivate mutating func address() throws(Damaged) -> EmailAddress {
    guard let address = EmailAddress(normalised: try text()) else { throw Damaged() }
    return address
  }

  mutating func key() throws(Damaged) -> EntryKey {
    let guest = try address()
    let kind = try byte()
    if kind == 0 { return .guest(guest) }
    let id = try guid()
    let resource: Resource
    switch kind {
    case 1: resource = .appRole(AppID(id), RoleValue(try text()))
    case 2: resource = .group(GroupID(id))
    case 3: resource = .package(AccessPackageID(id))
    default: throw Damaged()
    }
    return .grant(GrantKey(guest: guest, resource: resource))
  }

  /// Reads the life of one entry.
  fileprivate mutating func entry(of history: inout DeclarationHistory) throws(Damaged) {
    let key = try key()
    let steps = history.chain.count
    let intervals = try list { (reader) throws(Damaged) in try reader.interval(within: steps) }
    history.intervals[key] = intervals
    guard intervals.last?.closed == nil else { return }
    let changed = try optional { (reader) throws(Damaged) in try reader.step(within: steps) }
    if let changed { history.changed[key] = changed }
  }

  fileprivate mutating func step(within steps: Int) throws(Damaged) -> Int {
    let step = try number()
    guard step < steps else { throw Damaged() }
    return step
  }

  fileprivate mutating func interval(within steps: Int) throws(Damaged) -> DeclaredInterval {
    let opened = try edge(within: steps)
    let closed = try optional { (reader) throws(Damaged) in try reader.edge(within: steps) }
    let isBoundary = try flag()
    let via = try list { (reader) throws(Damaged) in
      Resource.appRole(AppID(try reader.guid()), RoleValue(try reader.text()))
    }
    return DeclaredInterval(
      opened: opened,
      closed: closed,
      startsAtBoundary: isBoundary,
      via: Set(via)
    )
  }

  private mutating func edge(within steps: Int) throws(Damaged) -> DeclaredInterval.Edge {
    DeclaredInterval.Edge(
      step: try step(within: steps),
      inner: try optional { (reader) throws(Damaged) in try reader.commit() },
      place: try optional { (reader) throws(Damaged) in
        SourcePlace(
          file: try reader.text(),
          line: try reader.number(),
          column: try reader.number()
        )
      }
    )
  }
}
