internal import Access

/// What a change is to people: the kinds of action, and the adoption of an account, which writes
/// nothing.
enum ChangeKind: Int, CaseIterable {
  case invite, adopt, restore, unblock, resend, changeAddress, changeSponsors, grant, revoke, block
  case delete

  init(_ verb: Action.Verb) {
    self =
      switch verb {
      case .invite: .invite
      case .resend: .resend
      case .resetRedemption: .changeAddress
      case .block: .block
      case .unblock: .unblock
      case .restore: .restore
      case .delete: .delete
      case .addSponsor, .removeSponsor: .changeSponsors
      case .grant: .grant
      case .revoke: .revoke
      }
  }

  /// Whether a change gives, alters or takes; words always say it too.
  enum Direction: String {
    case gives = "+"
    case changes = "~"
    case takes = "-"

    var look: TerminalStyle.Look {
      switch self {
      case .gives: .added
      case .changes: .changed
      case .takes: .removed
      }
    }
  }

  var direction: Direction {
    switch self {
    case .invite, .restore, .unblock, .grant: .gives
    case .adopt, .resend, .changeAddress, .changeSponsors: .changes
    case .revoke, .block, .delete: .takes
    }
  }

  /// `grant`: what is to be done.
  var word: String {
    switch self {
    case .invite: "invite"
    case .adopt: "adopt"
    case .restore: "restore"
    case .unblock: "unblock"
    case .resend: "resend"
    case .changeAddress: "change address"
    case .changeSponsors: "change sponsors"
    case .grant: "grant"
    case .revoke: "revoke"
    case .block: "block"
    case .delete: "delete"
    }
  }

  /// `2 granted`: how much was done.
  func participle(_ count: Int) -> String {
    let word =
      switch self {
      case .invite: "invited"
      case .adopt: "adopted"
      case .restore: "restored"
      case .unblock: "unblocked"
      case .resend: "resent"
      case .changeAddress: count == 1 ? "address changed" : "addresses changed"
      case .changeSponsors: count == 1 ? "sponsor changed" : "sponsors changed"
      case .grant: "granted"
      case .revoke: "revoked"
      case .block: "blocked"
      case .delete: "deleted"
      }
    return "\(count) \(word)"
  }

  /// `2 grants`.
  func noun(_ count: Int) -> String {
    switch self {
    case .invite: Wording.count(count, "invitation")
    case .adopt: Wording.count(count, "adoption")
    case .restore: Wording.count(count, "restore")
    case .unblock: Wording.count(count, "unblock")
    case .resend: Wording.count(count, "resend")
    case .changeAddress: Wording.count(count, "address change")
    case .changeSponsors: Wording.count(count, "sponsor change")
    case .grant: Wording.count(count, "grant")
    case .revoke: Wording.count(count, "revocation")
    case .block: Wording.count(count, "block")
    case .delete: Wording.count(count, "deletion")
    }
  }
}

/// How many changes of each kind there are.
struct ChangeCounts {
  private var numbers: [ChangeKind: Int] = [:]

  init(_ kinds: some Sequence<ChangeKind> = []) { for kind in kinds { add(kind) } }

  /// Counts the actions and adoptions of a plan.
  init(_ plan: Plan) {
    self.init(plan.actions.lazy.map { ChangeKind($0.verb) })
    add(.adopt, plan.adoptions.count)
  }

  subscript(kind: ChangeKind) -> Int { numbers[kind] ?? 0 }

  var isEmpty: Bool { numbers.isEmpty }

  mutating func add(_ kind: ChangeKind, _ count: Int = 1) {
    if count > 0 { numbers[kind, default: 0] += count }
  }

  mutating func add(_ other: ChangeCounts) { numbers.merge(other.numbers, uniquingKeysWith: +) }

  /// `7 invitations, 26 grants`.
  var nouns: String { words { $0.noun($1) } }

  /// `7 to invite, 26 to grant`.
  var intentions: String { words { "\($1) to \($0.word)" } }

  /// `7 invited, 26 granted`.
  var results: String { words { $0.participle($1) } }

  private func words(_ each: (ChangeKind, Int) -> String) -> String {
    ChangeKind.allCases.compactMap { kind in numbers[kind].map { each(kind, $0) } }
      .joined(separator: ", ")
  }
}

/// Small words that every report for people is made of.
enum Wording {
  /// Returns a number with its noun, in the singular for one.
  static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// Returns parts as an enumeration: `a`, `a and b`, `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Returns a day as people write it: `31 Mar 2027`.
  static func day(_ moment: Moment) -> String {
    let day = CalendarDay(containing: moment)
    return "\(day.day) \(months[day.month - 1]) \(day.year)"
  }

  /// Returns the last day before a moment at which something is over, or the moment where somebody
  /// wrote one: `31 Mar 2027`, `31 Mar 2027, 12:00 UTC`.
  static func lastDay(before end: Moment) -> String {
    if CalendarDay(containing: end).start == end { return day(end - .days(1)) }
    return "\(day(end)), \(end.description.split(separator: "T")[1].prefix(5)) UTC"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
