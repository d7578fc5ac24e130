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

  @Test func `an account that is put in again takes the place of the former`() throws {
    var table: AccountTable = [try Self.account(1, 1), try Self.account(2, 2)]
    table.insert(try Self.account(1, 3))
    #expect(Set(table.keys) == [Self.user(1), Self.user(2)])
    #expect(table[Self.user(1)]?.addresses == [try Self.address(3)])
  }

  @Test func `an account that is taken out leaves the others`() throws {
    var table = AccountTable(try (0..<9).map { try Self.account($0, $0) })
    #expect(table.remove(Self.user(4))?.id == Self.user(4))
    #expect(table.remove(Self.user(4)) == nil)
    table[Self.user(0)] = nil
    #expect(Set(table.keys) == Set([1, 2, 3, 5, 6, 7, 8].map(Self.user)))
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
