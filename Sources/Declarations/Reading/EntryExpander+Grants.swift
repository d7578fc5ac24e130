internal import Access

extension EntryExpander {
  /// Adds every grant of a guest to its entry; those with a fault are skipped.
  mutating func expandGrants(
    of guest: GuestDeclaration,
    partner: PartnerPolicy?,
    isFirst: Bool,
    into entry: inout GuestEntry
  ) {
    var grants: [GrantEntry] = []
    grants.reserveCapacity(guest.grants.count + (partner?.included.count ?? 0) + 2)
    for reference in guest.grants { add(reference, .guest, to: &grants, &entry) }
    if guest.grants.count > 1 { reportRepeated(guest) }
    if isFirst {
      for grant in resourceGrants[guest.address] ?? [] { add(grant, to: &grants, &entry) }
    }
    for reference in guest.bundles { add(reference, to: &grants, &entry) }
    if let partner {
      for grant in partner.included { add(grant, to: &grants, &entry) }
      for grant in partner.skipped { entry.skippedGrants.append(grant) }
    } else if !guest.isImplied {
      skip(.partner(PartnerName(""), bundle: ""), "no partner has its domain", guest, &entry)
    }
    for origin in guest.unreadable {
      skip(origin, guest.fault ?? "", guest, &entry)
    }
    entry.grants = GrantEntry.merged(grants)
  }

  /// Keeps whatever an origin gave that cannot be read now.
  private func skip(
    _ origin: GrantEntry.Origin,
    _ reason: String,
    _ guest: GuestDeclaration,
    _ entry: inout GuestEntry
  ) {
    entry.skippedGrants.append(
      SkippedGrant(of: origin, reason: reason, place: set.place(guest.mark))
    )
  }

  private mutating func reportRepeated(_ guest: GuestDeclaration) {
    // Comparing all pairs of a few costs less than a table; of many it would cost too much.
    let isRepeated =
      guest.grants.count > 16
      || guest.grants.indices.contains { index in
        guest.grants[..<index].contains { $0.target == guest.grants[index].target }
      }
    guard isRepeated else { return }
    var seen: [NamedResource: Mark] = [:]
    for reference in guest.grants {
      guard let target = reference.target else { continue }
      guard let first = seen[target] else {
        seen[target] = reference.mark
        continue
      }
      set.report(
        .grantTwice,
        "`\(reference.spelled)` is given twice to `\(guest.spelled)`",
        at: reference.mark,
        severity: .warning,
        related: [first],
        scope: .entry(guest.address)
      )
    }
  }

  /// Adds a grant, unless its file has no authority over it.
  private mutating func add(
    _ grant: GrantEntry,
    to grants: inout [GrantEntry],
    _ entry: inout GuestEntry
  ) {
    if checker.covers(grant.resource, inFile: grant.place.file) {
      grants.append(grant)
      return
    }
    if !isOutside { reportOutside(entry, place: grant.place, what: "`\(grant.spelled)`") }
    let reason = "`\(grant.place.file)` has no `authority` over `\(grant.spelled)`"
    entry.skippedGrants.append(SkippedGrant(grant, reason: reason, isOutsideAuthority: true))
  }

  private mutating func add(
    _ reference: GrantReference,
    _ origin: GrantEntry.Origin,
    to grants: inout [GrantEntry],
    _ entry: inout GuestEntry,
    fault: String? = nil
  ) {
    let place = set.place(reference.mark)
    let ends = reference.expires.map { [Ending(rule: $0, origin: .grant)] } ?? []
    let resource = fault == nil ? reference.target.flatMap { names.resource($0) } : nil
    let reason =
      fault ?? reference.fault ?? resource.flatMap { policy.faults.resources[$0] }
      ?? unknownName(reference, resource, entry)
    if let resource, reason == nil {
      add(
        GrantEntry(
          resource: resource,
          spelled: reference.spelled,
          ends: ends,
          origin: origin,
          place: place
        ),
        to: &grants,
        &entry
      )
      return
    }
    entry.skippedGrants.append(
      SkippedGrant(
        resource: resource,
        spelled: reference.spelled,
        ends: ends,
        origin: origin,
        reason: reason ?? "",
        place: place
      )
    )
  }

  /// Says that a name is not in the catalog, and reports it unless that follows from another fault;
  /// `nil` for one that is.
  private mutating func unknownName(
    _ reference: GrantReference,
    _ resource: Resource?,
    _ entry: GuestEntry
  ) -> String? {
    guard let target = reference.target else { return nil }
    let (message, hint): (String, String?)
    if resource != nil {
      guard let role = names.unknownRole(target) else { return nil }
      (message, hint) = role
    } else {
      if let fault = policy.faults.fault(of: target) { return fault }
      (message, hint) = names.explain(target, suggests: set.maySuggest())
      if policy.faults.isIncomplete { return message }
    }
    set.report(
      .unknownName,
      message,
      at: reference.mark,
      hint: hint,
      scope: .entry(entry.address),
      cause: CommonCause(before: "\(message); it is given to ")
    )
    return message
  }

  private mutating func add(
    _ declared: ResourceGrant,
    to grants: inout [GrantEntry],
    _ entry: inout GuestEntry
  ) {
    var reference = declared.grant
    var fault: String?
    if case .groupOrPackage(let name) = reference.target {
      let isGroup = policy.catalog.groups[name] != nil
      let isPackage = policy.catalog.packages[name] != nil
      if isPackage, !isGroup { reference.target = .package(name) }
      if isGroup, isPackage {
        fault = "`\(name)` is a group and a package"
      } else if !isGroup, !isPackage, policy.catalog.apps[name] != nil {
        fault = "`\(name)` is an app: its grants must be under its roles"
      }
      if let fault {
        set.report(
          isGroup ? .ambiguousName : .wrongKind,
          fault,
          at: reference.mark,
          hint: isGroup
            ? "give one of them another name" : "write `\(name): {Role: […]}`",
          scope: .entry(entry.address),
          cause: CommonCause(before: "\(fault); it is given to ")
        )
      }
    }
    add(reference, .resource, to: &grants, &entry, fault: fault)
  }

  private mutating func add(
    _ reference: GrantReference,
    to grants: inout [GrantEntry],
    _ entry: inout GuestEntry
  ) {
    let name = reference.bundle
    let origin = GrantEntry.Origin.bundle(name)
    let place = set.place(reference.mark)
    let end = reference.expires.map { [Ending(rule: $0, origin: .bundle(name))] } ?? []
    guard reference.fault == nil, let bundle = policy.bundles[name] else {
      let reason = reference.fault ?? unknownBundle(reference, entry)
      entry.skippedGrants.append(
        SkippedGrant(of: origin, ends: end, reason: reason, place: place)
      )
      return
    }
    for grant in bundle.grants {
      add(grant.entry(origin, ends: end, place: place), to: &grants, &entry)
    }
    for grant in bundle.faulty {
      entry.skippedGrants.append(grant.skipped(origin, ends: end, place: place))
    }
  }

  private mutating func unknownBundle(_ reference: GrantReference, _ entry: GuestEntry) -> String {
    let name = reference.bundle
    if policy.faults.bundles.contains(name) { return "bundle `\(name)` has a fault" }
    let message = "unknown bundle `\(name)`"
    guard !policy.faults.isIncomplete else { return message }
    set.report(
      .unknownName,
      message,
      at: reference.mark,
      hint: set.maySuggest()
        ? Suggestion.sentence(for: name, among: policy.bundles.keys) : nil,
      scope: .entry(entry.address),
      cause: CommonCause(before: "\(message); it is given to ")
    )
    return message
  }
}
