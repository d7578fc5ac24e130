/// What would make a tenant equal to a commit, and everything that speaks against it.
package struct Plan: Hashable, Sendable {
  package var tenant: TenantID
  package var commit: CommitID
  package var moment: Moment
  /// The tree of the commit's declarations, where it is known.
  package var tree: String?
  /// Digest over the policy that the declarations were checked against, where it is known.
  package var policyDigest: String?
  /// The version of the program that made the plan.
  package var toolVersion: String
  /// In the order of the waves; inside a wave ordered by guest.
  package var actions: [Action]
  /// Accounts that this plan is the first to count as ours, ordered by guest; nothing is written.
  package var adoptions: [Adoption]
  package var withheld: [WithheldEntry]
  package var findings: [PlanFinding]
  package var guards: [GuardVerdict]
  /// Declared guests and grants that are as they should be.
  package var unchanged: Int
  /// Guests and grants in the tenant that were never declared.
  package var unmanaged: Int
  /// How the objects that the actions touch were seen, ordered by subject.
  package var snapshots: [Snapshot]
  /// What later plans will do by the passing of time alone, ordered by moment and guest.
  package var upcoming: [UpcomingStep]
  package var basis: Basis
  /// True where `--target` or `--only` left actions out; such a plan never moves the last applied
  /// commit.
  package var isPartial: Bool
  package var cost: ReadCost
  /// Digest over the actions and what they rest on, not over moments, costs and findings.
  package var digest: String

  package init(
    tenant: TenantID,
    commit: CommitID,
    moment: Moment,
    tree: String? = nil,
    policyDigest: String? = nil,
    toolVersion: String = "",
    actions: [Action] = [],
    adoptions: [Adoption] = [],
    withheld: [WithheldEntry] = [],
    findings: [PlanFinding] = [],
    guards: [GuardVerdict] = [],
    unchanged: Int = 0,
    unmanaged: Int = 0,
    snapshots: [Snapshot] = [],
    upcoming: [UpcomingStep] = [],
    basis: Basis = Basis(),
    isPartial: Bool = false,
    cost: ReadCost = ReadCost(),
    digest: String = ""
  ) {
    self.tenant = tenant
    self.commit = commit
    self.moment = moment
    self.tree = tree
    self.policyDigest = policyDigest
    self.toolVersion = toolVersion
    self.actions = actions
    self.adoptions = adoptions
    self.withheld = withheld
    self.findings = findings
    self.guards = guards
    self.unchanged = unchanged
    self.unmanaged = unmanaged
    self.snapshots = snapshots
    self.upcoming = upcoming
    self.basis = basis
    self.isPartial = isPartial
    self.cost = cost
    self.digest = digest
  }

  /// Positions of the actions that some guard holds back, and of those that wait for them.
  package var heldBack: Set<Int> {
    var held = Set(guards.lazy.filter { !$0.isAccepted }.flatMap(\.heldBack))
    guard !held.isEmpty else { return held }
    for (position, action) in actions.enumerated()
    where action.prerequisites.contains(where: held.contains) {
      held.insert(position)
    }
    return held
  }

  /// An account that was there before it was declared, and that is declared now.
  package struct Adoption: Hashable, Sendable {
    package var guest: EmailAddress
    package var partner: PartnerName?
    package var account: UserID
    package var provenance: Provenance?

    package init(
      guest: EmailAddress,
      partner: PartnerName? = nil,
      account: UserID,
      provenance: Provenance? = nil
    ) {
      self.guest = guest
      self.partner = partner
      self.account = account
      self.provenance = provenance
    }
  }

  /// How much of the past a plan could rest on.
  package struct Basis: Hashable, Sendable {
    /// Commits of the first-parent chain that were seen.
    package var commits: Int
    /// True where the clone ends before the history does.
    package var isShallow: Bool
    package var memory: Memory

    package init(commits: Int = 0, isShallow: Bool = false, memory: Memory = .journal) {
      self.commits = commits
      self.isShallow = isShallow
      self.memory = memory
    }

    /// What is known of earlier runs; a run that begins a journal writes it down as the journal's
    /// `JournalRecord.Beginning`.
    package enum Memory: String, Hashable, Sendable, CaseIterable {
      /// A journal tells it.
      case journal
      /// There is no journal, and no sign that any run came before.
      case firstRun
      /// Signs of earlier runs, but no journal of them that anybody accepted.
      case lost
    }
  }
}
