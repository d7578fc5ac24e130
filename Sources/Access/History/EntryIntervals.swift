/// The intervals in which entries were declared, of guests and of grants apart.
package struct EntryIntervals: Hashable, Sendable {
  package private(set) var guests: [EmailAddress: [DeclaredInterval]] = [:]
  package private(set) var grants: [GrantKey: [DeclaredInterval]] = [:]
  /// The grants that are not declared any more.
  package private(set) var ended: Set<GrantKey> = []

  package init() {}

  package var count: Int { guests.count + grants.count }

  package subscript(key: EntryKey) -> [DeclaredInterval]? {
    get {
      switch key {
      case .guest(let address): guests[address]
      case .grant(let grant): grants[grant]
      }
    }
    set {
      switch key {
      case .guest(let address): guests[address] = newValue
      case .grant(let grant):
        grants[grant] = newValue
        let isEnded = newValue?.last.map { $0.closed != nil } ?? false
        if isEnded { ended.insert(grant) } else { ended.remove(grant) }
      }
    }
  }

  /// The entries, guests before grants.
  package var keys: some Sequence<EntryKey> { lazy.map(\.key) }

  /// Makes room, once it is known how much is to come.
  package mutating func reserveCapacity(guests: Int, grants: Int) {
    self.guests.reserveCapacity(guests)
    self.grants.reserveCapacity(grants)
  }

  /// Begins an interval of an entry that is in none.
  package mutating func open(
    _ key: EntryKey,
    at edge: DeclaredInterval.Edge,
    isBoundary: Bool = false,
    via roles: Set<Resource> = []
  ) {
    let interval = DeclaredInterval(opened: edge, startsAtBoundary: isBoundary, via: roles)
    switch key {
    case .guest(let address): guests[address, default: []].append(interval)
    case .grant(let grant):
      grants[grant, default: []].append(interval)
      ended.remove(grant)
    }
  }

  /// Notes that what declares a membership changed within its last interval.
  package mutating func extend(_ key: EntryKey, via roles: Set<Resource>) {
    guard var intervals = self[key], let last = intervals.indices.last, !intervals[last].via.isEmpty
    else { return }
    intervals[last].via = roles.isEmpty ? [] : intervals[last].via.union(roles)
    self[key] = intervals
  }

  /// Ends the last interval of an entry, if it has one.
  package mutating func close(_ key: EntryKey, at edge: DeclaredInterval.Edge) {
    guard let last = self[key]?.indices.last else { return }
    switch key {
    case .guest(let address): guests[address]?[last].closed = edge
    case .grant(let grant):
      grants[grant]?[last].closed = edge
      ended.insert(grant)
    }
  }
}

extension EntryIntervals: Sequence {
  /// Goes through the guests, then through the grants.
  package func makeIterator() -> Iterator {
    Iterator(guests: guests.makeIterator(), grants: grants.makeIterator())
  }

  package struct Iterator: IteratorProtocol {
    fileprivate var guests: [EmailAddress: [DeclaredInterval]].Iterator
    fileprivate var grants: [GrantKey: [DeclaredInterval]].Iterator

    package mutating func next() -> (key: EntryKey, value: [DeclaredInterval])? {
      if let (address, intervals) = guests.next() { return (.guest(address), intervals) }
      return grants.next().map { (.grant($0.key), $0.value) }
    }
  }
}

extension EntryIntervals: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (EntryKey, [DeclaredInterval])...) {
    for (key, intervals) in elements { self[key] = intervals }
  }
}
