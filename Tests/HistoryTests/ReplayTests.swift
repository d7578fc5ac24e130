import Access
import Declarations
import Git
import History
import TestSupport
import Testing

/// Random lives, replayed and compared with the slow way: every commit parsed whole.
@Suite struct ReplayTests {
  @Test(arguments: 1...6)
  func `intervals are those of a full parse of every commit`(_ seed: UInt64) async throws {
    let world = try await World()
    var writer = RandomDeclarations(seed: seed)
    var tips: [String] = []
    try await world.begin()
    for number in 0..<40 {
      let edits = writer.edit()
      if writer.random.below(5) == 0 {
        try await world.git.git("checkout", "--quiet", "-b", "t\(number)")
        try await world.commit("w\(number)", edits)
        try await world.commit("v\(number)", writer.edit())
        try await world.git.git("checkout", "--quiet", "main")
        try await world.merge("t\(number)", subject: "m\(number)")
      } else {
        try await world.commit("c\(number)", edits)
      }
      tips.append(try await world.git.git("rev-parse", "HEAD"))
    }
    let repository = try Repository(at: world.folder.path("work"))
    for tip in [tips[10], tips[39]] {
      let expected = try Naive.history(of: tip, in: repository)
      let cold = try world.read(tip)
      #expect(cold.chain.map(\.reading) == expected.readings)
      for key in Set(cold.intervals.keys).union(expected.intervals.keys) {
        let intervals = cold.intervals[key].map { $0.map(Naive.withoutCauses) }
        #expect(intervals == expected.intervals[key], "\(key)")
      }
    }
    // Whatever was kept on the way changes nothing but time.
    let cold = try world.read("main")
    for (number, tip) in tips.enumerated() where seed < 3 || number % 4 == 1 {
      try await world.git.git("branch", "--force", "kept", tip)
      #expect(try world.read("kept", cache: "cache") == world.read(tip), "\(number)")
    }
    try await world.git.git("branch", "--force", "kept", "main")
    #expect(try world.read("kept", cache: "cache") == cold)
    #expect(try world.read("kept", cache: "cache") == cold)
  }
}

/// Everything by parsing every file of every commit.
private enum Naive {
  struct History {
    var readings: [HistoryStep.Reading] = []
    var intervals: [EntryKey: [DeclaredInterval]] = [:]
  }

  static func history(of tip: String, in repository: Repository) throws -> History {
    var history = History()
    var standing: [EntryKey: SourcePlace] = [:]
    let chain = try repository.firstParents(from: repository.resolve(tip).commit).reversed()
    for (step, id) in chain.enumerated() {
      let folder = try repository.declarations(
        at: id,
        under: #require(GitPath("desired-state"))
      )
      let read = IdentityReader().entries(in: folder.files)
      if let fault = read.fault {
        history.readings.append(.unreadable(fault))
        continue
      }
      let counts = read.tenant == TenantID(World.tenant)
      history.readings.append(counts ? .declares : .foreign)
      let now = counts ? read.entries : [:]
      for (key, place) in standing where now[key] == nil {
        guard let last = history.intervals[key]?.indices.last else { continue }
        history.intervals[key]?[last].closed = DeclaredInterval.Edge(step: step, place: place)
      }
      for (key, place) in now where standing[key] == nil {
        history.intervals[key, default: []].append(
          DeclaredInterval(opened: DeclaredInterval.Edge(step: step, place: place))
        )
      }
      standing = now
    }
    return history
  }

  static func withoutCauses(_ interval: DeclaredInterval) -> DeclaredInterval {
    var interval = interval
    interval.opened.inner = nil
    interval.closed?.inner = nil
    interval.via = []
    return interval
  }
}

/// Writes declarations, changes them at random, and now and then breaks them.
private struct RandomDeclarations {
  var random: Sequence64
  private var guests: [Int: (file: Int, grants: Set<Int>, style: Int)] = [:]
  private var files: [String: String] = [:]
  private var aliases = ["wiki", "expenses"]
  private var bundle = 0
  private var hasVia = false
  private var isBroken = false
  private var tenant = World.tenant
  private var grants = RandomGrants()

  init(seed: UInt64) { random = Sequence64(seed: seed) }

  /// Changes something, and yields the files that are different from before.
  mutating func edit() -> [String: String?] {
    for _ in 0...random.below(3) {
      let guest = random.below(12)
      switch random.below(16) {
      case 0...2: guests[guest] = (random.below(3), [random.below(4)], random.below(3))
      case 3: guests[guest] = nil
      case 4: guests[guest]?.file = random.below(3)
      case 5: guests[guest]?.style = random.below(3)
      case 6, 7: guests[guest]?.grants.formSymmetricDifference([random.below(4)])
      case 8: aliases[random.below(2)] = "alias\(random.below(30))"
      case 9: (bundle, hasVia) = (random.below(3), random.below(2) == 0)
      case 10: isBroken = !isBroken && random.below(2) == 0
      case 11...14: grants.edit(&random)
      default: tenant = random.below(4) == 0 ? World.otherTenant : World.tenant
      }
    }
    let next = write()
    var changes: [String: String?] = [:]
    for file in Set(next.keys).union(files.keys) where next[file] != files[file] {
      changes.updateValue(next[file], forKey: file)
    }
    files = next
    return changes
  }

  private mutating func write() -> [String: String] {
    let via = hasVia ? ", via: {Role0: suppliers, Role2: suppliers}" : ""
    var catalog = "apps:\n  \(aliases[0]): {appId: \(World.wiki)\(via)}\n"
    // Two aliases of one name would make a different app of it.
    if aliases[1] != aliases[0] { catalog += "  \(aliases[1]): {appId: \(World.expenses)}\n" }
    catalog += "groups:\n  suppliers: {id: \(World.suppliers)}\n"
    catalog += "bundles:\n  b: {apps: [\"\(aliases[0]):Bundle\(bundle)\"]}\n"
    var files = ["guestlist.yaml": World.root(tenant), "catalog.yaml": catalog]
    for file in 0..<3 {
      let people = guests.filter { $0.value.file == file }.sorted { $0.key < $1.key }
      let section = file == 0 ? grants.section(isApart: false, aliases: aliases) : ""
      if people.isEmpty {
        if !section.isEmpty { files["people/\(file).yaml"] = section }
        continue
      }
      var text = file == 1 ? "# People\n\nguests:\n" : "guests:\n"
      for (number, guest) in people { text += item(number, guest.grants, guest.style) }
      if file > 0, random.below(3) == 0 {
        text += "removed:\n"
        for _ in 0...random.below(3) {
          text += "  - {email: x\(random.below(3))@f.example, reason: \(random.below(2))}\n"
        }
      }
      files["people/\(file).yaml"] = grants.isAbove ? section + text : text + section
    }
    let section = grants.section(isApart: true, aliases: aliases)
    if !section.isEmpty { files["roles.yaml"] = section }
    // Somebody is declared twice.
    if let guest = guests[1], bundle == 1 {
      files["people/9.yaml"] = "guests:\n" + item(1, guest.grants, 0)
    }
    let holders = guests.keys.sorted().filter { $0 % 3 == 0 }
    if !holders.isEmpty {
      files["grants.yml"] =
        "grants:\n  suppliers:\n" + holders.map { "    - guest: g\($0)@f.example\n" }.joined()
    }
    if isBroken { files["people/1.yaml"] = "guests:\n  - email: a@f.example\n   bad: [\n" }
    return files
  }

  private func item(_ number: Int, _ grants: Set<Int>, _ style: Int) -> String {
    let apps = grants.sorted().map { "\"\(aliases[$0 % 2]):Role\($0)\"" }.joined(separator: ", ")
    let bundles = number % 2 == 0 ? "[b]" : "[]"
    switch style {
    case 0:
      return "  - {email: g\(number)@f.example, apps: [\(apps)], bundles: \(bundles)}\n"
    case 1:
      return """
          - email: "g\(number)@f.example"
            bundles: \(bundles)
            apps: [\(apps)]

        """
    default:
      return """
          # Somebody
          - email: G\(number)@f.example
            reason: |
              - email: not\(number)@f.example
            bundles: \(bundles)
            apps: [\(apps)]

        """
    }
  }
}
