internal import Access

/// On what footing a guest's access is decided: what happens to its account in the same plan.
enum Footing: Hashable, Sendable {
  case plain
  /// The account is made by the invitation at this position among the drafts.
  case invited(Int)
  /// The account comes back after our own removal.
  case declaredAgain
  /// It is restored by the draft at this position.
  case restored(Int, Reason)
  case returned
  /// Another hand took the account: nothing is given to it, owned grants still go.
  case lost

  /// What must have succeeded before anything can be given.
  var prerequisites: [Int] {
    switch self {
    case .invited(let draft), .restored(let draft, _): [draft]
    case .plain, .declaredAgain, .returned, .lost: []
    }
  }

  /// Why grants are given, where the account is the reason.
  var reason: Reason? {
    switch self {
    case .declaredAgain: .declaredAgain
    case .restored(_, let reason): reason
    case .returned: .returned
    case .plain, .invited, .lost: nil
    }
  }
}
