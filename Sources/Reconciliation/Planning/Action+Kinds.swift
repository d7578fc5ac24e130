package import Access

extension Action {
  /// True for a block that a declaration asks for: it passes every guard.
  package var isIncident: Bool {
    if case .declaredBlocked = reason { verb == .block } else { false }
  }

  /// True if the guest loses something.
  package var takes: Bool {
    switch verb {
    case .block: !isIncident
    case .revoke, .delete, .removeSponsor: true
    case .invite, .resend, .resetRedemption, .unblock, .restore, .addSponsor, .grant: false
    }
  }
}
