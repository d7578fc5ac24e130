/// A stage of a plan: its actions may run side by side, and all of them before the next stage.
package enum Wave: Int, Hashable, Sendable, Comparable, CaseIterable {
  case contain, identity, grant, revoke, delete

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Action.Verb {
  /// The stage in which actions of this kind run unless they have to wait (DESIGN section 6).
  package var wave: Wave {
    switch self {
    case .block: .contain
    case .invite, .restore, .unblock, .resetRedemption, .resend, .addSponsor, .removeSponsor:
      .identity
    case .grant: .grant
    case .revoke: .revoke
    case .delete: .delete
    }
  }
}
