internal import Access
internal import Evidence

extension ExplainReport {
  /// Everything that is known of a guest.
  func facts(of guest: GuestExplanation, _ glossary: Glossary) -> [Fact] {
    declaration(of: guest, glossary) + access(of: guest, glossary) + skips(of: guest)
      + rules.map { Fact(.rules, $0) } + journal(of: guest) + next(for: guest)
      + (guest.tenant.map { account(of: guest, $0) } ?? unasked(guest))
      + tenantFacts(guest.tenant, glossary)
  }

  private func declaration(of guest: GuestExplanation, _ glossary: Glossary) -> [Fact] {
    var facts: [Fact] = []
    if let order = guest.order {
      facts.append(Fact(.declared, "listed under `removed`: `\(order.reason)`", order.place))
    }
    guard let entry = guest.entry else {
      switch guest.attribution.status {
      case .undeclared:
        let source = guest.attribution.removed.map { " since \($0.words(origin))" } ?? ""
        facts.append(Fact(.declared, "no longer declared\(source)"))
      case .neverDeclared, .declared: facts.append(Fact(.declared, "not declared"))
      }
      return facts
    }
    let source = guest.attribution.introduced
    let by = source.map { "in \($0.words(origin))" } ?? "in no commit yet"
    facts.append(Fact(.declared, by, source?.place == nil ? entry.place : nil))
    facts.append(Fact(.declared, "guest of `\(glossary.title(of: entry.partner))`"))
    if !entry.sponsors.isEmpty {
      let people = entry.sponsors.map { "`\($0)`" }.joined(separator: ", ")
      facts.append(Fact(.declared, "sponsor \(people), \(entry.sponsorOrigin.words)"))
    }
    if let reason = entry.reason { facts.append(Fact(.declared, "reason: `\(reason)`")) }
    if let ticket = entry.ticket { facts.append(Fact(.declared, "ticket: `\(ticket)`")) }
    if let reason = entry.blocked { facts.append(Fact(.declared, "blocked: `\(reason)`")) }
    return facts
  }

  private func access(of guest: GuestExplanation, _ glossary: Glossary) -> [Fact] {
    let facts = guest.access.map { access -> Fact in
      var words = "`\(glossary.name(of: access.grant.resource))`: \(access.grant.origin.words)"
      if let rule = permissions[access.grant.resource] { words += "; \(rule)" }
      if let end = access.end { words += "; until \(Wording.lastDay(before: end))" }
      if let given = access.given { words += "; given \(Wording.day(given))" }
      return Fact(.access, words, access.grant.place)
    }
    if facts.isEmpty, guest.entry != nil { return [Fact(.access, "none is declared")] }
    return facts
  }

  private func skips(of guest: GuestExplanation) -> [Fact] {
    var facts: [Fact] = []
    if let fault = guest.fault {
      facts.append(Fact(.skipped, "given nothing new: \(fault.reason)", fault.places.first))
    }
    for grant in guest.entry?.skippedGrants ?? [] {
      let name = grant.spelled.isEmpty ? grant.origin.words : "`\(grant.spelled)`"
      facts.append(Fact(.skipped, "\(name): \(grant.reason)", grant.place))
    }
    return facts
  }

  private func journal(of guest: GuestExplanation) -> [Fact] {
    guard guest.hasJournal else { return [Fact(.journal, "there is no journal here")] }
    guard !guest.writes.isEmpty else { return [Fact(.journal, "no run wrote anything")] }
    let more = guest.writes.count - 5
    let older = more > 0 ? [Fact(.journal, "\(more) more: `guestlist history \(guest.guest)`")] : []
    return guest.writes.suffix(5).map(fact) + older
  }

  func fact(_ event: LifeEvent) -> Fact {
    let resource = event.resource.map { " `\(Glossary(declared).name(of: $0))`" } ?? ""
    return Fact(.journal, "\(event.moment): \(event.word)\(resource), \(event.details(origin))")
  }

  private func next(for guest: GuestExplanation) -> [Fact] {
    guard let entry = guest.entry else { return [] }
    var facts: [Fact] = []
    if let starts = entry.starts, starts > now {
      facts.append(Fact(.next, "access starts on \(Wording.day(starts))"))
    }
    if let end = guest.end {
      let word = end > now ? "access ends after" : "access ended after"
      facts.append(Fact(.next, "\(word) \(Wording.lastDay(before: end)): \(ending(of: entry))"))
    }
    for access in guest.access {
      guard let end = access.end, guest.end.map({ end < $0 }) ?? true else { continue }
      let name = Glossary(declared).name(of: access.grant.resource)
      facts.append(Fact(.next, "`\(name)` ends after \(Wording.lastDay(before: end))"))
    }
    if let every = declared.lifecycle.reviewEvery {
      let last = entry.reviewed ?? guest.attribution.introduced?.moment
      if let last { facts.append(Fact(.next, "a review is due on \(Wording.day(last + every))")) }
    }
    return facts
  }

  /// Which of several ends counts, without its moment.
  private func ending(of entry: GuestEntry) -> String {
    let dates = entry.ends.filter { if case .at = $0.rule { true } else { false } }
    return (dates.first ?? entry.ends.first)?.origin.words ?? Ending.Origin.guest.words
  }

  // MARK: - The tenant

  /// What the next run would do, and what is remarkable.
  func tenantFacts(_ tenant: TenantView?, _ glossary: Glossary) -> [Fact] {
    guard let tenant else { return [] }
    var facts = tenant.actions.prefix(20).map { pending -> Fact in
      let action = pending.action
      let kind = ChangeKind(action.verb)
      var resource = ""
      switch action.operation {
      case .grant(let given, _), .revoke(let given, _): resource = " `\(glossary.name(of: given))`"
      default: break
      }
      let who: String =
        if case .resource = subject { " for `\(action.guest)`" } else { "" }
      if let guardian = pending.guards.first {
        return Fact(
          .unchanged,
          "\(kind.word)\(resource)\(who) is held back by the guard `\(guardian.name.rawValue)`: "
            + "\(guardian.numbers)" + (guardian.hint.isEmpty ? "" : "; \(guardian.hint)")
        )
      }
      return Fact(.next, "the next run: \(kind.word)\(resource)\(who) (\(action.reason.words))")
    }
    if tenant.actions.count > 20 {
      facts.append(Fact(.next, "\(tenant.actions.count - 20) more changes: `guestlist plan`"))
    }
    // What time brings is told with what comes next.
    let told: [PlanFinding.Kind] = [.expiring, .expired, .reviewDue]
    for finding in tenant.findings.prefix(20) where !told.contains(finding.kind) {
      let topic: Topic = finding.kind.isOutstanding ? .unchanged : .tenant
      let about = finding.resource.map { "`\(glossary.name(of: $0))`: " } ?? ""
      facts.append(Fact(topic, "\(about)\(finding.detail) (\(finding.kind.title.lowercasedFirst))"))
    }
    for step in tenant.upcoming where step.kind == .delete {
      facts.append(Fact(.next, "the account is deleted on \(Wording.day(step.moment))"))
    }
    return facts
  }

  /// The account as it is, and why nothing is done where nothing is.
  private func account(of guest: GuestExplanation, _ tenant: TenantView) -> [Fact] {
    var facts: [Fact] = []
    if let account = tenant.account {
      var words = "account `\(account.id)`"
      switch account.redemption {
      case .pendingAcceptance: words += ", invitation not redeemed"
      case .accepted: words += ", invitation redeemed"
      case nil: break
      }
      if account.userType != .guest { words += ", not a guest" }
      words += account.isEnabled ? ", sign-in allowed" : ", sign-in blocked"
      facts.append(Fact(.tenant, words))
      let held = tenant.held.compactMap(\.resource).map { "`\(Glossary(declared).name(of: $0))`" }
      facts.append(
        Fact(
          .tenant,
          held.isEmpty ? "holds nothing" : "holds \(held.sorted().joined(separator: ", "))"
        )
      )
    } else {
      facts.append(Fact(.tenant, "no account"))
    }
    guard tenant.actions.isEmpty, !tenant.findings.contains(where: \.kind.isOutstanding) else {
      return facts
    }
    let reason: String
    if guest.fault != nil {
      reason = "the entry is skipped; mend it, and the next run goes on"
    } else if guest.entry == nil, guest.attribution.status == .neverDeclared, guest.order == nil {
      reason = "never declared here, and so never touched"
    } else if let starts = guest.entry?.starts, starts > now {
      reason = "access starts on \(Wording.day(starts))"
    } else {
      reason = "the tenant matches `\(commit.short)`"
    }
    return facts + [Fact(.unchanged, reason)]
  }

  private func unasked(_ guest: GuestExplanation) -> [Fact] {
    let never =
      guest.entry == nil && guest.order == nil
      && guest.attribution.status == .neverDeclared
    return [Fact(.tenant, "not asked: no credentials are set")]
      + (never ? [Fact(.unchanged, "what was never declared is never touched")] : [])
  }
}

extension GuestEntry.SponsorOrigin {
  fileprivate var words: String {
    switch self {
    case .guest: "named by the entry"
    case .partner: "named by the partner"
    case .defaults: "named by `defaults`"
    }
  }
}

extension GrantEntry.Origin {
  /// Which declaration brings a grant.
  var words: String {
    switch self {
    case .guest: "from the guest's own entry"
    case .resource: "from the `grants` section of the app's side"
    case .bundle(let name): "from bundle `\(name)`"
    case .partner(let partner, let bundle):
      "from bundle `\(bundle)`, which every guest of partner `\(partner)` gets"
    }
  }
}

extension String {
  /// The same, beginning as inside of a sentence.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
