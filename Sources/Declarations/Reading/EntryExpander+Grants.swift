internal import Access

extension EntryExpander {
  /// Every grant of a guest, ordered by resource and merged: the earliest of all ends wins.
  mutating func grants(
    of guest: GuestDeclaration,
    partner: PartnerPolicy
  ) -> [GrantEntry] {
    var grants: [GrantEntry] = []
    grants.reserveCapacity(guest.grants.count + partner.included.count + 2)
    for reference in guest.grants { add(reference, .guest, guest.address, to: &grants) }
    if guest.grants.count > 1 { reportRepeated(guest) }
    for holder in holders[guest.address] ?? [] { add(holder, to: &grants) }
    for reference in guest.bundles { add(reference, guest.address, to: &grants) }
    grants += partner.included
    markUsed(grants)
    return Self.merged(grants)
  }

  /// Takes the apps off the list of those that nobody uses; it is soon empty.
  private mutating func markUsed(_ grants: [GrantEntry]) {
    guard !unusedApps.isEmpty else { return }
    for index in grants.indices {
      if case .appRole(let app, _) = grants[index].resource { unusedApps.remove(app) }
    }
  }

  private mutating func reportRepeated(_ guest: GuestDeclaration) {
    // Comparing all pairs of a few costs less than a table; of many it would cost too much.
    let isShort = guest.grants.count <= 16
    let isRepeated =
      !isShort
      || guest.grants.indices.contains { index in
        guest.grants[..<index].contains { $0.target == guest.grants[index].target }
      }
    guard isRepeated else { return }
    var seen: [GrantReference.Target: Mark] = [:]
    for reference in guest.grants {
      if let first = seen[reference.target] {
        set.report(
          .grantTwice,
          .warning,
          "`\(reference.spelled)` is given twice to `\(guest.spelled)`",
          at: reference.mark,
          related: [first],
          scope: .entry(guest.address)
        )
      } else {
        seen[reference.target] = reference.mark
      }
    }
  }

  private mutating func add(
    _ reference: GrantReference,
    _ origin: GrantEntry.Origin,
    _ guest: EmailAddress,
    to grants: inout [GrantEntry]
  ) {
    guard let resource = names.resource(reference.target) else {
      let (message, suggestion) = names.explain(reference.target, suggests: set.maySuggest())
      set.report(
        .unknownName,
        message,
        at: reference.mark,
        suggestion: suggestion,
        scope: .entry(guest)
      )
      return
    }
    grants.append(
      GrantEntry(
        resource: resource,
        spelled: reference.spelled,
        ends: reference.expires.map { [Ending(rule: $0, origin: .grant)] } ?? [],
        origin: origin,
        place: set.place(reference.mark)
      )
    )
  }

  private mutating func add(_ holder: HolderDeclaration, to grants: inout [GrantEntry]) {
    var reference = holder.grant
    if holder.isAmbiguous, case .group(let name) = reference.target {
      let isGroup = policy.catalog.groups[name] != nil
      let isPackage = policy.catalog.packages[name] != nil
      if isGroup, isPackage {
        set.report(
          .ambiguousName,
          "`\(name)` is a group and an access package",
          at: reference.mark,
          scope: .entry(holder.guest)
        )
        return
      }
      if isPackage { reference.target = .package(name) }
      if !isGroup, !isPackage, policy.catalog.apps[name] != nil {
        set.report(
          .wrongKind,
          "`\(name)` is an app: its grants stand under its roles",
          at: reference.mark,
          suggestion: "write `\(name): {Role: […]}`",
          scope: .entry(holder.guest)
        )
        return
      }
    }
    add(reference, .resource, holder.guest, to: &grants)
  }

  private mutating func add(
    _ reference: BundleReference,
    _ guest: EmailAddress,
    to grants: inout [GrantEntry]
  ) {
    usedBundles.insert(reference.name)
    guard let bundle = policy.bundles[reference.name] else {
      set.report(
        .unknownName,
        "`\(reference.name)` is no bundle",
        at: reference.mark,
        suggestion: set.maySuggest()
          ? Suggestion.sentence(for: reference.name, among: policy.bundles.keys) : nil,
        scope: .entry(guest)
      )
      return
    }
    let place = set.place(reference.mark)
    let end = reference.expires.map { [Ending(rule: $0, origin: .bundle(reference.name))] } ?? []
    for grant in bundle.grants {
      grants.append(
        GrantEntry(
          resource: grant.resource,
          spelled: grant.spelled,
          ends: grant.ends + end,
          origin: .bundle(reference.name),
          place: place
        )
      )
    }
  }

  private static func merged(_ grants: [GrantEntry]) -> [GrantEntry] {
    guard grants.count > 1 else { return grants }
    // Positions are sorted instead of grants, which are large.
    var order = Array(grants.indices)
    order.sort { left, right in
      let (one, other) = (grants[left].resource, grants[right].resource)
      if one != other { return one < other }
      return (grants[left].origin.rank, grants[left].place)
        < (grants[right].origin.rank, grants[right].place)
    }
    var merged: [GrantEntry] = []
    // Exactly as many: what is kept of a hundred thousand guests should have no room to spare.
    merged.reserveCapacity(
      1
        + zip(order, order.dropFirst()).lazy.filter {
          grants[$0].resource != grants[$1].resource
        }.count
    )
    for position in order {
      guard let last = merged.last, last.resource == grants[position].resource else {
        merged.append(grants[position])
        continue
      }
      let grant = grants[position]
      merged[merged.count - 1].ends += grant.ends
      if grant.place != last.place, last.otherPlaces.last != grant.place {
        merged[merged.count - 1].otherPlaces.append(grant.place)
      }
    }
    for index in merged.indices where merged[index].ends.count > 1 {
      var seen: Set<Ending> = []
      merged[index].ends.removeAll { !seen.insert($0).inserted }
    }
    return merged
  }
}

extension GrantEntry.Origin {
  /// Which of several declarations of one grant speaks for it.
  fileprivate var rank: Int {
    switch self {
    case .guest: 0
    case .resource: 1
    case .bundle: 2
    case .partner: 3
    }
  }
}
