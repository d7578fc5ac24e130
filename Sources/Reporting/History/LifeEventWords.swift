internal import Access
internal import Evidence

extension LifeEvent {
  /// What happened, in one or two words.
  var word: String {
    switch telling {
    case .declared(_, let isAgain): isAgain ? "declared again" : "declared"
    case .undeclared: "no longer declared"
    case .wrote(let writing): writing.word
    case .lost: "lost"
    case .regained: "back"
    }
  }

  /// By what commit, or in which run and with what outcome.
  func details(_ origin: ReportOrigin) -> String {
    switch telling {
    case .declared(let source, _), .undeclared(let source): source.words(origin)
    case .wrote(let writing): writing.details
    case .lost(let run): "another hand took the account, seen by run \(run)"
    case .regained(let run): "the account is there again, seen by run \(run)"
    }
  }
}

extension LifeEvent.Writing {
  /// What was written, in the past where it came to be so.
  fileprivate var word: String {
    let word =
      switch part {
      case .sessions: "sessions ended"
      case .furtherAddress: "address added"
      case .whole:
        switch verb {
        case .invite: "invited"
        case .resend: "invited again"
        case .resetRedemption: "redemption reset"
        case .block: "blocked"
        case .unblock: "unblocked"
        case .restore: "restored"
        case .delete: "deleted"
        case .addSponsor: "sponsor added"
        case .removeSponsor: "sponsor removed"
        case .grant: "granted"
        case .revoke: "revoked"
        }
      }
    return outcome.certainty + word
  }

  fileprivate var details: String {
    var words = outcome.words
    if let commit { words += ", for \(commit.short)" }
    return words + ", run \(run), client request id \(requestID)"
  }
}

extension LifeEvent.Outcome {
  /// What stands before the word, unless it came to be so for certain.
  fileprivate var certainty: String {
    switch self {
    case .changed, .alreadyThere, .alreadyGone, .foundDone: ""
    case .assumedDone, .open: "perhaps "
    case .foundUndone, .notSent, .failed: "not "
    }
  }

  fileprivate var words: String {
    switch self {
    case .changed: "done"
    case .alreadyThere: "was so already"
    case .alreadyGone: "was gone already"
    case .foundDone: "the reply was lost, and it was found done"
    case .foundUndone: "the reply was lost, and it was found not done"
    case .assumedDone: "the reply was lost, and nothing tells; taken as done"
    case .notSent: "it was never sent"
    case .failed(let kind, let status, let code):
      ["failed: \(kind.rawValue)", status.map { String($0) }, code]
        .compactMap { $0 }.joined(separator: " ")
    case .open: "no outcome is known yet"
    }
  }

  /// The stable name of the outcome.
  var name: String {
    switch self {
    case .changed: "changed"
    case .alreadyThere: "alreadyThere"
    case .alreadyGone: "alreadyGone"
    case .foundDone: "foundDone"
    case .foundUndone: "foundUndone"
    case .assumedDone: "assumedDone"
    case .notSent: "notSent"
    case .failed: "failed"
    case .open: "open"
    }
  }
}

extension Origin {
  /// The commit, its pull request and author, its place, and who claims to have looked at it.
  fileprivate func words(_ origin: ReportOrigin) -> String {
    var words = (inner ?? step.commit).short
    if let inner, inner != step.commit { words += " (merged by \(step.commit.short))" }
    if let number = step.pullRequest { words += " (#\(number))" }
    words += " by \(author.name)"
    if let place { words += ", \(origin.spelled(place))" }
    let claims = self.claims.map { "\($0.key) \($0.value)" }
    return claims.isEmpty ? words : words + ", claims \(Wording.list(claims))"
  }
}
