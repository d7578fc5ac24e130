internal import Access
internal import Evidence

extension LifeEvent {
  /// What happened, in one or two words.
  var word: String {
    switch summary {
    case .declared(_, let isAgain): isAgain ? "declared again" : "declared"
    case .undeclared: "no longer declared"
    case .wrote(let writing): writing.word
    case .lost: "lost"
    case .regained: "found again"
    case .decided(let decision): decision.kind.word
    }
  }

  /// By what commit, or in which run and with what outcome.
  func details(_ origin: ReportOrigin) -> String {
    switch summary {
    case .declared(let source, _), .undeclared(let source): source.words(origin)
    case .wrote(let writing): writing.details
    case .lost(let run): "removed or blocked outside Guestlist, seen by run \(run)"
    case .regained(let run): "the account exists again, seen by run \(run)"
    case .decided(let decision): "\(decision.words), run \(decision.run)"
    }
  }
}

extension LifeEvent.Writing {
  /// What was written, in the past tense where it was done.
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

extension LifeEvent.Decision {
  /// What was decided, by whom and why.
  fileprivate var words: String {
    var words =
      switch kind {
      case .accepted(let name), .declined(let name): "what guard `\(name)` held back"
      case .ordered(let command): "`guestlist \(command)`"
      }
    if let runner { words += ", by \(runner)" }
    if let reason { words += ": \(reason)" }
    return words
  }

  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [.init("kind", .string(kind.word))]
    switch kind {
    case .accepted(let name), .declined(let name):
      members.append(.init("guard", .string(name.rawValue)))
    case .ordered(let command): members.append(.init("command", .string(command)))
    }
    return .object(
      members + [
        .init("runner", .optional(runner)), .init("reason", .optional(reason)),
        .init("run", .string(run.description)),
      ]
    )
  }
}

extension LifeEvent.Decision.Kind {
  fileprivate var word: String {
    switch self {
    case .accepted: "accepted"
    case .declined: "declined"
    case .ordered: "ordered"
    }
  }
}

extension LifeEvent.Outcome {
  /// What is before the word, unless the write is known to be done.
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
    case .alreadyThere: "was already done"
    case .alreadyGone: "was already gone"
    case .foundDone: "the reply was lost; it was done"
    case .foundUndone: "the reply was lost; it was not done"
    case .assumedDone: "the reply was lost; assumed done"
    case .notSent: "never sent"
    case .failed(let kind, let status, let code):
      ["failed: \(kind.rawValue)", status.map { String($0) }, code]
        .compactMap { $0 }.joined(separator: " ")
    case .open: "outcome not known yet"
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

extension LifeEvent.Summary {
  /// What happened, with a stable name for its kind.
  func json(_ origin: ReportOrigin) -> JSONValue {
    switch self {
    case .declared(let source, let isAgain):
      ["kind": "declared", "isAgain": .bool(isAgain), "source": source.json(origin)]
    case .undeclared(let source): ["kind": "undeclared", "source": source.json(origin)]
    case .wrote(let writing): writing.json
    case .lost(let run): ["kind": "lost", "run": .string(run.description)]
    case .regained(let run): ["kind": "regained", "run": .string(run.description)]
    case .decided(let decision): decision.json
    }
  }
}

extension LifeEvent.Writing {
  fileprivate var json: JSONValue {
    let part =
      switch part {
      case .whole: "whole"
      case .sessions: "sessions"
      case .furtherAddress: "furtherAddress"
      }
    var members: [JSONValue.Member] = [
      .init("kind", "wrote"),
      .init("action", .string(verb.rawValue)),
      .init("part", .string(part)),
      .init("outcome", .string(outcome.name)),
      .init("run", .string(run.description)),
      .init("clientRequestId", .string(requestID.description)),
      .init("commit", .described(commit)),
    ]
    if case .failed(let kind, let status, let code) = outcome {
      let error: JSONValue = [
        "kind": .string(kind.rawValue), "status": .optional(status), "code": .optional(code),
      ]
      members.append(.init("error", error))
    }
    return .object(members)
  }
}

extension Origin {
  /// The commit that made the change, and the merge that brought it.
  private var commits: (change: CommitID, merge: CommitID?) {
    guard let inner, inner != step.commit else { return (step.commit, nil) }
    return (inner, step.commit)
  }

  /// The commit, its pull request and author, its place, and who claims to have reviewed it.
  func words(_ origin: ReportOrigin) -> String {
    var words = commits.change.short
    if let merge = commits.merge { words += ", merged in \(merge.short)" }
    if let number = step.pullRequest { words += " (#\(number))" }
    words += " by \(author.name)"
    if let place { words += ", \(origin.spelled(place))" }
    let claims = self.claims.map { "\($0.key) \($0.value)" }
    return claims.isEmpty ? words : words + ", claims \(Wording.list(claims))"
  }

  fileprivate func json(_ origin: ReportOrigin) -> JSONValue {
    [
      "commit": .string(commits.change.hex),
      "mergeCommit": .described(commits.merge),
      "author": .string(author.name),
      "committer": .string(step.committer.name),
      "pullRequest": .optional(step.pullRequest),
      "subject": .string(step.subject),
      "place": place.map { .place($0, origin: origin) } ?? .null,
      "claims": .array(
        claims.map { ["key": .string($0.key), "value": .string($0.value)] }
      ),
    ]
  }
}
