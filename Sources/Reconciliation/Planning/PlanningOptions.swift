package import Access

/// What the command line asks of one plan; nothing here can loosen what is declared.
package struct PlanningOptions: Hashable, Sendable {
  /// Plans as if it were this moment (`--at`); `nil` is now.
  package var at: Moment?
  /// Only what concerns one of these (`--target`); empty is everything.
  package var targets: Set<Target>
  /// Only these kinds of action (`--only`); empty is everything.
  package var only: Set<Kind>
  /// What `--accept GUARD:DIGEST` named.
  package var accepted: Set<Acceptance>
  /// What `--decline ownership:DIGEST` named.
  package var declined: Set<Acceptance> = []
  /// `--max-removals`: lowers the declared limits of `removals` and `expiries`.
  package var maxRemovals: Int?
  /// `--max-invitations`: lowers the declared limit of `invitations`.
  package var maxInvitations: Int?

  package init(
    at: Moment? = nil,
    targets: Set<Target> = [],
    only: Set<Kind> = [],
    accepted: Set<Acceptance> = [],
    maxRemovals: Int? = nil,
    maxInvitations: Int? = nil
  ) {
    self.at = at
    self.targets = targets
    self.only = only
    self.accepted = accepted
    self.maxRemovals = maxRemovals
    self.maxInvitations = maxInvitations
  }

  package enum Target: Hashable, Sendable {
    case guest(EmailAddress)
    case partner(PartnerName)
    case app(AppID)
    case group(GroupID)
    case package(AccessPackageID)
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Accounts: invitations, blocks, restores, sponsors, deletes.
    case people
    /// What is given.
    case grants
    /// What is taken, accounts included.
    case removals
  }

  package struct Acceptance: Hashable, Sendable {
    package var name: GuardVerdict.Guard
    package var digest: String

    package init(_ name: GuardVerdict.Guard, digest: String) {
      self.name = name
      self.digest = digest
    }

    /// How many characters of a digest are printed, and are enough.
    package static let length = 16

    /// True if what was given is the digest of a guard, or its beginning.
    package func means(_ whole: String) -> Bool {
      digest.count >= Self.length && whole.hasPrefix(digest)
    }
  }
}
