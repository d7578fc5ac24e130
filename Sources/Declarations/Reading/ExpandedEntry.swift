internal import Access

/// One declaration of a guest, expanded, with what is wrong with it.
struct ExpandedEntry {
  var entry: GuestEntry
  var mark: Mark
  /// Why it is skipped.
  var fault: String?
  var isOutsideAuthority = false
  private var places: [SourcePlace]

  init(entry: GuestEntry, mark: Mark) {
    self.entry = entry
    self.mark = mark
    places = [entry.place]
  }

  /// Several declarations of one person as one that is skipped: whatever takes something in any of
  /// them counts, and a grant is kept while one of them names it.
  ///
  /// It is `nil` for none.
  init?(merging entries: [Self]) {
    guard var merged = entries.first else { return nil }
    for other in entries.dropFirst() {
      merged.entry.blocked = merged.entry.blocked ?? other.entry.blocked
      merged.entry.ends += other.entry.ends
      merged.entry.grants += other.entry.grants
      merged.entry.skippedGrants += other.entry.skippedGrants
      merged.places += other.places
      merged.fault = merged.fault ?? other.fault ?? "`\(merged.entry.spelled)` is declared twice"
    }
    if entries.count > 1 {
      merged.entry.ends = merged.entry.ends.withoutRepetition
      merged.entry.grants = GrantEntry.merged(merged.entry.grants)
    }
    self = merged
  }

  /// The entry as one that is given nothing new; `nil` where nothing is wrong.
  var withheld: WithheldEntry? {
    fault.map {
      WithheldEntry(
        address: entry.address,
        reason: $0,
        places: Set(places).sorted(),
        readable: entry,
        isOutsideAuthority: isOutsideAuthority
      )
    }
  }
}

extension SkippedGrant {
  /// A grant that cannot be given.
  init(_ grant: GrantEntry, reason: String, isOutsideAuthority: Bool = false) {
    self.init(
      resource: grant.resource,
      spelled: grant.spelled,
      ends: grant.ends,
      origin: grant.origin,
      reason: reason,
      place: grant.place,
      isOutsideAuthority: isOutsideAuthority
    )
  }

  /// Whatever an origin gives that cannot be read.
  init(of origin: GrantEntry.Origin, ends: [Ending] = [], reason: String, place: SourcePlace) {
    self.init(
      resource: nil,
      spelled: "",
      ends: ends,
      origin: origin,
      reason: reason,
      place: place
    )
  }
}

extension GuestEntry {
  /// Turns grants at some positions into skipped ones, each for a reason.
  mutating func skip(_ reasons: [Int: String]) {
    for (position, reason) in reasons.sorted(by: { $0.key < $1.key }) {
      skippedGrants.append(SkippedGrant(grants[position], reason: reason))
    }
    grants = grants.indices.filter { reasons[$0] == nil }.map { grants[$0] }
  }
}

extension GrantEntry {
  /// Grants ordered by resource, those of one resource as one: the earliest of all ends wins.
  static func merged(_ grants: [GrantEntry]) -> [GrantEntry] {
    guard grants.count > 1 else { return grants }
    let sorted = grants.sorted { left, right in
      if left.resource != right.resource { return left.resource < right.resource }
      return (left.origin.rank, left.place) < (right.origin.rank, right.place)
    }
    var merged: [GrantEntry] = []
    // What is kept of a hundred thousand guests should have no room to spare.
    merged.reserveCapacity(Set(sorted.lazy.map(\.resource)).count)
    for grant in sorted {
      guard let last = merged.last, last.resource == grant.resource else {
        merged.append(grant)
        continue
      }
      merged[merged.count - 1].ends += grant.ends
      if grant.place != last.place, last.otherPlaces.last != grant.place {
        merged[merged.count - 1].otherPlaces.append(grant.place)
      }
    }
    for index in merged.indices where merged[index].ends.count > 1 {
      merged[index].ends = merged[index].ends.withoutRepetition
    }
    return merged
  }
}

extension GrantEntry.Origin {
  /// Which of several declarations of one grant is shown.
  fileprivate var rank: Int {
    switch self {
    case .guest: 0
    case .resource: 1
    case .bundle: 2
    case .partner: 3
    }
  }
}

extension [Ending] {
  fileprivate var withoutRepetition: Self {
    var seen: Set<Ending> = []
    return filter { seen.insert($0).inserted }
  }
}
