/// What would make a tenant equal to a commit, and what is held back, skipped or found.
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
  package var withheld: [WithheldEntry]
  package var findings: [PlanFinding]
  package var guards: [GuardVerdict]
  /// Declared guests and grants that are as they should be.
  package var unchanged: Int
  /// Guests and grants in the tenant that were never declared.
  package var unmanaged: Int
  /// How the objects that the actions touch were seen, ordered by subject.
  package var snapshots: [Snapshot]
  /// What later plans will do as time passes, ordered by moment and guest.
  package var upcoming: [UpcomingStep]
  /// Accounts that existed before their guests were declared and that no run managed yet, by guest.
  package var adoptions: [Adoption] = []
  /// Accounts of ours that were deleted or blocked outside, whether or not anybody declares their
  /// guests; what the journal remembers as `JournalRecord.losses`.
  package var lost: [UserID: EmailAddress] = [:]
  /// Entries of which nothing new is given, whatever the guards say: skipped, or not writable.
  package var skippedEntries: Set<EntryKey> = []
  /// True where the commit names some grant with a fault: it is not given to anybody new.
  package var hasSkippedGrants = false
  package var basis: Basis
  /// True where `--target` or `--only` left actions out, or the commit cannot be used as a whole;
  /// such a plan never moves the last applied commit.
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

  /// True only where the tenant matches the commit: there is nothing to do, nothing is skipped or
  /// held back, and no finding is left for somebody to settle.
  package var isAsDeclared: Bool {
    actions.isEmpty && withheld.isEmpty && !hasSkippedGrants
      && guards.allSatisfy { $0.isAccepted || $0.isDeclined }
      && !findings.contains { $0.kind.isOutstanding }
  }

  /// The entries that carrying the plan out does not make ours, because they are skipped or held
  /// back (`JournalRecord.notCarriedOut`).
  package var notCarriedOut: Set<EntryKey> {
    var entries = skippedEntries
    for entry in withheld {
      entries.insert(.guest(entry.address))
      for grant in entry.readable?.grants ?? [] {
        entries.insert(.grant(GrantKey(guest: entry.address, resource: grant.resource)))
      }
    }
    for position in heldBack {
      let action = actions[position]
      switch action.operation {
      case .grant(let resource, _):
        entries.insert(.grant(GrantKey(guest: action.guest, resource: resource)))
      case .invite, .restore, .unblock: entries.insert(.guest(action.guest))
      default: break
      }
    }
    return entries
  }

  /// How much of the past a plan could rest on.
  package struct Basis: Hashable, Sendable {
    /// Commits of the first-parent chain that were seen.
    package var commits: Int
    /// True where the clone ends before the history does.
    package var isShallow: Bool
    /// False where no journal was read: the plan then takes for ours whatever was ever declared.
    package var hasJournal: Bool
    /// True where the last applied commit is an ancestor, but not on the first-parent chain.
    package var leftFirstParents: Bool

    /// How a journal begins: continued, with the first run, or after a loss.
    package enum Memory: String, Hashable, Sendable, CaseIterable {
      case journal, firstRun, lost
    }

    package init(
      commits: Int = 0,
      isShallow: Bool = false,
      hasJournal: Bool = true,
      leftFirstParents: Bool = false
    ) {
      self.commits = commits
      self.isShallow = isShallow
      self.hasJournal = hasJournal
      self.leftFirstParents = leftFirstParents
    }
  }
}

/// An account that existed before its guest was declared here, and that a plan begins to manage.
package struct Adoption: Hashable, Sendable {
  package var guest: EmailAddress
  package var partner: PartnerName?
  package var account: UserID

  package init(guest: EmailAddress, partner: PartnerName?, account: UserID) {
    self.guest = guest
    self.partner = partner
    self.account = account
  }
}
