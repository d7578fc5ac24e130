import Testing

@testable import Access

struct TableTests {
  private static func user(_ number: Int) -> UserID {
    UserID(GUID(high: 7, low: UInt64(number)))
  }

  private static func address(_ number: Int) throws -> EmailAddress {
    try #require(EmailAddress(normalised: "guest\(number)@fabrikam.example"))
  }

  private static func account(_ number: Int, _ addresses: Int...) throws -> Account {
    Account(id: user(number), addresses: Set(try addresses.map(address)))
  }

  /// More keys than there was room for, so that the table grows on the way, and full to its limit.
  @Test(arguments: [0, 1, 7, 8, 63, 64, 65, 1000, 4096])
  func `a key keeps the number that it was given`(count: Int) {
    var numbering = Numbering<UserID>(capacity: count / 3)
    for number in 0..<count { #expect(numbering.add(Self.user(number)) == number) }
    for number in 0..<count { #expect(numbering.add(Self.user(number)) == number) }
    #expect(numbering.keys == (0..<count).map(Self.user))
    for number in 0..<count { #expect(numbering[Self.user(number)] == number) }
    #expect(numbering[Self.user(count)] == nil)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func `many questions at once have the answers of each`(count: Int) throws {
    var numbering = Numbering<EmailAddress>(capacity: 0)
    for number in 0..<count { _ = numbering.add(try Self.address(number)) }
    // Every third is unknown, and every fifth is no key at all.
    let asked = try (0..<count).map { number in
      number % 5 == 0 ? nil : try Self.address(number % 3 == 0 ? number + count : number)
    }
    let numbers = numbering.numbers(count: count) { asked[$0] }
    #expect(numbers == asked.map { $0.flatMap { numbering[$0] }.map { Int32($0) } ?? -1 })
  }

  @Test func `a few keys that are added at once may be equal and make the table grow`() throws {
    let few = try (0..<200).map { try Self.address($0 % 70) }
    var numbering = Numbering<EmailAddress>(capacity: 0)
    #expect(numbering.add(few) == (0..<200).map { $0 % 70 })
    #expect(numbering.keys.count == 70)
    for number in 0..<70 { #expect(numbering[try Self.address(number)] == number) }
  }

  @Test func `keys of one hash are told apart`() {
    struct Clashing: NumberedKey {
      let number: Int
      func hash(_ secrets: (UInt64, UInt64)) -> UInt64 { .max }
    }
    var numbering = Numbering<Clashing>(capacity: 0)
    let keys = (0..<50).map(Clashing.init)
    #expect(numbering.add(Array(keys[..<20])) == Array(0..<20))
    for number in 20..<50 { #expect(numbering.add(keys[number]) == number) }
    #expect(numbering.numbers(count: 50) { keys[$0] } == (0..<50).map { Int32($0) })
    #expect(numbering[Clashing(number: 50)] == nil)
  }

  @Test func `an account that is put in again takes the place of the former`() throws {
    var table: AccountTable = [try Self.account(1, 1), try Self.account(2, 2)]
    table.insert(try Self.account(1, 3))
    #expect(table.keys == [Self.user(1), Self.user(2)])
    #expect(table[Self.user(1)]?.addresses == [try Self.address(3)])
    #expect(table.position(of: Self.user(2)) == 1)
    #expect(table.positions(of: [Self.user(9), Self.user(2)]) == [-1, 1])
  }

  @Test func `an account that is taken out leaves the others`() throws {
    var table = AccountTable(try (0..<9).map { try Self.account($0, $0) })
    #expect(table.remove(Self.user(4))?.id == Self.user(4))
    #expect(table.remove(Self.user(4)) == nil)
    table[Self.user(0)] = nil
    #expect(table.keys == [1, 2, 3, 5, 6, 7, 8].map(Self.user))
    for number in [1, 2, 3, 5, 6, 7, 8] {
      #expect(table[Self.user(number)]?.id == Self.user(number))
    }
  }

  @Test func `the order of accounts means nothing and each of them does`() throws {
    let accounts = try (0..<5).map { try Self.account($0, $0) }
    #expect(AccountTable(accounts) == AccountTable(accounts.reversed()))
    #expect(AccountTable(accounts).hashValue == AccountTable(accounts.reversed()).hashValue)
    #expect(AccountTable(accounts) != AccountTable(accounts.dropLast()))
    #expect(AccountTable(accounts.dropLast()) != AccountTable(accounts))
    var other = AccountTable(accounts)
    other[Self.user(3)]?.isEnabled = false
    #expect(AccountTable(accounts) != other)
  }

  @Test func `only a user's assignment has an account`() throws {
    let table: AccountTable = [try Self.account(1, 1), try Self.account(2, 2)]
    let role = AppRoleID(GUID(high: 3, low: 3))
    let principals: [ObservedApp.Principal] = [
      .group(GroupID(GUID(high: 7, low: 1))), .user(Self.user(2)), .other(GUID(high: 7, low: 1)),
      .user(Self.user(3)), .user(Self.user(1)),
    ]
    let assignments = principals.map {
      ObservedApp.RoleAssignment(id: "a", role: role, principal: $0)
    }
    #expect(table.positions(of: assignments[...]) == [-1, 1, -1, -1, 0])
    #expect(table.positions(of: assignments[1..<4]) == [1, -1, -1])
  }

  @Test func `an address of several accounts has no sole owner`() throws {
    let owners = AddressOwners([
      try Self.account(1, 1, 10), try Self.account(2, 2), try Self.account(3, 10),
    ])
    #expect(owners[try Self.address(10)] == 0)
    #expect(owners.several(try Self.address(10)) == [0, 2])
    #expect(owners.several(try Self.address(2)) == nil)
    let place = SourcePlace(file: "a.yaml", line: 1, column: 1)
    let guests = try [2, 10, 7, 1].map { number in
      GuestEntry(
        address: try Self.address(number),
        spelled: "",
        partner: PartnerName("fabrikam"),
        place: place
      )
    }
    #expect(owners.soleOwners(of: guests) == [1, -1, -1, 0])
  }

  @Test func `intervals of guests and of grants are kept by entry`() throws {
    let guest = EntryKey.guest(try Self.address(1))
    let resource = Resource.group(GroupID(GUID(high: 5, low: 5)))
    let grant = EntryKey.grant(GrantKey(guest: try Self.address(1), resource: resource))
    var intervals = EntryIntervals()
    for key in [guest, grant] {
      intervals.open(key, at: DeclaredInterval.Edge(step: 1))
      intervals.close(key, at: DeclaredInterval.Edge(step: 2))
      intervals.open(key, at: DeclaredInterval.Edge(step: 4), isBoundary: true)
    }
    let expected = [
      DeclaredInterval(opened: .init(step: 1), closed: .init(step: 2)),
      DeclaredInterval(opened: .init(step: 4), startsAtBoundary: true),
    ]
    #expect(intervals == [grant: expected, guest: expected])
    #expect(Array(intervals.keys) == [guest, grant] && intervals.count == 2)
    intervals.close(.guest(try Self.address(9)), at: DeclaredInterval.Edge(step: 5))
    intervals[grant] = nil
    #expect(intervals == [guest: expected] && intervals != [grant: expected])
  }
}
