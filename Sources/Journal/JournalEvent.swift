package import Access

/// One event of a guest's life as the journal knows it.
package struct JournalEvent: Hashable, Sendable {
  package var moment: Moment
  /// The run that recorded it.
  package var run: GUID
  package var guest: EmailAddress
  package var account: UserID?
  package var kind: Kind

  package init(moment: Moment, run: GUID, guest: EmailAddress, account: UserID?, kind: Kind) {
    self.moment = moment
    self.run = run
    self.guest = guest
    self.account = account
    self.kind = kind
  }

  package enum Kind: Hashable, Sendable {
    /// A write and its outcome, at the moment of the outcome; an outcome of `nil` is not known yet,
    /// and the moment is that of the intent.
    case write(Intent, Settlement.Outcome?)
    /// A run first saw that somebody else had blocked or deleted the account.
    case lost
    /// A run saw that an account that had been lost is back.
    case regained
    /// Somebody let actions pass that a guard held back, or turned them down, or gave an order by
    /// hand.
    case decided(Decision)
  }

  /// What somebody decided, and why.
  package struct Decision: Hashable, Sendable {
    package var kind: Kind
    /// Who started the run, as its environment said.
    package var runner: String?
    /// Why, as `--reason` said.
    package var reason: String?

    package init(_ kind: Kind, runner: String?, reason: String?) {
      self.kind = kind
      self.runner = runner
      self.reason = reason
    }

    package enum Kind: Hashable, Sendable {
      case accepted(GuardVerdict.Guard)
      case declined(GuardVerdict.Guard)
      /// By the command of this name.
      case ordered(String)
    }
  }
}
