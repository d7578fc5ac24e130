internal import Access
internal import Evidence

extension ExplainReport {
  /// Everything that is known of an app, a group or a package.
  func facts(
    of resource: ResourceExplanation,
    at place: SourcePlace?,
    _ glossary: Glossary
  ) -> [Fact] {
    declaration(of: resource, at: place, glossary) + holders(of: resource, glossary)
      + rules.map { Fact(.rules, $0) } + journal(of: resource)
      + tenantFacts(resource.tenant, glossary) + tenant(of: resource)
  }

  private func declaration(
    of resource: ResourceExplanation,
    at place: SourcePlace?,
    _ glossary: Glossary
  ) -> [Fact] {
    switch resource.subject {
    case .app(let id):
      let app = declared.catalog.apps.first { $0.value.id == id }?.value
      let via = (app?.via ?? [:]).sorted { $0.key < $1.key }.map { role, group in
        Fact(.declared, "role `\(role)` is given through `\(glossary.name(of: .group(group)))`")
      }
      return [Fact(.declared, "application id `\(id)`", place)] + exclusive(app?.exclusiveFrom)
        + via
    case .group(let id):
      let group = declared.catalog.groups.first { $0.value.id == id }?.value
      return [Fact(.declared, "group id `\(id)`", place)] + exclusive(group?.exclusiveFrom)
    case .package(let id): return [Fact(.declared, "access package id `\(id)`", place)]
    }
  }

  private func exclusive(_ from: Moment?) -> [Fact] {
    from.map {
      [Fact(.declared, "exclusive from \(Wording.day($0)): other guests' assignments are revoked")]
    } ?? []
  }

  /// Who is declared to have it: counted by what they have, the first of them named.
  private func holders(of resource: ResourceExplanation, _ glossary: Glossary) -> [Fact] {
    var people: [Resource: [ResourceExplanation.Holder]] = [:]
    for holder in resource.holders {
      for grant in holder.grants { people[grant.resource, default: []].append(holder) }
    }
    let access = people.sorted { $0.key < $1.key }.map { resource, holders -> Fact in
      let shown = holders.prefix(5).map { "`\($0.guest)`" }.joined(separator: ", ")
      let more = holders.count > 5 ? " and \(holders.count - 5) more" : ""
      let count = Wording.count(holders.count, "guest")
      return Fact(.access, "`\(glossary.name(of: resource))`: \(count): \(shown)\(more)")
    }
    let grants = resource.holders.flatMap { holder in
      holder.skipped.map { grant in
        Fact(.skipped, "`\(grant.spelled)` of `\(holder.guest)`: \(grant.reason)", grant.place)
      }
    }
    let entries = resource.skipped.map {
      Fact(.skipped, "`\($0.address)`: \($0.reason)", $0.places.first)
    }
    let skipped = grants + entries
    return (access.isEmpty ? [Fact(.access, "nobody is declared to have it")] : access)
      + skipped.prefix(10)
      + (skipped.count > 10 ? [Fact(.skipped, "and \(skipped.count - 10) more")] : [])
  }

  private func journal(of resource: ResourceExplanation) -> [Fact] {
    resource.writes.suffix(5).map { event in
      var fact = fact(event)
      fact.words += ", for `\(event.guest)`"
      return fact
    }
  }

  private func tenant(of resource: ResourceExplanation) -> [Fact] {
    guard let tenant = resource.tenant else {
      return [Fact(.tenant, "not asked: no credentials are set")]
    }
    let count = Wording.count(Set(tenant.held.map(\.account)).count, "guest holds", "guests hold")
    var facts = [Fact(.tenant, "\(count) it directly")]
    if tenant.actions.isEmpty, !tenant.findings.contains(where: \.kind.isOutstanding) {
      facts.append(Fact(.unchanged, "the tenant matches `\(commit.short)`"))
    }
    return facts
  }
}
