/// Which account each address belongs to, where accounts are known by their positions.
package struct AddressOwners: Sendable {
  /// The first account that has an address.
  private var first: NumberedTable<EmailAddress, Int32>
  /// Addresses that more than one account has.
  private var shared: [EmailAddress: [Int]] = [:]

  package init(_ accounts: [Account]) {
    first = NumberedTable(capacity: accounts.count)
    for start in stride(from: 0, to: accounts.count, by: 64) {
      let few = start..<min(start + 64, accounts.count)
      var (addresses, owners): ([EmailAddress], [Int32]) = ([], [])
      // Counting them first lets memory fetch all the sets side by side.
      let count = few.reduce(0) { $0 + accounts[$1].addresses.count }
      addresses.reserveCapacity(count)
      owners.reserveCapacity(count)
      for account in few {
        for address in accounts[account].addresses {
          addresses.append(address)
          owners.append(Int32(truncatingIfNeeded: account))
        }
      }
      add(owners, to: addresses)
    }
  }

  private mutating func add(_ owners: [Int32], to addresses: [EmailAddress]) {
    for (index, other) in first.add(addresses, owners).enumerated() where other != owners[index] {
      shared[addresses[index], default: [Int(other)]].append(Int(owners[index]))
    }
  }

  /// An account that has the address; the only one unless `several` knows more.
  package subscript(address: EmailAddress) -> Int? { first[address].map(Int.init) }

  /// The one account that has the address of each of many guests, in their order; negative where no
  /// account has it, or several have.
  package func soleOwners(of guests: [GuestEntry]) -> [Int32] {
    var owners = first.numbers(count: guests.count) { guests[$0].address }
    for guest in owners.indices where owners[guest] >= 0 {
      owners[guest] = first.values[Int(owners[guest])]
    }
    guard !shared.isEmpty else { return owners }
    for guest in owners.indices where shared[guests[guest].address] != nil { owners[guest] = -1 }
    return owners
  }

  /// All accounts that have the address, where they are more than one.
  package func several(_ address: EmailAddress) -> [Int]? { shared[address] }
}
