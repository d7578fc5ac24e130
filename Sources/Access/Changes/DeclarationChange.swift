/// One difference between what two commits declare, as a reviewer would put it.
package struct DeclarationChange: Hashable, Sendable {
  /// Whose access changes; `nil` for a rule, a name or a guard.
  package var guest: EmailAddress?
  package var partner: PartnerName?
  package var effect: Effect
  /// Where it is written: in the later commit, or in the earlier one for what is gone.
  package var place: SourcePlace?
  /// True where `place` is in the earlier commit.
  package var isGone: Bool

  package init(
    _ effect: Effect,
    guest: EmailAddress? = nil,
    partner: PartnerName? = nil,
    place: SourcePlace? = nil,
    isGone: Bool = false
  ) {
    self.effect = effect
    self.guest = guest
    self.partner = partner
    self.place = place
    self.isGone = isGone
  }

  /// What a change does, the riskiest first; sentences have data in backquotes.
  package enum Effect: Hashable, Sendable {
    /// Only a rule that the same change loosens lets it pass; the sentence is what the rule said.
    case usesLoosenedRule(Resource?, String)
    /// A rule or a guard allows more.
    case loosens(String)
    /// A name, or the tenant itself, is something else now.
    case repoints(String)
    /// The entry is pinned to another account; `nil` is to none.
    case pinsAccount(UserID?)
    /// An order to take away what was never declared.
    case ordersRemoval(RemovalEntry.Extent, reason: String)
    /// Access to it that is not declared is revoked.
    case makesExclusive(String)
    case changesAddress(from: EmailAddress)
    /// Roles of one app in the place of others.
    case changesRoles(AppID, from: [RoleValue], to: [RoleValue])
    case invites([Resource], until: DeclaredEnd)
    /// The entry had a fault before, and has none now.
    case isNoLongerSkipped([Resource])
    case gives([Resource])
    case unblocks
    /// Gives back an account that was removed or blocked outside.
    case returns(Moment)
    /// The guest, or one grant, ends later.
    case extends(Resource?, from: DeclaredEnd, to: DeclaredEnd)
    /// A review restarts the clock of an entry that ends some days after it.
    case restartsStay(DeclaredEnd)
    case changesStart(from: Moment?, to: Moment?)
    case changesSponsors(from: [EmailAddress], to: [EmailAddress])
    case blocks(String)
    /// The guest is no longer declared, and loses this.
    case removes([Resource])
    case takes([Resource])
    case shortens(Resource?, from: DeclaredEnd, to: DeclaredEnd)
    /// Any other rule, name or setting.
    case changesRule(String)
    /// Keys of an entry that neither give nor take.
    case changesDetails([String])
    /// The entry, or one grant as it is spelled, is given nothing new because of a fault.
    case skips(grant: String?, String)
    /// A guard would hold changes back, as far as this shows without the tenant.
    case isHeldBack(GuardVerdict.Guard, String)
  }
}

/// When an entry ends by itself, as far as it is written.
package enum DeclaredEnd: Hashable, Sendable {
  case never
  /// So long after the merge that introduced the entry, or a later review.
  case after(Moment.Span)
  /// The first instant at which it is over.
  case at(Moment)

  /// Takes the end that counts: a written date lies inside every limit, or it would be an error.
  package init(_ ends: some Sequence<Ending>) {
    var dates: [Moment] = []
    var spans: [Moment.Span] = []
    for ending in ends {
      switch ending.rule {
      case .at(let moment): dates.append(moment)
      case .afterIntroduction(let span): spans.append(span)
      }
    }
    self = dates.min().map { .at($0) } ?? spans.min().map { .after($0) } ?? .never
  }

  /// Whether this one is later than another, or may be.
  package func isLater(than other: Self) -> Bool {
    switch (self, other) {
    case (.at(let own), .at(let date)): own > date
    case (.after(let own), .after(let span)): own > span
    // Which of a date and a duration is later depends on the day of the merge: it may be longer.
    default: self != other && other != .never
    }
  }

  /// Whether the end has passed.
  package func isOver(at now: Moment) -> Bool {
    if case .at(let date) = self { date <= now } else { false }
  }
}

extension DeclarationChange.Effect {
  /// The place in the order of risk.
  private var rank: Int {
    switch self {
    case .usesLoosenedRule: 0
    case .loosens: 1
    case .repoints: 2
    case .pinsAccount: 3
    case .ordersRemoval: 4
    case .makesExclusive: 5
    case .changesAddress: 6
    case .changesRoles: 7
    case .invites: 8
    case .isNoLongerSkipped: 9
    case .gives: 10
    case .unblocks: 11
    case .returns: 12
    case .extends: 13
    case .restartsStay: 14
    case .changesStart: 15
    case .changesSponsors: 16
    case .blocks: 17
    case .removes: 18
    case .takes: 19
    case .shortens: 20
    case .changesRule: 21
    case .changesDetails: 22
    case .skips: 23
    case .isHeldBack: 24
    }
  }

  package static func precedes(_ left: Self, _ right: Self) -> Bool { left.rank < right.rank }
}

extension DeclarationChange {
  /// The order in which changes are shown: by risk, then by partner and guest.
  package static func precedes(_ left: Self, _ right: Self) -> Bool {
    if Effect.precedes(left.effect, right.effect) { return true }
    if Effect.precedes(right.effect, left.effect) { return false }
    return (left.partner?.text ?? "", left.guest?.normalised ?? "")
      < (right.partner?.text ?? "", right.guest?.normalised ?? "")
  }
}
