internal import Platform
internal import TestSupport

/// Makes a repository with the history of a large organisation, through `git fast-import`.
///
/// Every step of the chain merges a side branch of one to five commits that forked ten to three hundred
/// steps earlier. One file has 1,200 people, 150 others have fifteen each; some come and some go, about
/// 5,000 over time. Every tenth step changes the catalog. Everything comes from a seed, so that every run
/// measures the same history.
struct HistoryGenerator {
  /// What every file holds after a step.
  private struct State {
    var files: [[Person]]
    var catalog: Int
  }

  private struct Person {
    var number: Int
    var role: Int
    var ticket: Int
  }

  /// One change of a person, which means the same whenever it is made.
  private struct Edit {
    enum Kind {
      case joins, leaves, changesRole, changesTicket
    }
    var kind: Kind
    var file: Int
    var number: Int
    var value: Int
  }

  private var states: [State] = []
  /// The commit of each step, as fast-import names it.
  private var steps: [String] = []
  private var nextPerson = 0
  private var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var moment: Int64 = 1_577_836_800
  private var marks = 0
  private var stream: [UInt8] = []

  /// How many merges the chain has, of which the last ten are new to who read it before.
  static let steps = 3009

  /// How many steps back a branch may fork.
  private static let oldestFork = 300

  /// Adds the first commit, with everybody who is there at first.
  mutating func begin(_ repository: GitFixture) async throws {
    var files: [[Person]] = []
    for size in [1200] + Array(repeating: 15, count: 150) {
      files.append(
        (nextPerson..<nextPerson + size).map { Person(number: $0, role: $0 % 7, ticket: $0) }
      )
      nextPerson += size
    }
    states = [State(files: files, catalog: 0)]
    commit("Everybody", parent: nil, merging: nil)
    write("guestlist.yaml", Self.tenant)
    for file in files.indices {
      write("partners/p\(file)/partner.yaml", Self.about(file))
      writePeople(file, of: states[0])
    }
    write("catalog.yaml", Self.catalog(0))
    steps = [":\(marks)"]
    try await send(to: repository)
  }

  /// Adds merges to the chain.
  mutating func extend(_ repository: GitFixture, by count: Int) async throws {
    for _ in 0..<count {
      merge()
      if stream.count > 32 << 20 { try await send(to: repository) }
    }
    try await send(to: repository)
  }

  private mutating func merge() {
    let newest = states.count - 1
    let fork = max(0, newest - 10 - below(max(1, newest - 10)))
    let changesCatalog = steps.count % 10 == 0
    var (side, main) = (states[fork], states[newest])
    var tip = steps[steps.count - (states.count - fork)]
    var touched: Set<Int> = []
    let commits = 1 + below(5)
    for number in 0..<commits {
      commit("Work \(marks)", parent: tip, merging: nil)
      tip = ":\(marks)"
      if changesCatalog, number == 0 {
        side.catalog = main.catalog + 1
        write("catalog.yaml", Self.catalog(side.catalog))
        main.catalog += 1
        continue
      }
      let edit = edit(main)
      Self.apply(edit, to: &side)
      Self.apply(edit, to: &main)
      writePeople(edit.file, of: side)
      touched.insert(edit.file)
    }
    commit("Merge pull request #\(steps.count) from team/work", parent: steps.last, merging: tip)
    for file in touched.sorted() { writePeople(file, of: main) }
    write("catalog.yaml", Self.catalog(main.catalog))
    steps.append(":\(marks)")
    states.append(main)
    if states.count > Self.oldestFork { states.removeFirst() }
  }

  /// A change of somebody who is there, or of somebody who comes; half the time nothing that access
  /// depends on.
  private mutating func edit(_ state: State) -> Edit {
    let place = below(state.files.reduce(0) { $0 + $1.count })
    var (file, position) = (0, place)
    while position >= state.files[file].count {
      position -= state.files[file].count
      file += 1
    }
    let person = state.files[file][position]
    switch below(12) {
    case 0, 1:
      nextPerson += 1
      return Edit(kind: .joins, file: file, number: nextPerson - 1, value: below(7))
    case 2, 3:
      return Edit(kind: .leaves, file: file, number: person.number, value: 0)
    case 4, 5:
      return Edit(
        kind: .changesRole,
        file: file,
        number: person.number,
        value: (person.role + 1) % 7
      )
    default:
      return Edit(kind: .changesTicket, file: file, number: person.number, value: person.ticket + 1)
    }
  }

  private static func apply(_ edit: Edit, to state: inout State) {
    let index = state.files[edit.file].firstIndex { $0.number >= edit.number }
    guard edit.kind != .joins else {
      let person = Person(number: edit.number, role: edit.value, ticket: edit.number)
      return state.files[edit.file].insert(person, at: index ?? state.files[edit.file].count)
    }
    guard let index, state.files[edit.file][index].number == edit.number else { return }
    switch edit.kind {
    case .joins: break
    case .leaves: state.files[edit.file].remove(at: index)
    case .changesRole: state.files[edit.file][index].role = edit.value
    case .changesTicket: state.files[edit.file][index].ticket = edit.value
    }
  }

  private mutating func commit(_ subject: String, parent: String?, merging: String?) {
    marks += 1
    moment += 1800
    let date = "\(moment) +0000"
    append(
      "commit refs/heads/\(merging == nil && parent != nil ? "side" : "main")\nmark :\(marks)\n"
    )
    append("author Ada Author <ada@contoso.example> \(date)\n")
    append("committer Carl Committer <carl@contoso.example> \(date)\n")
    let message = "\(subject)\n\nReviewed-by: Rita Reviewer <rita@contoso.example>\n"
    append("data \(message.utf8.count)\n\(message)")
    if let parent { append("from \(parent)\n") }
    if let merging { append("merge \(merging)\n") }
  }

  private mutating func write(_ path: String, _ text: String) {
    append("M 100644 inline desired-state/\(path)\ndata \(text.utf8.count)\n\(text)\n")
  }

  private mutating func writePeople(_ file: Int, of state: State) {
    let text = state.files[file].map { Self.item($0, of: file) }.joined()
    write("partners/p\(file)/people.yaml", "guests:\n" + (text.isEmpty ? "  []\n" : text))
  }

  private mutating func send(to repository: GitFixture) async throws {
    append("done\n")
    try await repository.git(
      [
        "fast-import", "--quiet", "--force", "--done", "--import-marks-if-exists=.git/marks",
        "--export-marks=.git/marks",
      ],
      input: String(decoding: stream, as: UTF8.self)
    )
    stream = []
  }

  private mutating func append(_ text: String) { stream += text.utf8 }

  /// The next number below a bound (xorshift).
  private mutating func below(_ bound: Int) -> Int {
    seed ^= seed << 13
    seed ^= seed >> 7
    seed ^= seed << 17
    return Int(seed % UInt64(max(1, bound)))
  }
}

// What the files say.
extension HistoryGenerator {
  private static func item(_ person: Person, of partner: Int) -> String {
    """
      - email: guest\(person.number)@p\(partner).example
        name: Guest Number \(person.number)
        sponsor: owner\(person.number % sponsors)@contoso.example
        expires: 2099-03-31
        ticket: CHG-\(person.ticket)
        reason: supplies parts and reads the drawings of project \(person.number % 90)
        apps: ["app\(person.number % 20):Role\(person.role)", "app\(person.number % 19):User"]

    """
  }

  private static func about(_ partner: Int) -> String {
    """
    partners:
      p\(partner): {name: Partner \(partner), domains: [p\(partner).example], includes: [basic]}

    """
  }

  private static let tenant = """
    version: 1
    tenant: {id: \(tenantID), name: Contoso, domains: [contoso.example], ref: main}
    guards: {invitations: {guests: 100000}, grants: {count: 1000000}}

    """

  /// Each change adds an app or, every fifth time, takes a group out of the bundle that everybody has or
  /// puts it back.
  private static func catalog(_ change: Int) -> String {
    let apps = (0..<20 + change).map {
      "  app\($0): {appId: \(identifier(3, $0)), name: Application \($0)}\n"
    }
    let group = change / 5 % 2 == 0 ? ", groups: [suppliers]" : ""
    return "apps:\n" + apps.joined() + "groups:\n  suppliers: {id: \(identifier(5, 1))}\n"
      + "bundles:\n  basic: {apps: [\"app19:Guest\"]\(group)}\n"
  }

  static let tenantID = identifier(1, 1)

  /// What a tenant has to hold that the last commit can be applied to.
  static let (apps, groups, sponsors) = (20 + steps / 10 + 1, 2, 40)
  static let roles = (0..<7).map { "Role\($0)" } + ["User", "Guest"]
}
