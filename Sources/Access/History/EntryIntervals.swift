/// The intervals in which entries were declared, of guests and of grants apart.
///
/// Of a large organisation's entries most are grants, while most questions are about guests: apart,
/// a question about a guest touches a small part of the memory that one dictionary would spread it
/// over.
package struct EntryIntervals: Hashable, Sendable {
  private var guests = NumberedTable<EmailAddress, [DeclaredInterval]>()
  package private(set) var grants: [GrantKey: [DeclaredInterval]] = [:]

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
      case .grant(let grant): grants[grant] = newValue
      }
    }
  }

  /// The guests by number.
  package var guestAddresses: [EmailAddress] { guests.keys }
  /// The intervals of the guests, by number.
  package var ofGuests: [[DeclaredInterval]] { guests.values }

  /// The numbers of declared guests, in their order; negative where history knows of none.
  package func numbers(of declared: [GuestEntry]) -> [Int32] {
    guests.numbers(count: declared.count) { declared[$0].address }
  }

  /// The entries, guests before grants.
  package var keys: some Sequence<EntryKey> { lazy.map(\.key) }

  /// Makes room, once it is known how much is to come.
  package mutating func reserveCapacity(guests: Int, grants: Int) {
    if count == 0 { self.guests = NumberedTable(capacity: guests) }
    self.grants.reserveCapacity(grants)
  }

  /// Begins an interval of an entry that stands in none.
  package mutating func open(
    _ key: EntryKey,
    at edge: DeclaredInterval.Edge,
    isBoundary: Bool = false,
    via roles: Set<Resource> = []
  ) {
    let interval = DeclaredInterval(opened: edge, startsAtBoundary: isBoundary, via: roles)
    switch key {
    case .guest(let address): guests.change(address, default: []) { $0.append(interval) }
    case .grant(let grant): grants[grant, default: []].append(interval)
    }
  }

  /// Ends the last interval of an entry, if it has one.
  package mutating func close(_ key: EntryKey, at edge: DeclaredInterval.Edge) {
    guard let last = self[key]?.indices.last else { return }
    switch key {
    case .guest(let address): guests.change(address, default: []) { $0[last].closed = edge }
    case .grant(let grant): grants[grant]?[last].closed = edge
    }
  }
}

extension EntryIntervals: Sequence {
  /// Goes through the guests, then through the grants.
  package func makeIterator() -> Iterator {
    Iterator(
      guests: zip(guests.keys, guests.values).makeIterator(),
      grants: grants.makeIterator()
    )
  }

  package struct Iterator: IteratorProtocol {
    fileprivate var guests: Zip2Sequence<[EmailAddress], [[DeclaredInterval]]>.Iterator
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
