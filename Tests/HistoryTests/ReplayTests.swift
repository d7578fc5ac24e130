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
      #expect(cold.changed == expected.changed)
      #expect(cold.policyEpochs.count == cold.chain.count)
      for (step, epoch) in cold.policyEpochs.enumerated() {
        guard let first = cold.policyEpochs.firstIndex(of: epoch) else { continue }
        #expect(expected.policies[first] == expected.policies[step], "\(first) and \(step)")
      }
      if tip == tips[39] { #expect(Set(cold.policyEpochs).count < cold.chain.count) }
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
    var changed: [EntryKey: Int] = [:]
    /// For every step what its files say besides entries, by file; their bytes where one of them
    /// cannot be read.
    var policies: [[String: [UInt8]]] = []
  }

  typealias Says = [EntryKey: Set<[[UInt8]]>]

  static func history(of tip: String, in repository: Repository) throws -> History {
    var history = History()
    var standing: [EntryKey: SourcePlace] = [:]
    var said: Says = [:]
    let chain = try repository.firstParents(from: repository.resolve(tip).commit).reversed()
    for (step, id) in chain.enumerated() {
      let folder = try repository.declarations(
        at: id,
        under: #require(GitPath("desired-state"))
      )
      let read = IdentityReader().entries(in: folder.files)
      history.policies.append(policies(folder.files, areReadable: read.fault == nil))
      if let fault = read.fault {
        history.readings.append(.unreadable(fault))
        continue
      }
      let counts = read.tenant == TenantID(World.tenant)
      history.readings.append(counts ? .declares : .foreign)
      let now = counts ? read.entries : [:]
      for (key, place) in standing where now[key] == nil {
        history.changed[key] = nil
        guard let last = history.intervals[key]?.indices.last else { continue }
        history.intervals[key]?[last].closed = DeclaredInterval.Edge(step: step, place: place)
      }
      for (key, place) in now where standing[key] == nil {
        history.intervals[key, default: []].append(
          DeclaredInterval(opened: DeclaredInterval.Edge(step: step, place: place))
        )
      }
      let says = counts ? statements(folder.files) : [:]
      for (key, statement) in says where said[key] != statement { history.changed[key] = step }
      (standing, said) = (now, says)
    }
    return history
  }

  private static func policies(
    _ files: [SourceFile],
    areReadable: Bool
  ) -> [String: [UInt8]] {
    let policies = files.map { file in
      (file.path, areReadable ? IdentityReader().identities(of: file).policy : file.bytes)
    }
    return Dictionary(uniqueKeysWithValues: policies.filter { !$0.1.isEmpty })
  }

  /// What the entries say and where, by key.
  private static func statements(_ files: [SourceFile]) -> Says {
    let read = files.map { (file: $0.path, identities: IdentityReader().identities(of: $0)) }
    let names = IdentityContext(read.sorted { $0.file < $1.file }.map(\.identities.names))
    var says: Says = [:]
    for (file, identities) in read {
      for guest in identities.guests {
        says[.guest(guest.address), default: []].insert([Array(file.utf8), guest.content])
      }
      for holder in identities.holders {
        guard let resource = names.resource(holder.target) else { continue }
        let key = EntryKey.grant(GrantKey(guest: holder.guest, resource: resource))
        says[key, default: []].insert([Array(file.utf8), holder.content])
      }
    }
    return says
  }

  static func withoutCauses(_ interval: DeclaredInterval) -> DeclaredInterval {
    var interval = interval
    interval.opened.inner = nil
    interval.closed?.inner = nil
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
  private var isBroken = false
  private var tenant = World.tenant

  init(seed: UInt64) { random = Sequence64(seed: seed) }

  /// Changes something, and yields the files that are different from before.
  mutating func edit() -> [String: String?] {
    for _ in 0...random.below(3) {
      let guest = random.below(12)
      switch random.below(12) {
      case 0...2: guests[guest] = (random.below(3), [random.below(4)], random.below(3))
      case 3: guests[guest] = nil
      case 4: guests[guest]?.file = random.below(3)
      case 5: guests[guest]?.style = random.below(3)
      case 6, 7: guests[guest]?.grants.formSymmetricDifference([random.below(4)])
      case 8: aliases[random.below(2)] = "alias\(random.below(30))"
      case 9: bundle = random.below(3)
      case 10: isBroken = !isBroken && random.below(2) == 0
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
    var catalog = "apps:\n  \(aliases[0]): {appId: \(World.wiki)}\n"
    // Two aliases of one name would make a different app of it.
    if aliases[1] != aliases[0] { catalog += "  \(aliases[1]): {appId: \(World.expenses)}\n" }
    catalog += "groups:\n  suppliers: {id: \(World.suppliers)}\n"
    catalog += "bundles:\n  b: {apps: [\"\(aliases[0]):Bundle\(bundle)\"]}\n"
    var files = ["guestlist.yaml": World.root(tenant), "catalog.yaml": catalog]
    for file in 0..<3 {
      let people = guests.filter { $0.value.file == file }.sorted { $0.key < $1.key }
      guard !people.isEmpty else { continue }
      var text = file == 1 ? "# People\n\nguests:\n" : "guests:\n"
      for (number, guest) in people { text += item(number, guest.grants, guest.style) }
      if file == 2, random.below(3) == 0 {
        text += "removed:\n  - {email: x@f.example, reason: x}\n"
      }
      files["people/\(file).yaml"] = text
    }
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
