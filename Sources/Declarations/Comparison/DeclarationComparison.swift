package import Access

/// What a change of the declarations means, by the repository alone (CONVENTIONS: `diff`).
package struct DeclarationComparison: Sendable {
  /// The riskiest first.
  package let changes: [DeclarationChange]

  /// Compares what two commits declare; a reading without any files is a commit that declares
  /// nothing.
  ///
  /// Where several entries break a limit together, those of the earlier commit came first. The
  /// number of guests of the earlier commit is given where its reading has not all of them.
  package init(
    from base: DeclarationReading,
    to head: DeclarationReading,
    guestsBefore count: Int? = nil,
    now: Moment
  ) {
    let before = Set((base.desired?.guests ?? []).map(\.address))
    let grants = Set((base.desired?.guests ?? []).flatMap(\.grantKeys))
    let head = head.ordered { key in
      switch key {
      case .guest(let guest): before.contains(guest) ? 0 : nil
      case .grant(let grant): grants.contains(grant) ? 0 : nil
      }
    }
    guard let desired = head.desired else {
      changes = []
      return
    }
    var found = GuestComparison(from: base.desired, to: desired, now: now).changes
    guard head.isUsable else {
      // What cannot be read is not gone, and nothing else would be carried out.
      changes = found.filter(\.isIncident).sorted(by: DeclarationChange.precedes)
      return
    }
    if let old = base.policy, let new = head.policy {
      let loosening = PolicyLoosening(from: base, to: head, now: now)
      if old != new {
        let bundles = BundleEffects(from: base.desired, to: desired, old, new)
        found = found.map { bundles.placed($0, head) }
        found +=
          PolicyComparison(
            from: base,
            old,
            to: head,
            new,
            loosening,
            shownBundles: bundles.shown
          ).changes
      }
      found += Self.uses(loosening.uses, desired)
      found = found.compactMap { $0.withoutDetails(ofPolicy: old, new) }
    }
    let forecast = GuardForecast(
      found,
      from: base.policy,
      to: desired,
      guestsBefore: count ?? before.count,
      now: now
    )
    found += forecast.changes
    changes = found.sorted(by: DeclarationChange.precedes)
  }

  /// What is wrong in some files of the later commit, or with the folder as a whole, and is not the
  /// reason for which an entry is skipped.
  package func errors(of head: DeclarationReading, inFiles files: Set<String>) -> [Finding] {
    var skipped: Set<EmailAddress> = []
    var reasons: Set<String> = []
    for change in changes {
      guard case .skips(_, let reason) = change.effect, let guest = change.guest else { continue }
      skipped.insert(guest)
      reasons.insert(reason)
    }
    return head.findings.filter { finding in
      guard finding.severity == .error, !reasons.contains(finding.message) else { return false }
      if case .entry(let guest) = finding.scope, skipped.contains(guest) { return false }
      return finding.place.map { files.contains($0.file) } ?? true
    }
  }

  /// Entries that only a loosened rule lets pass, with where they are.
  private static func uses(
    _ uses: [EntryKey: String],
    _ desired: DesiredState
  ) -> [DeclarationChange] {
    let entries = Dictionary(desired.guests.map { ($0.address, $0) }) { first, _ in first }
    return uses.sorted { $0.key < $1.key }.map { key, rule in
      let entry = entries[key.guest]
      var resource: Resource?
      if case .grant(let grant) = key { resource = grant.resource }
      let grant = entry?.grants.first { $0.resource == resource }
      return DeclarationChange(
        .usesLoosenedRule(resource, rule),
        guest: key.guest,
        partner: entry?.partner,
        place: grant?.place ?? entry?.place
      )
    }
  }
}

/// What changed bundles give to and take from guests who have them before and after.
private struct BundleEffects {
  /// The bundles of which something shows in the access of a guest.
  private(set) var shown: Set<String> = []
  /// By guest and resource, the bundle that gives or takes it.
  private var causes: [GrantKey: String] = [:]

  init(from base: DesiredState?, to head: DesiredState, _ old: Policy, _ new: Policy) {
    let changed = Set(old.bundles.keys.filter { old.bundles[$0] != new.bundles[$0] })
      .intersection(new.bundles.keys)
    guard !changed.isEmpty else { return }
    let before = Dictionary((base?.guests ?? []).map { ($0.address, $0) }) { first, _ in first }
    for entry in head.guests {
      guard let earlier = before[entry.address], earlier.grants != entry.grants else { continue }
      let (was, now) = (earlier.bundleGrants(changed), entry.bundleGrants(changed))
      for name in Set(was.keys).intersection(now.keys) where was[name] != now[name] {
        shown.insert(name)
        for grant in (was[name] ?? []).symmetricDifference(now[name] ?? []) {
          causes[GrantKey(guest: entry.address, resource: grant.resource)] = name
        }
      }
    }
  }

  /// A change that a bundle causes, at the place of the bundle.
  func placed(_ change: DeclarationChange, _ head: DeclarationReading) -> DeclarationChange {
    guard let guest = change.guest else { return change }
    let resources: [Resource]
    switch change.effect {
    case .gives(let given): resources = given
    case .takes(let taken): resources = taken
    case .changesRoles(let app, let old, let new):
      resources = (old + new).map { .appRole(app, $0) }
    case .extends(let resource?, _, _), .shortens(let resource?, _, _): resources = [resource]
    default: return change
    }
    let bundles = Set(resources.map { causes[GrantKey(guest: guest, resource: $0)] })
    guard bundles.count == 1, let bundle = bundles.first ?? nil,
      let place = head.place(of: "bundles.\(bundle)")
    else { return change }
    var change = change
    (change.place, change.isGone) = (place, false)
    return change
  }
}

extension GuestEntry {
  /// What some bundles give, by their names, wherever that is written.
  fileprivate func bundleGrants(_ names: Set<String>) -> [String: Set<GivenResource>] {
    grants.reduce(into: [:]) { given, grant in
      switch grant.origin {
      case .bundle(let name), .partner(_, bundle: let name):
        if names.contains(name) {
          given[name, default: []].insert(GivenResource(resource: grant.resource, ends: grant.ends))
        }
      case .guest, .resource: break
      }
    }
  }

  fileprivate struct GivenResource: Hashable {
    var resource: Resource
    var ends: [Ending]
  }

  fileprivate var grantKeys: [GrantKey] {
    grants.map { GrantKey(guest: address, resource: $0.resource) }
  }
}

extension DeclarationChange {
  /// Whether it is carried out even of a commit that cannot be used.
  fileprivate var isIncident: Bool {
    switch effect {
    case .blocks, .shortens: true
    default: false
    }
  }

  /// The change without what the policy changed for everybody; `nil` where nothing else is left.
  fileprivate func withoutDetails(ofPolicy old: Policy, _ new: Policy) -> Self? {
    guard case .changesDetails(var keys) = effect, let partner else { return self }
    let isFollowing =
      old.defaults.invitation != new.defaults.invitation
      || old.partners[partner]?.invitation != new.partners[partner]?.invitation
    if isFollowing { keys.removeAll { $0 == "invitation" } }
    var change = self
    change.effect = .changesDetails(keys)
    return keys.isEmpty ? nil : change
  }
}
