package import Access

/// What somebody decided about the actions that a guard holds back.
package struct GuardAnswer: Hashable, Sendable {
  package var name: GuardVerdict.Guard
  /// The digest that was named, in full.
  package var digest: String
  package var commit: CommitID
  /// False where the actions were declined (`--decline`).
  package var isAccepted: Bool
  package var actions: [JournalRecord.AcceptedAction]
  /// For the guard `ownership`, the entries that are ours, or are not.
  package var entries: [EntryKey]

  package init(
    _ name: GuardVerdict.Guard,
    digest: String,
    commit: CommitID,
    isAccepted: Bool,
    actions: [JournalRecord.AcceptedAction] = [],
    entries: [EntryKey] = []
  ) {
    self.name = name
    self.digest = digest
    self.commit = commit
    self.isAccepted = isAccepted
    self.actions = actions
    self.entries = entries
  }
}

/// An answer with the run that gave it.
package struct JournaledAnswer: Hashable, Sendable {
  package var answer: GuardAnswer
  package var moment: Moment
  package var run: GUID
  /// Who started the run, as its environment said.
  package var runner: String?
  /// Why, as `--reason` said.
  package var reason: String?

  init(
    answer: GuardAnswer,
    moment: Moment,
    run: GUID,
    runner: String?,
    reason: String?
  ) {
    self.answer = answer
    self.moment = moment
    self.run = run
    self.runner = runner
    self.reason = reason
  }
}

extension JournaledAnswer {
  /// True if one of the actions or entries is the guest's.
  func isAbout(_ guest: EmailAddress) -> Bool {
    answer.actions.contains { $0.guest == guest } || answer.entries.contains { $0.guest == guest }
  }
}

extension JournalRecord.AcceptedAction {
  /// What the action wants to do with which entry.
  package init(_ action: Action) {
    self.init(guest: action.guest, verb: action.verb, resource: action.operation.resource)
  }
}

extension Action.Operation {
  /// What is given or taken; `nil` for a write to the account.
  package var resource: Resource? {
    switch self {
    case .grant(let resource, _), .revoke(let resource, _): resource
    default: nil
    }
  }
}
