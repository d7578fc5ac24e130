package import Access

// A history without the commits inside merges, which are looked for when somebody asks.
extension StoredRecord {
  package init(_ history: DeclarationHistory) {
    self.init()
    write(history.isShallow ? 1 : 0)
    write(list: history.chain) { $0.write($1) }
    write(list: history.intervals) { record, entry in
      record.write(entry.key)
      record.write(list: entry.value) { $0.write($1) }
    }
    write(list: history.dates) { record, dates in
      record.write(dates.key.normalised)
      record.write(list: dates.value) { record, date in
        record.write(date.kind == .reviewed ? 0 : 1)
        record.write(Int(date.date.seconds))
        record.write(date.step)
      }
    }
  }

  package func history() throws(Damaged) -> DeclarationHistory {
    var record = self
    var history = DeclarationHistory(isShallow: try record.number(below: 2) == 1)
    history.chain = try record.list { (record) throws(Damaged) in try record.step() }
    let steps = history.chain.count
    let entries = try record.list { (record) throws(Damaged) in
      (
        try record.key(),
        try record.list { (record) throws(Damaged) in try record.interval(within: steps) }
      )
    }
    for (key, intervals) in entries { history.intervals[key] = intervals }
    let dates = try record.list { (record) throws(Damaged) in
      (
        try record.address(),
        try record.list { (record) throws(Damaged) in
          DeclaredDate(
            try record.number(below: 2) == 0 ? .reviewed : .returned,
            try record.moment(),
            step: try record.number(below: steps)
          )
        }
      )
    }
    history.dates = Dictionary(dates) { first, _ in first }
    return history
  }

  private mutating func write(_ step: HistoryStep) {
    write(step.commit.hex)
    for person in [step.author, step.committer] {
      write(person.name)
      write(person.email)
    }
    write(Int(step.authored.seconds))
    write(Int(step.committed.seconds))
    write(step.isMerge ? 1 : 0)
    write(step.subject)
    write(step.pullRequest) { $0.write($1) }
    write(list: step.trailers) {
      $0.write($1.key); $0.write($1.value)
    }
    switch step.reading {
    case .declares: write(0)
    case .foreign: write(1)
    case .unreadable(let reason):
      write(2)
      write(reason)
    }
  }

  private mutating func step() throws(Damaged) -> HistoryStep {
    var step = HistoryStep(
      commit: try unwrapped(CommitID(hex: try text())),
      author: HistoryStep.Person(name: try text(), email: try text()),
      committer: HistoryStep.Person(name: try text(), email: try text()),
      authored: try moment(),
      committed: try moment(),
      isMerge: try number(below: 2) == 1,
      subject: try text(),
      pullRequest: try optional { (record) throws(Damaged) in try record.number() },
      trailers: try list { (record) throws(Damaged) in
        HistoryStep.Trailer(key: try record.text(), value: try record.text())
      }
    )
    switch try number() {
    case 0: step.reading = .declares
    case 1: step.reading = .foreign
    case 2: step.reading = .unreadable(try text())
    default: throw Damaged()
    }
    return step
  }

  private mutating func write(_ resource: Resource) {
    switch resource {
    case .appRole(let app, let role):
      write(1)
      write(app.guid)
      write(role.text)
    case .group(let group):
      write(2)
      write(group.guid)
    case .package(let package):
      write(3)
      write(package.guid)
    }
  }

  private mutating func resource(_ kind: Int) throws(Damaged) -> Resource {
    switch kind {
    case 1:
      let app = AppID(try guid())
      return .appRole(app, RoleValue(try text()))
    case 2: return .group(GroupID(try guid()))
    case 3: return .package(AccessPackageID(try guid()))
    default: throw Damaged()
    }
  }

  private mutating func write(_ key: EntryKey) {
    write(key.guest.normalised)
    if case .grant(let grant) = key { write(grant.resource) } else { write(0) }
  }

  private mutating func key() throws(Damaged) -> EntryKey {
    let guest = try address()
    let kind = try number()
    return kind == 0
      ? .guest(guest) : .grant(GrantKey(guest: guest, resource: try resource(kind)))
  }

  private mutating func write(_ interval: DeclaredInterval) {
    write(interval.opened)
    write(interval.closed) { $0.write($1) }
    write(interval.startsAtBoundary ? 1 : 0)
    write(list: interval.via) { $0.write($1) }
  }

  private mutating func interval(within steps: Int) throws(Damaged) -> DeclaredInterval {
    DeclaredInterval(
      opened: try edge(within: steps),
      closed: try optional { (record) throws(Damaged) in try record.edge(within: steps) },
      startsAtBoundary: try number(below: 2) == 1,
      via: Set(
        try list { (record) throws(Damaged) in try record.resource(record.number()) }
      )
    )
  }

  private mutating func write(_ edge: DeclaredInterval.Edge) {
    write(edge.step)
    write(edge.place) { record, place in
      record.write(place.file)
      record.write(place.line)
      record.write(place.column)
    }
  }

  private mutating func edge(within steps: Int) throws(Damaged) -> DeclaredInterval.Edge {
    DeclaredInterval.Edge(
      step: try number(below: steps),
      place: try optional { (record) throws(Damaged) in
        SourcePlace(
          file: try record.text(),
          line: try record.number(),
          column: try record.number()
        )
      }
    )
  }
}
