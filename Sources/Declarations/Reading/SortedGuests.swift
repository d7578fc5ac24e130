internal import Access

/// The guests of all files in the order of their addresses.
struct SortedGuests: Sendable {
  /// The first declaration of each address in the order of files.
  private(set) var first: [Boxed<GuestDeclaration>] = []
  /// Declarations of an address beyond the first.
  private(set) var repeated: [EmailAddress: [Boxed<GuestDeclaration>]] = [:]
  /// Where the first declaration of each address is.
  private(set) var marks: [EmailAddress: Mark] = [:]

  /// Sorts once; ten times the guests take hardly more than ten times as long.
  init(_ guests: [Boxed<GuestDeclaration>]) {
    marks.reserveCapacity(guests.count)
    for guest in guests.sorted(by: { $0.value.address < $1.value.address }) {
      let address = guest.value.address
      if marks[address] == nil {
        first.append(guest)
        marks[address] = guest.value.mark
      } else {
        repeated[address, default: []].append(guest)
      }
    }
  }

  func contains(_ address: EmailAddress) -> Bool { marks[address] != nil }
}
