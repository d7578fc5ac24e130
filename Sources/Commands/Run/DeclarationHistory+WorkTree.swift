internal import Access

extension CommitID {
  /// Represents what is not committed, as it does in `git blame`.
  static let uncommitted = CommitID(hex: String(repeating: "0", count: 40))
}

extension DeclarationHistory {
  /// The history as it would be if the files of the work tree were committed now.
  func followed(by desired: DesiredState, as commit: CommitID, now: Moment) -> DeclarationHistory {
    var history = self
    let step = chain.count
    let nobody = HistoryStep.Person(name: "", email: "")
    history.chain.append(
      HistoryStep(
        commit: commit,
        author: nobody,
        committer: nobody,
        authored: now,
        committed: now,
        subject: "not committed yet"
      )
    )
    var declared: [EntryKey: SourcePlace] = [:]
    for guest in desired.guests {
      declared[.guest(guest.address)] = guest.place
      for grant in guest.grants {
        declared[.grant(GrantKey(guest: guest.address, resource: grant.resource))] = grant.place
        guard case .appRole(let id, let role) = grant.resource,
          let group = desired.catalog.apps.values.first(where: { $0.id == id })?.via[role]
        else { continue }
        declared[.grant(GrantKey(guest: guest.address, resource: .group(group)))] = grant.place
      }
      for (kind, date) in [
        (DeclaredDate.Kind.reviewed, guest.reviewed), (.returned, guest.returned),
      ] {
        let before = dates[guest.address]?.lazy.filter { $0.kind == kind }.map(\.date).max()
        guard let date, before.map({ $0 < date }) ?? true else { continue }
        history.dates[guest.address, default: []].append(DeclaredDate(kind, date, step: step))
      }
    }
    // Entries with a fault are declared still; what they declare cannot be told for certain.
    let faulty = Set(desired.withheld.lazy.map(\.address)).union(
      desired.guests.lazy.filter { !$0.skippedGrants.isEmpty }.map(\.address)
    )
    for (key, place) in declared where intervals[key]?.last.map({ $0.closed != nil }) ?? true {
      history.intervals.open(key, at: .init(step: step, place: place))
    }
    for (key, intervals) in intervals
    where intervals.last?.closed == nil && declared[key] == nil && !faulty.contains(key.guest) {
      history.intervals.close(key, at: .init(step: step, place: intervals.last?.opened.place))
    }
    return history
  }
}
