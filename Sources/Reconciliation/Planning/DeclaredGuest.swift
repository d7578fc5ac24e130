internal import Access

/// A guest of the commit as a plan may act on it: what a fault concerns is not given, and kept
/// where it was given before (DESIGN section 4).
struct DeclaredGuest: Sendable {
  /// What may be given is in `grants`; of a skipped entry, nothing.
  var entry: GuestEntry
  /// True where the entry is given nothing new.
  var isSkipped = false
  /// Grants that are named with a fault: neither given nor, before their end, taken.
  var kept: [GrantEntry] = []
  /// True where some name resolved neither here nor at the last applied commit: what went before
  /// that commit and is still held may have come from it, and is kept.
  var keepsEarlier = false
  /// Grants that a file without authority names: as if they were not written.
  var dropped: Set<Resource> = []

  init(plain entry: GuestEntry) { self.entry = entry }

  init(_ entry: GuestEntry, applied: GuestEntry?) {
    self.entry = entry
    for grant in entry.skippedGrants { keep(grant, applied) }
  }

  /// What could be read of a skipped entry.
  init(skipped entry: GuestEntry, applied: GuestEntry?) {
    self.entry = entry
    isSkipped = true
    // Of two ends the earlier counts, so that a fault cannot make anybody stay longer.
    self.entry.ends += applied?.ends ?? []
    self.entry.pinned = entry.pinned ?? applied?.pinned
    self.entry.grants = []
    for grant in entry.grants {
      var kept = grant
      kept.ends += applied?.grants.first { $0.resource == grant.resource }?.ends ?? []
      self.kept.append(kept)
    }
    for grant in entry.skippedGrants { keep(grant, applied) }
  }

  private mutating func keep(_ skipped: SkippedGrant, _ applied: GuestEntry?) {
    let before = (applied?.grants ?? []).filter { skipped.means($0) }
    if skipped.isOutsideAuthority {
      guard before.contains(where: { $0.isWritten(in: skipped.place.file) }) else {
        if let resource = skipped.resource { dropped.insert(resource) }
        return
      }
    }
    for grant in before {
      var kept = grant
      kept.ends += skipped.ends
      self.kept.append(kept)
    }
    guard before.isEmpty else { return }
    if let resource = skipped.resource {
      kept.append(
        GrantEntry(
          resource: resource,
          spelled: skipped.spelled,
          ends: skipped.ends,
          origin: skipped.origin,
          place: skipped.place
        )
      )
    } else {
      keepsEarlier = true
    }
  }
}

extension SkippedGrant {
  /// True if a grant of the last applied commit is what this one named there.
  fileprivate func means(_ grant: GrantEntry) -> Bool {
    if let resource { return grant.resource == resource }
    return origin.covers(grant.origin) && (spelled.isEmpty || grant.spelled == spelled)
  }
}

extension GrantEntry.Origin {
  /// True for the same origin; an empty name of a bundle or a partner represents any.
  fileprivate func covers(_ other: Self) -> Bool {
    switch (self, other) {
    case (.bundle(""), .bundle): true
    case (.partner(let mine, bundle: let bundle), .partner(let partner, bundle: let others)):
      (mine.text.isEmpty || mine == partner) && (bundle.isEmpty || bundle == others)
    default: self == other
    }
  }
}

extension GrantEntry {
  fileprivate func isWritten(in file: String) -> Bool {
    place.file == file || otherPlaces.contains { $0.file == file }
  }
}

/// Every guest that a commit declares, faults included.
///
/// Those without a fault are made when they are asked for: a second copy of all of them would be most
/// of what a large plan holds.
struct DeclaredGuests: Sendable, RandomAccessCollection {
  private let plain: [GuestEntry]
  /// Guests with a fault, by position: among the plain ones or after them.
  private var faulty: [Int: DeclaredGuest] = [:]
  let startIndex = 0
  private(set) var endIndex: Int
  /// Addresses that only a file without authority names: as if they were not declared.
  private(set) var dropped: Set<EmailAddress> = []

  subscript(position: Int) -> DeclaredGuest {
    faulty[position] ?? DeclaredGuest(plain: plain[position])
  }

  init(_ input: PlanningInput, _ ownership: Ownership) {
    plain = input.desired.guests
    endIndex = plain.count
    let applied = AppliedEntries(input, ownership)
    for (position, guest) in plain.enumerated() where !guest.skippedGrants.isEmpty {
      faulty[position] = DeclaredGuest(guest, applied: applied.entry(of: guest))
    }
    for skipped in input.desired.withheld.sorted(by: { $0.address < $1.address }) {
      // An order under `removed` declares nothing.
      guard let readable = skipped.readable else { continue }
      let before = applied.entry(of: skipped)
      let files = Set(skipped.places.map(\.file) + [readable.place.file])
      if skipped.isOutsideAuthority, before.map({ files.contains($0.place.file) }) != true {
        dropped.insert(skipped.address)
      } else {
        faulty[endIndex] = DeclaredGuest(skipped: readable, applied: before)
        endIndex += 1
      }
    }
  }
}

/// What entries with a fault said when a run last carried them out.
private struct AppliedEntries {
  private let last: [EmailAddress: GuestEntry]
  private let past: [CommitID: [EmailAddress: GuestEntry]]
  /// The grants that are not declared any more, or whose names resolve to nothing.
  private let ended: [EmailAddress: [GrantKey]]
  private let ownership: Ownership

  init(_ input: PlanningInput, _ ownership: Ownership) {
    let hasFaults =
      !input.desired.withheld.isEmpty
      || input.desired.guests.contains { !$0.skippedGrants.isEmpty }
    last = hasFaults ? input.applied?.entries ?? [:] : [:]
    past = hasFaults ? input.past.mapValues(\.entries) : [:]
    let ended = hasFaults ? input.history.intervals.ended : []
    self.ended = Dictionary(grouping: ended, by: \.guest)
    self.ownership = ownership
  }

  func entry(of skipped: WithheldEntry) -> GuestEntry? {
    entry(of: skipped.address, at: ownership.lastCarriedOut(.guest(skipped.address)))
  }

  /// The entry as it was applied, with its skipped grants as they were carried out before.
  func entry(of guest: GuestEntry) -> GuestEntry? {
    guard var entry = last[guest.address] else { return nil }
    func add(_ key: GrantKey, of commit: CommitID?) {
      guard !entry.grants.contains(where: { $0.resource == key.resource }) else { return }
      let before = self.entry(of: guest.address, at: commit)
      entry.grants += before?.grants.filter { $0.resource == key.resource } ?? []
    }
    for resource in guest.skippedGrants.compactMap(\.resource) {
      let key = GrantKey(guest: guest.address, resource: resource)
      add(key, of: ownership.lastCarriedOut(.grant(key)))
    }
    if guest.skippedGrants.contains(where: { $0.resource == nil }) {
      for key in ended[guest.address] ?? [] {
        add(key, of: ownership.removalStep(of: .grant(key)).flatMap(ownership.lastApplied(before:)))
      }
    }
    return entry
  }

  private func entry(of address: EmailAddress, at commit: CommitID?) -> GuestEntry? {
    commit.flatMap { past[$0]?[address] } ?? last[address]
  }
}

extension DesiredState {
  /// The entries of the guests by address, what could be read of the skipped ones included.
  var entries: [EmailAddress: GuestEntry] {
    var entries = Dictionary(
      guests.map { ($0.address, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for skipped in withheld where entries[skipped.address] == nil && !skipped.isOutsideAuthority {
      if let readable = skipped.readable { entries[skipped.address] = readable }
    }
    return entries
  }
}
