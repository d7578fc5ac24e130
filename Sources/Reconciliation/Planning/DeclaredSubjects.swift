/// Every declared guest with the account that it means, by the guest's position.
///
/// Nearly all of them are live accounts and nothing more, of which four bytes are enough.
struct DeclaredSubjects: Sendable {
  /// The position of a live account, or one of the marks below.
  private var accounts: [Int32] = []
  private var others: [Int: Subject] = [:]

  private static let left: Int32 = -1
  private static let other: Int32 = -2

  init(capacity: Int) { accounts.reserveCapacity(capacity) }

  /// The subject of a guest; `nil` where the guest is left as it is.
  subscript(guest: Int) -> Subject? {
    switch accounts[guest] {
    case Self.left: nil
    case Self.other: others[guest]
    case let account: Subject(match: .live(Int(account)))
    }
  }

  /// Adds the subject of the next guest.
  mutating func append(_ subject: Subject?) {
    guard let subject else { return accounts.append(Self.left) }
    if case .live(let account) = subject.match, subject.isPlain {
      return accounts.append(Int32(truncatingIfNeeded: account))
    }
    others[accounts.count] = subject
    accounts.append(Self.other)
  }

  /// Leaves a guest as it is after all.
  mutating func leave(_ guest: Int) { accounts[guest] = Self.left }
}
