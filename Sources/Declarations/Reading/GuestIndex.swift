internal import Access

/// The addresses of all declared guests in their order, each once, with the place of its entry.
struct GuestIndex: Sendable {
  private var addresses: [EmailAddress] = []
  private var marks: [Mark] = []

  func contains(_ address: EmailAddress) -> Bool { position(of: address) != nil }

  /// Where the entry of an address stands; `nil` for one that is not declared.
  func mark(of address: EmailAddress) -> Mark? { position(of: address).map { marks[$0] } }

  mutating func reserveCapacity(_ count: Int) {
    addresses.reserveCapacity(count)
    marks.reserveCapacity(count)
  }

  /// Adds the next address in order.
  mutating func append(_ address: EmailAddress, at mark: Mark) {
    addresses.append(address)
    marks.append(mark)
  }

  private func position(of address: EmailAddress) -> Int? {
    var low = 0
    var high = addresses.count
    while low < high {
      let middle = (low + high) / 2
      if addresses[middle] < address { low = middle + 1 } else { high = middle }
    }
    return low < addresses.count && addresses[low] == address ? low : nil
  }
}
