package import Access
package import Journal

/// Why one guest has what they have: what declares it, what was written, and what the tenant says.
package struct GuestExplanation: Sendable {
  package let guest: EmailAddress
  /// The declaration, or what could be read of it; `nil` where nobody declares the guest.
  package let entry: GuestEntry?
  /// Why the entry is given nothing new; `nil` where nothing is wrong with it.
  package let fault: WithheldEntry?
  /// The order to take away what was never declared.
  package let order: RemovalEntry?
  package let attribution: Attribution
  package let access: [Access]
  /// When the entry ends by itself.
  package let end: Moment?
  /// What runs wrote, the last ones.
  package let writes: [LifeEvent]
  /// False where no journal was found.
  package let hasJournal: Bool
  /// `nil` where the tenant was not asked.
  package var tenant: TenantView?

  /// Whether anything is known of the guest: from the commit, its history, the journal or the tenant.
  package var isKnown: Bool {
    entry != nil || fault != nil || order != nil || attribution.status != .neverDeclared
      || !writes.isEmpty || tenant?.account != nil
  }

  /// A declared grant.
  package struct Access: Hashable, Sendable {
    package var grant: GrantEntry
    package var attribution: Attribution
    package var end: Moment?
    /// When a run of ours gave it; `nil` where none did.
    package var given: Moment?
  }

  /// Takes what the commit declares and what git and the journal know.
  package init(
    _ guest: EmailAddress,
    _ desired: DesiredState,
    _ record: AccessRecord,
    events: [JournalEvent],
    hasJournal: Bool
  ) {
    self.guest = guest
    self.hasJournal = hasJournal
    fault = desired.withheld.first { $0.address == guest }
    let entry = desired.guests.first { $0.address == guest } ?? fault?.readable
    self.entry = entry
    order = desired.removed.first { $0.address == guest }
    attribution = record.attribution(of: .guest(guest))
    let introduced = attribution.introduced?.moment
    func end(_ ends: [Ending], _ from: Moment?) -> Moment? {
      let counted = [from, entry?.reviewed].compactMap(\.self).max()
      return ends.compactMap { ending in
        switch ending.rule {
        case .at(let date): date
        case .afterIntroduction(let span): counted.map { $0 + span }
        }
      }.min()
    }
    self.end = entry.flatMap { end($0.ends, introduced) }
    access = (entry?.grants ?? []).map { grant in
      let key = EntryKey.grant(GrantKey(guest: guest, resource: grant.resource))
      let attribution = record.attribution(of: key)
      return Access(
        grant: grant,
        attribution: attribution,
        end: end(grant.ends, attribution.introduced?.moment),
        given: attribution.given?.moment
      )
    }
    writes = record.life(of: guest, events).filter {
      if case .journaled = $0.kind { true } else { false }
    }
  }
}

/// Why guests have an app, a group or a package.
package struct ResourceExplanation: Sendable {
  package let subject: Subject
  package let holders: [Holder]
  package let skipped: [WithheldEntry]
  /// What runs wrote, the last ones.
  package let writes: [LifeEvent]
  /// `nil` where the tenant was not asked.
  package var tenant: TenantView?

  package enum Subject: Hashable, Sendable {
    case app(AppID)
    case group(GroupID)
    case package(AccessPackageID)

    package func fits(_ resource: Resource) -> Bool {
      switch (self, resource) {
      case (.app(let id), .appRole(let app, _)): id == app
      case (.group(let id), .group(let group)): id == group
      case (.package(let id), .package(let package)): id == package
      default: false
      }
    }
  }

  /// A guest who is declared to have it.
  package struct Holder: Hashable, Sendable {
    package var guest: EmailAddress
    package var partner: PartnerName
    package var grants: [GrantEntry]
    package var skipped: [SkippedGrant]
  }

  package init(
    _ subject: Subject,
    _ desired: DesiredState,
    _ record: AccessRecord,
    events: [JournalEvent]
  ) {
    self.subject = subject
    holders = desired.guests.compactMap { entry in
      let holder = Holder(
        guest: entry.address,
        partner: entry.partner,
        grants: entry.grants.filter { subject.fits($0.resource) },
        skipped: entry.skippedGrants.filter { $0.resource.map(subject.fits) ?? false }
      )
      return holder.grants.isEmpty && holder.skipped.isEmpty ? nil : holder
    }
    skipped = desired.withheld.filter { entry in
      entry.readable?.grants.contains { subject.fits($0.resource) } ?? false
    }
    guard case .app(let app) = subject else {
      writes = []
      return
    }
    writes = record.life(of: app, events).filter {
      if case .journaled = $0.kind { true } else { false }
    }
  }
}
