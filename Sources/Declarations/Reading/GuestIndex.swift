internal import Access

/// The guests of all files in the order of their addresses, each address once.
struct GuestIndex: Sendable {
  /// One guest's declaration, by its file and its position there.
  struct Reference: Hashable, Sendable {
    var file: Int32
    var position: Int32
  }

  private(set) var guests: [Reference] = []
  private(set) var addresses: [EmailAddress] = []
  /// Declarations of an address that has one already, which is the first in the order of files.
  private(set) var repeated: [(Reference, first: Reference)] = []

  /// Sorts once; ten times the guests take hardly more than ten times as long.
  init(_ files: [FileDeclarations]) {
    let count = files.reduce(0) { $0 + $1.guests.count }
    var references: [Reference] = []
    var addresses: [EmailAddress] = []
    references.reserveCapacity(count)
    addresses.reserveCapacity(count)
    for (file, declared) in files.enumerated() {
      for position in declared.guests.indices {
        references.append(
          Reference(
            file: Int32(truncatingIfNeeded: file),
            position: Int32(truncatingIfNeeded: position)
          )
        )
        addresses.append(declared.guests[position].address)
      }
    }
    // Numbers are sorted instead of declarations, which are large; the sort is stable.
    let order = (0..<Int32(truncatingIfNeeded: count)).sorted {
      addresses[Int($0)] < addresses[Int($1)]
    }
    guests.reserveCapacity(count)
    self.addresses.reserveCapacity(count)
    for number in order {
      let reference = references[Int(number)]
      if let last = guests.last, self.addresses.last == addresses[Int(number)] {
        repeated.append((reference, first: last))
      } else {
        guests.append(reference)
        self.addresses.append(addresses[Int(number)])
      }
    }
  }

  func contains(_ address: EmailAddress) -> Bool { position(of: address) != nil }

  /// Where an address stands in the order.
  func position(of address: EmailAddress) -> Int? {
    var low = 0
    var high = addresses.count
    while low < high {
      let middle = (low + high) / 2
      if addresses[middle] < address { low = middle + 1 } else { high = middle }
    }
    return low < addresses.count && addresses[low] == address ? low : nil
  }
}
