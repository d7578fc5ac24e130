internal import Platform
internal import TestSupport

/// Makes a repository with a long history of declarations, through `git fast-import`.
///
/// The people and their changes come from a seed, so that every run measures the same history.
/// Every fourth step is a merge of a branch of one to three commits, with the subject that a forge
/// writes; the rest are commits on the branch itself.
struct HistoryGenerator {
  enum Layout: String {
    /// One file for a partner, about 120 kB.
    case largeFiles = "large-files"
    /// One file for a guest, in a folder of its partner.
    case smallFiles = "small-files"
    /// One file with all holders, by app and role.
    case grants = "grants"

    /// First-parent steps without the last ten.
    var steps: Int { self == .grants ? 3_000 : 10_000 }

    fileprivate var guestsPerPartner: Int { self == .grants ? 3_000 : 500 }
  }

  private let layout: Layout
  private var partners: [[Guest]]
  private var nextGuest: Int
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var moment: Int64 = 1_577_836_800
  /// The last commit of the chain, as fast-import names it.
  private var tip = "refs/heads/main^0"
  private var marks = 0
  private var stream: [UInt8] = []

  private struct Guest {
    var number: Int
    var role: Int
    var ticket: Int
  }

  /// A file that a commit writes; `nil` deletes it.
  private typealias Change = (path: String, text: String?)

  init(layout: Layout, guests: Int) {
    self.layout = layout
    let perPartner = layout.guestsPerPartner
    let count = (guests + perPartner - 1) / perPartner
    partners = (0..<count).map { partner in
      (partner * perPartner..<min(guests, (partner + 1) * perPartner)).map {
        Guest(number: $0, role: $0 % 7, ticket: $0)
      }
    }
    nextGuest = guests
  }

  /// Adds the first commit, with all guests in it.
  mutating func begin(_ repository: GitFixture) async throws {
    var changes: [Change] = [
      ("desired-state/guestlist.yaml", Self.tenant), ("desired-state/catalog.yaml", Self.catalog),
    ]
    for partner in partners.indices {
      changes.append(("desired-state/partners/p\(partner)/partner.yaml", Self.about(partner)))
      switch layout {
      case .largeFiles: changes.append(people(of: partner))
      case .grants: changes.append(holders(of: partner))
      case .smallFiles: changes += partners[partner].map { person($0, of: partner) }
      }
    }
    commit("Everybody", parent: nil, merging: nil, changes)
    try await send(to: repository)
  }

  /// Adds steps to the first-parent chain.
  mutating func extend(_ repository: GitFixture, by count: Int) async throws {
    for step in 1...max(1, count) {
      advance()
      // A stream of some size at a time, so that a long history needs little memory.
      if stream.count > 32 << 20 || step == count { try await send(to: repository) }
    }
  }

  private mutating func advance() {
    guard below(4) == 0 else {
      commit("Change \(marks)", parent: tip, merging: nil, edit())
      return
    }
    let base = tip
    var changed: [String: String?] = [:]
    for _ in 0...below(3) {
      let changes = edit()
      for change in changes { changed.updateValue(change.text, forKey: change.path) }
      commit("Work \(marks)", parent: tip, merging: nil, changes)
    }
    let all = changed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    commit("Merge pull request #\(marks) from team/work", parent: base, merging: tip, all)
  }

  /// Changes one guest: half the time nothing that access depends on.
  private mutating func edit() -> [Change] {
    let partner = below(partners.count)
    let position = below(partners[partner].count)
    var gone: Change?
    var touched = partners[partner][position]
    switch below(8) {
    case 0:
      gone = (path(of: touched, of: partner), nil)
      partners[partner].remove(at: position)
      touched = Guest(number: nextGuest, role: below(7), ticket: nextGuest)
      nextGuest += 1
      partners[partner].insert(touched, at: position)
    case 1..<4:
      touched.role = (touched.role + 1) % 7
      partners[partner][position] = touched
    default:
      touched.ticket += 1
      partners[partner][position] = touched
    }
    switch layout {
    case .largeFiles: return [people(of: partner)]
    case .grants: return [holders(of: partner)]
    case .smallFiles: return [gone, person(touched, of: partner)].compactMap { $0 }
    }
  }

  private mutating func commit(
    _ subject: String,
    parent: String?,
    merging: String?,
    _ changes: [Change]
  ) {
    marks += 1
    moment += 3600
    let date = "\(moment) +0000"
    append("commit refs/heads/main\nmark :\(marks)\n")
    append("author Ada Author <ada@contoso.example> \(date)\n")
    append("committer Carl Committer <carl@contoso.example> \(date)\n")
    let message = "\(subject)\n\nReviewed-by: Rita Reviewer <rita@contoso.example>\n"
    append("data \(message.utf8.count)\n\(message)")
    if let parent { append("from \(parent)\n") }
    if let merging { append("merge \(merging)\n") }
    for change in changes {
      if let text = change.text {
        append("M 100644 inline \(change.path)\ndata \(text.utf8.count)\n\(text)\n")
      } else {
        append("D \(change.path)\n")
      }
    }
    tip = ":\(marks)"
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
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, bound)))
  }
}

// What the files say.
extension HistoryGenerator {
  private func path(of guest: Guest, of partner: Int) -> String {
    "desired-state/partners/p\(partner)/people/g\(guest.number).yaml"
  }

  private func people(of partner: Int) -> Change {
    let text = partners[partner].map { Self.item($0, of: partner) }.joined()
    return ("desired-state/partners/p\(partner)/people.yaml", "guests:\n" + text)
  }

  private func person(_ guest: Guest, of partner: Int) -> Change {
    (path(of: guest, of: partner), "guests:\n" + Self.item(guest, of: partner))
  }

  /// Holders of seven roles of each app, and of a group.
  private func holders(of partner: Int) -> Change {
    var roles: [[Guest]] = Array(repeating: [], count: 19 * 7 + 1)
    for guest in partners[partner] {
      let app = guest.number % 20
      roles[app == 19 ? 19 * 7 : app * 7 + guest.role].append(guest)
    }
    var text = "grants:\n"
    for (position, guests) in roles.enumerated() {
      let isGroup = position == 19 * 7
      if isGroup { text += "  suppliers:\n" }
      if !isGroup, position % 7 == 0 { text += "  app\(position / 7):\n" }
      if !isGroup { text += "    Role\(position % 7):\n" }
      let indent = isGroup ? "    " : "      "
      for guest in guests {
        let name = "guest\(guest.number)@p\(partner).example"
        text +=
          guest.ticket % 3 == 0
          ? "\(indent)- {guest: \(name), expires: \(30 + guest.ticket % 300)d}\n"
          : "\(indent)- \(name)\n"
      }
    }
    return ("desired-state/grants.yaml", text)
  }

  private static func item(_ guest: Guest, of partner: Int) -> String {
    """
      - email: guest\(guest.number)@p\(partner).example
        name: Guest Number \(guest.number)
        sponsor: owner\(guest.number % 40)@contoso.example
        expires: 2027-03-31
        ticket: CHG-\(guest.ticket)
        reason: supplies parts and reads the drawings of project \(guest.number % 90)
        apps: ["app\(guest.number % 20):Role\(guest.role)", "app\(guest.number % 19):User"]

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
    tenant: {id: \(id(1, 1)), name: Contoso, domains: [contoso.example], ref: main}

    """

  private static let catalog: String = {
    let apps = (0..<20).map { "  app\($0): {appId: \(id(3, $0)), name: Application \($0)}\n" }
    return "apps:\n" + apps.joined() + "groups:\n  suppliers: {id: \(id(5, 1))}\n"
      + "bundles:\n  basic: {apps: [\"app19:Guest\"], groups: [suppliers]}\n"
  }()

  static let tenantID = id(1, 1)

  private static func id(_ kind: Int, _ number: Int) -> String {
    let digits = String(number, radix: 16)
    let padded = String(repeating: "0", count: 12 - digits.count) + digits
    return "\(kind)0000000-0000-4000-8000-\(padded)"
  }
}
