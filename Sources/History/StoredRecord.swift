package import Access
package import Declarations
internal import FoundationEssentials
internal import Git

/// A value as the cache keeps it: its numbers in the order in which they are asked for, and its texts,
/// each once.
///
/// As objects with names the same JSON takes longer to read than the files that it saves reading.
package struct StoredRecord {
  private var content = Content()
  private var indices: [[UInt8]: Int] = [:]
  private var next = 0

  private struct Content: Codable {
    var texts: [String] = []
    var numbers: [Int] = []
  }

  /// The record does not hold what is asked of it.
  package struct Damaged: Error {}

  init() {}

  /// Takes what `encoded` yielded; `nil` for anything else.
  package init?(_ bytes: [UInt8]) {
    guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)) else {
      return nil
    }
    self.content = content
  }

  var encoded: [UInt8]? { (try? JSONEncoder().encode(content)).map { Array($0) } }

  mutating func write(_ number: Int) { content.numbers.append(number) }

  // By their bytes: two texts that only look the same are two.
  mutating func write(_ text: String) {
    let bytes = Array(text.utf8)
    if let index = indices[bytes] { return write(index) }
    indices[bytes] = content.texts.count
    write(content.texts.count)
    content.texts.append(text)
  }

  mutating func write(_ id: GUID) {
    write(Int(bitPattern: UInt(id.high)))
    write(Int(bitPattern: UInt(id.low)))
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout Self, Value) -> Void) {
    write(value == nil ? 0 : 1)
    if let value { body(&self, value) }
  }

  mutating func write<Values: Sequence>(
    list values: Values,
    _ body: (inout Self, Values.Element) -> Void
  ) {
    let values = Array(values)
    write(values.count)
    for value in values { body(&self, value) }
  }

  mutating func number() throws(Damaged) -> Int {
    guard next < content.numbers.count else { throw Damaged() }
    next += 1
    return content.numbers[next - 1]
  }

  /// A number below a bound.
  mutating func number(below bound: Int) throws(Damaged) -> Int {
    let number = try number()
    guard (0..<bound).contains(number) else { throw Damaged() }
    return number
  }

  mutating func text() throws(Damaged) -> String {
    content.texts[try number(below: content.texts.count)]
  }

  mutating func guid() throws(Damaged) -> GUID {
    GUID(high: UInt64(UInt(bitPattern: try number())), low: UInt64(UInt(bitPattern: try number())))
  }

  mutating func optional<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> Value? {
    try number(below: 2) == 1 ? try body(&self) : nil
  }

  mutating func list<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [Value] {
    // Each value takes a number at least, so that a damaged count cannot ask for more memory.
    let count = try number(below: content.numbers.count - next + 1)
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }

  /// Calls `body` for as many values as were written.
  mutating func dictionary<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [String: Value] {
    let pairs = try list { (record) throws(Damaged) in (try record.text(), try body(&record)) }
    return Dictionary(pairs) { first, _ in first }
  }

  mutating func unwrapped<Value>(_ value: Value?) throws(Damaged) -> Value {
    guard let value else { throw Damaged() }
    return value
  }
}

// What a file declares.
extension StoredRecord {
  package init(_ file: FileIdentities) {
    self.init()
    write(file.fault) { $0.write($1) }
    write(file.tenant) { $0.write($1.guid) }
    write(list: file.formerly) { $0.write($1) }
    write(list: file.names.apps) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.via) { record, app in
      record.write(app.key)
      record.write(list: app.value) {
        $0.write($1.key); $0.write($1.value)
      }
    }
    write(list: file.names.groups) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.packages) {
      $0.write($1.key); $0.write($1.value.guid)
    }
    write(list: file.names.bundles) { record, bundle in
      record.write(bundle.key)
      record.write(list: bundle.value) { $0.write($1) }
    }
    write(list: file.names.partners) { record, partner in
      record.write(partner.key)
      record.write(list: partner.value.domains) { $0.write($1) }
      record.write(list: partner.value.includes) { $0.write($1) }
    }
    write(list: file.people) { $0.write($1) }
  }

  package func identities() throws(Damaged) -> FileIdentities {
    var record = self
    var file = FileIdentities()
    file.fault = try record.optional { (record) throws(Damaged) in try record.position() }
    file.tenant = try record.optional { (record) throws(Damaged) in TenantID(try record.guid()) }
    file.formerly = try record.list { (record) throws(Damaged) in try record.text() }
    file.names.apps = try record.dictionary { (record) throws(Damaged) in AppID(try record.guid()) }
    file.names.via = try record.dictionary { (record) throws(Damaged) in
      try record.dictionary { (record) throws(Damaged) in try record.text() }
    }
    file.names.groups = try record.dictionary { (record) throws(Damaged) in
      GroupID(try record.guid())
    }
    file.names.packages = try record.dictionary { (record) throws(Damaged) in
      AccessPackageID(try record.guid())
    }
    file.names.bundles = try record.dictionary { (record) throws(Damaged) in
      try record.list { (record) throws(Damaged) in try record.named() }
    }
    file.names.partners = try record.dictionary { (record) throws(Damaged) in
      DeclaredNames.Partner(
        domains: try record.list { (record) throws(Damaged) in try record.text() },
        includes: try record.list { (record) throws(Damaged) in try record.text() }
      )
    }
    file.people = try record.list { (record) throws(Damaged) in try record.person() }
    return file
  }

  private mutating func write(_ position: FileIdentities.Position) {
    write(position.line)
    write(position.column)
  }

  private mutating func position() throws(Damaged) -> FileIdentities.Position {
    FileIdentities.Position(line: try number(), column: try number())
  }

  private mutating func write(_ person: FileIdentities.Person) {
    write(person.address.normalised)
    write(person.position)
    write(person.isGuest ? 1 : 0)
    write(list: person.grants) {
      $0.write($1.target); $0.write($1.position)
    }
    write(person.reviewed) { $0.write(Int($1.seconds)) }
    write(person.returned) { $0.write(Int($1.seconds)) }
  }

  private mutating func person() throws(Damaged) -> FileIdentities.Person {
    var person = FileIdentities.Person(
      address: try address(),
      position: try position(),
      isGuest: try number(below: 2) == 1,
      grants: try list { (record) throws(Damaged) in
        FileIdentities.Grant(target: try record.named(), position: try record.position())
      }
    )
    person.reviewed = try optional { (record) throws(Damaged) in try record.moment() }
    person.returned = try optional { (record) throws(Damaged) in try record.moment() }
    return person
  }

  private mutating func address() throws(Damaged) -> EmailAddress {
    try unwrapped(EmailAddress(normalised: try text()))
  }

  private mutating func moment() throws(Damaged) -> Moment { Moment(seconds: Int64(try number())) }

  private mutating func write(_ target: NamedResource) {
    let (kind, name): (Int, String)
    switch target {
    case .role(let app, let role):
      write(0)
      write(role)
      return write(app)
    case .group(let text): (kind, name) = (1, text)
    case .package(let text): (kind, name) = (2, text)
    case .groupOrPackage(let text): (kind, name) = (3, text)
    case .bundle(let text): (kind, name) = (4, text)
    }
    write(kind)
    write(name)
  }

  private mutating func named() throws(Damaged) -> NamedResource {
    switch try number() {
    case 0:
      let role = try text()
      return .role(app: try text(), role: role)
    case 1: return .group(try text())
    case 2: return .package(try text())
    case 3: return .groupOrPackage(try text())
    case 4: return .bundle(try text())
    default: throw Damaged()
    }
  }
}

// A history without the commits inside merges, which are looked for when somebody asks.
extension StoredRecord {
  package init(_ history: DeclarationHistory) {
    self.init()
    write(history.isShallow ? 1 : 0)
    write(list: history.chain) { $0.write($1) }
    write(history.intervals.count)
    for (key, intervals) in history.intervals {
      write(key)
      write(list: intervals) { $0.write($1) }
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
    history.policyEpochs = Array(repeating: 0, count: steps)
    for _ in 0..<(try record.number(below: record.content.numbers.count)) {
      let key = try record.key()
      history.intervals[key] = try record.list { (record) throws(Damaged) in
        try record.interval(within: steps)
      }
    }
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
