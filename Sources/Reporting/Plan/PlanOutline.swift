internal import Access

/// The changes of a plan in the order in which people read them: what guards hold back, what is
/// taken away, then what each partner's people are given, people with the same changes together.
///
/// Every form of a plan for people is made from it.
struct PlanOutline {
  /// What the guards hold back, by guard; an action that several hold back is with the first.
  private(set) var heldBack: [GuardVerdict.Guard: [Group]] = [:]
  private(set) var removals: [Group] = []
  /// Ordered by name, those of no partner last.
  private(set) var partners: [Partner] = []

  struct Partner {
    let name: PartnerName?
    var groups: [Group]

    var counts: ChangeCounts { groups.reduce(into: ChangeCounts()) { $0.add($1.counts) } }

    /// The domain of most of the people.
    var domain: String? {
      var numbers: [Substring: Int] = [:]
      for group in groups { for guest in group.people { numbers[guest.domain, default: 0] += 1 } }
      return numbers.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { String($0.key) }
    }
  }

  /// People for whom a plan does the same for the same reasons.
  struct Group {
    let key: Key
    /// Ordered by address.
    var people: [EmailAddress] = []
    /// The commits that cause it, each once for each file.
    var origins: [Provenance] = []
    private var seen: Set<OriginKey> = []

    fileprivate init(key: Key) { self.key = key }

    var changes: [Change] { key.changes }
    var until: String? { key.until }

    var counts: ChangeCounts {
      var counts = ChangeCounts()
      for change in changes { counts.add(change.kind, people.count) }
      return counts
    }

    /// The things that are given or taken by the changes of a kind.
    func resources(_ kind: ChangeKind) -> [Resource] {
      changes.filter { $0.kind == kind }.compactMap(\.resource)
    }

    fileprivate mutating func add(_ person: Person) {
      people.append(person.guest)
      for origin in person.origins where seen.insert(OriginKey(origin)).inserted {
        origins.append(origin)
      }
    }

    struct Key: Hashable {
      let section: Section
      let partner: PartnerName?
      let changes: [Change]
      let until: String?
      /// Of a removal, so that each is told with the commit that it follows from.
      let commit: CommitID?
    }
  }

  /// A file of a commit.
  struct OriginKey: Hashable {
    private let commit: CommitID
    private let file: String?

    init(_ origin: Provenance) {
      commit = origin.commit
      file = origin.place?.file
    }
  }

  enum Section: Hashable {
    case heldBack(GuardVerdict.Guard)
    case removals
    case partner
  }

  /// What is done to one person, without anything that only concerns that person.
  struct Change: Hashable {
    let kind: ChangeKind
    var resource: Resource?
    /// How an invitation is sent, or which sponsor changes.
    var detail: String?
    /// Until when a grant lasts, where that differs from the guest's own end.
    var until: String?
    /// Why, where it is not simply declared.
    var reason: Reason?
    /// True where a grant has to wait until what forbids it is revoked.
    var isLater = false
  }

  fileprivate struct Person {
    let guest: EmailAddress
    let section: Section
    var partner: PartnerName?
    var changes: [Change] = []
    var origins: [Provenance] = []
    var isGiven = false
  }

  init(_ plan: Plan, _ glossary: Glossary) {
    var people = People()
    let guards = plan.guardsByAction
    for (index, action) in plan.actions.enumerated() {
      let section: Section =
        if let name = guards[index]?.first {
          .heldBack(name)
        } else {
          ChangeKind(action.verb).direction == .takes ? .removals : .partner
        }
      people.add(
        action.change(glossary),
        to: action.guest,
        of: action.partner,
        in: section,
        action.provenance
      )
    }
    for adoption in plan.adoptions {
      people.add(
        Change(kind: .adopt),
        to: adoption.guest,
        of: adoption.partner,
        in: .partner,
        nil
      )
    }
    let deletions = Dictionary(
      plan.upcoming.filter { $0.kind == .delete }.map { ($0.guest, $0.moment) },
      uniquingKeysWith: min
    )
    for group in Self.grouped(people.all, glossary, deletions) {
      switch group.key.section {
      case .heldBack(let name): heldBack[name, default: []].append(group)
      case .removals: removals.append(group)
      case .partner:
        if partners.last?.name == group.key.partner {
          partners[partners.count - 1].groups.append(group)
        } else {
          partners.append(Partner(name: group.key.partner, groups: [group]))
        }
      }
    }
  }

  /// Everybody whom a plan does something to, once in each section.
  private struct People {
    private(set) var all: [Person] = []
    private var positions: [Section: [EmailAddress: Int]] = [:]

    mutating func add(
      _ change: Change,
      to guest: EmailAddress,
      of partner: PartnerName?,
      in section: Section,
      _ origin: Provenance?
    ) {
      let position =
        positions[section]?[guest]
        ?? {
          all.append(Person(guest: guest, section: section))
          positions[section, default: [:]][guest] = all.count - 1
          return all.count - 1
        }()
      all[position].partner = all[position].partner ?? partner
      all[position].changes.append(change)
      all[position].isGiven = all[position].isGiven || change.kind.direction != .takes
      guard let origin else { return }
      // A person has a few, and mostly the same one again.
      if !all[position].origins.contains(where: { OriginKey($0) == OriginKey(origin) }) {
        all[position].origins.append(origin)
      }
    }
  }

  /// People with the same changes together, ordered by partner and first address.
  private static func grouped(
    _ people: [Person],
    _ glossary: Glossary,
    _ deletions: [EmailAddress: Moment]
  ) -> [Group] {
    var positions: [Group.Key: Int] = [:]
    var groups: [Group] = []
    for person in people.sorted(by: { $0.guest < $1.guest }) {
      var changes = person.changes
      if let block = changes.firstIndex(where: { $0.kind == .block }) {
        changes[block].until = deletions[person.guest].map(Wording.day)
      }
      let key = Group.Key(
        section: person.section,
        partner: person.partner,
        changes: changes,
        until: person.isGiven ? glossary.end(of: person.guest) : nil,
        commit: person.isGiven ? nil : person.origins.first?.commit
      )
      let position =
        positions[key]
        ?? {
          groups.append(Group(key: key))
          positions[key] = groups.count - 1
          return groups.count - 1
        }()
      groups[position].add(person)
    }
    return groups.enumerated().sorted { left, right in
      let (one, other) = (left.element.key.partner, right.element.key.partner)
      guard one != other else { return left.offset < right.offset }
      guard let one, let other else { return other == nil }
      return one < other
    }.map(\.element)
  }
}

extension Plan {
  /// For each action that is held back, the guards that do it: its own, and those of the actions
  /// that it has to wait for.
  var guardsByAction: [Int: [GuardVerdict.Guard]] {
    var guards: [Int: [GuardVerdict.Guard]] = [:]
    for verdict in self.guards where !verdict.isAccepted {
      for index in verdict.heldBack { guards[index, default: []].append(verdict.name) }
    }
    guard !guards.isEmpty else { return [:] }
    // What must come first is earlier in the plan, so one pass reaches everything.
    for (index, action) in actions.enumerated() {
      for prerequisite in action.prerequisites {
        for name in guards[prerequisite] ?? [] where guards[index]?.contains(name) != true {
          guards[index, default: []].append(name)
        }
      }
    }
    return guards
  }
}

extension Action {
  fileprivate func change(_ glossary: Glossary) -> PlanOutline.Change {
    var change = PlanOutline.Change(
      kind: ChangeKind(verb),
      reason: reason == .declared ? nil : reason
    )
    switch operation {
    case .invite(_, _, let settings, let sponsors):
      let declared = glossary.guest(guest)?.sponsors.map { glossary.short($0) } ?? []
      let known = declared.count == sponsors.count
      change.detail =
        settings.words("invited")
        + (sponsors.isEmpty
          ? "; no sponsor"
          : known
            ? "; sponsor \(Wording.list(declared))"
            : "; \(Wording.count(sponsors.count, "sponsor"))")
    case .resend(_, let settings), .resetRedemption(_, let settings):
      change.detail = settings.words("mail")
    case .addSponsor(_, let address): change.detail = "add \(glossary.short(address))"
    case .removeSponsor(let sponsor): change.detail = "remove \(sponsor)"
    case .grant(let resource, _):
      change.resource = resource
      change.until = glossary.end(of: resource, for: guest)
      change.isLater = wave > verb.wave
    case .revoke(let resource, _): change.resource = resource
    case .block, .unblock, .restore, .delete: break
    }
    return change
  }
}

extension InvitationSettings {
  /// `invited in de-DE`.
  fileprivate func words(_ verb: String) -> String {
    (language.map { "\(verb) in \($0)" } ?? verb)
      + (send ? "" : ", not mailed (the redeem link is handed over)")
  }
}
