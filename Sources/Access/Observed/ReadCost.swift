/// What a reading cost: requests that Graph metered, trips over the network, resource units.
///
/// A `$batch` of twenty is twenty requests and one trip (FACTS section 6).
package struct ReadCost: Hashable, Sendable {
  package var requests: Int
  package var roundTrips: Int
  package var resourceUnits: Int
  /// Reads beyond the floor of FACTS section 12, by what they were for, in the order of reading.
  package var extras: [Extra]

  package init(
    requests: Int = 0,
    roundTrips: Int = 0,
    resourceUnits: Int = 0,
    extras: [Extra] = []
  ) {
    self.requests = requests
    self.roundTrips = roundTrips
    self.resourceUnits = resourceUnits
    self.extras = extras
  }

  /// Adds the cost of a further reading; extras for one purpose become one.
  package mutating func add(_ later: ReadCost) {
    requests += later.requests
    roundTrips += later.roundTrips
    resourceUnits += later.resourceUnits
    for extra in later.extras {
      if let index = extras.firstIndex(where: { $0.purpose == extra.purpose }) {
        extras[index].requests += extra.requests
      } else {
        extras.append(extra)
      }
    }
  }

  package struct Extra: Hashable, Sendable {
    package var purpose: String
    package var requests: Int

    package init(purpose: String, requests: Int) {
      self.purpose = purpose
      self.requests = requests
    }
  }
}
