internal import Access

/// An action before the plan's order is known: its prerequisites are positions among the drafts.
struct Draft: Sendable {
  var action: Action
  var prerequisites: [Int] = []

  /// Where the action stands among those of its guest and wave.
  var rank: Int {
    switch action.verb {
    case .block, .restore, .invite: 0
    case .unblock, .revoke: 1
    case .resetRedemption: 2
    case .resend: 3
    case .removeSponsor: 4
    case .addSponsor: 5
    case .grant: 6
    case .delete: 7
    }
  }
}
