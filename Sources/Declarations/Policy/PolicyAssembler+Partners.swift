internal import Access

extension PolicyAssembler {
  /// The partners of all files that may declare them.
  mutating func partners(
    bundles: [String: Policy.Bundle],
    tenant: TenantDeclaration,
    authority: Authority?
  ) -> PartnerBook {
    var book = PartnerBook()
    var marks: [PartnerName: Mark] = [:]
    for declared in authorised(authority) {
      let (name, partner) = (PartnerName(declared.value.name), declared.value.value)
      if let fault = declared.value.fault { faults.partners[name] = fault }
      if let first = marks[name] {
        let message = "the partner `\(name)` is declared twice"
        set.report(.declaredTwice, message, at: declared.mark, related: [first], scope: .part)
        faults.partners[name] = message
        continue
      }
      marks[name] = declared.mark
      checkDomains(of: partner, named: name, tenant: tenant)
      let policy = self.policy(of: partner, named: name, at: declared.mark, bundles: bundles)
      for (domain, other) in book.add(policy) {
        let mark = partner.domains.first { $0.value == domain }?.mark ?? declared.mark
        let message = "`\(domain)` is also a domain of partner `\(other)`"
        set.report(
          .overlappingPartners,
          message,
          at: mark,
          related: marks[other].map { [$0] } ?? [],
          scope: .part
        )
        faults.partners[name] = message
        faults.partners[other] = message
      }
    }
    return book
  }

  private mutating func authorised(_ authority: Authority?) -> [Marked<Named<PartnerDeclaration>>] {
    var partners: [Marked<Named<PartnerDeclaration>>] = []
    for file in set.files {
      let permission = authority?.permission(forFile: file.path) ?? .everything
      for partner in file.partners {
        if permission.covers(PartnerName(partner.value.name)) {
          partners.append(partner)
        } else {
          set.report(
            .authority,
            "this file has no `authority` over partner `\(partner.value.name)`",
            at: partner.mark,
            scope: .part
          )
        }
      }
    }
    return partners
  }

  private mutating func policy(
    of partner: PartnerDeclaration,
    named name: PartnerName,
    at mark: Mark,
    bundles: [String: Policy.Bundle]
  ) -> PartnerPolicy {
    var included: [GrantEntry] = []
    var skipped: [SkippedGrant] = []
    for reference in partner.includes {
      let bundleName = reference.bundle
      let origin = GrantEntry.Origin.partner(name, bundle: bundleName)
      let place = set.place(reference.mark)
      let end = reference.expires.map { [Ending(rule: $0, origin: .bundle(bundleName))] } ?? []
      guard let bundle = bundles[bundleName], reference.fault == nil else {
        let reason = reference.fault ?? unknownBundle(reference, among: bundles.keys)
        skipped.append(SkippedGrant(of: origin, ends: end, reason: reason, place: place))
        continue
      }
      included += bundle.grants.map { $0.entry(origin, ends: end, place: place) }
      skipped += bundle.faulty.map { $0.skipped(origin, ends: end, place: place) }
    }
    let allows = partner.allows.map { allowance($0) }
    if allows?.isWhole == false { faults.allowances.insert(name) }
    return PartnerPolicy(
      partner: Partner(
        name: name,
        title: partner.title,
        domains: partner.domains.map(\.value),
        sponsors: partner.sponsors.map(\.value),
        accounts: partner.accounts,
        place: set.place(mark)
      ),
      invitation: partner.invitation,
      included: included,
      skipped: skipped,
      allows: allows?.0,
      stay: partner.stay,
      guestLimit: partner.guestLimit?.value,
      guestLimitPlace: partner.guestLimit.map { set.place($0.mark) },
      requires: partner.requires
    )
  }

  private mutating func unknownBundle(
    _ reference: GrantReference,
    among names: some Sequence<String>
  ) -> String {
    let name = reference.bundle
    if faults.bundles.contains(name) { return "bundle `\(name)` has a fault" }
    let message = "unknown bundle `\(name)`"
    guard !faults.isIncomplete else { return message }
    set.report(
      .unknownName,
      message,
      at: reference.mark,
      hint: set.maySuggest() ? Suggestion.sentence(for: name, among: names) : nil,
      scope: .part
    )
    return message
  }

  private mutating func checkDomains(
    of partner: PartnerDeclaration,
    named name: PartnerName,
    tenant: TenantDeclaration
  ) {
    for domain in partner.domains where domain.value != "*" {
      let own = tenant.domains.sorted().first {
        domain.value == $0
          || domain.value.hasPrefix("*.") && $0.hasSuffix(domain.value.dropFirst(1))
      }
      if let own {
        refuse(name, .ownDomain, "`\(own)` is a domain of the tenant itself", at: domain.mark)
      } else if !partner.isPublic, PublicMailDomains.contains(domain.value) {
        set.report(
          .publicPartner,
          "anybody can have an address at `\(domain.value)`",
          at: domain.mark,
          severity: .warning,
          hint: "if that is intended, add `public: true`"
        )
      }
    }
    if !partner.isPublic, let any = partner.domains.first(where: { $0.value == "*" }) {
      refuse(
        name,
        .publicPartner,
        "`*` lets anybody be a guest of partner `\(name)`",
        at: any.mark,
        hint: "if that is intended, add `public: true`"
      )
    }
  }

  /// Reports an error for which no guest of a partner is given anything new.
  private mutating func refuse(
    _ partner: PartnerName,
    _ rule: DeclarationRule,
    _ message: String,
    at mark: Mark,
    hint: String? = nil
  ) {
    set.report(rule, message, at: mark, hint: hint, scope: .part)
    faults.partners[partner] = message
  }

  /// A sponsor of a partner or of everybody has to be somebody of the tenant.
  mutating func checkSponsors(of policy: Policy) {
    let defaults = set.files.compactMap(\.defaults).first
    for (address, mark) in zip(policy.defaults.sponsors, defaults?.value.sponsorMarks ?? []) {
      checkSponsor(address, at: mark, tenant: policy.tenant)
    }
    for partner in set.files.flatMap(\.partners) {
      for sponsor in partner.value.value.sponsors {
        checkSponsor(sponsor.value, at: sponsor.mark, tenant: policy.tenant)
      }
    }
  }

  private mutating func checkSponsor(
    _ address: EmailAddress,
    at mark: Mark,
    tenant: TenantDeclaration
  ) {
    guard !tenant.domains.contains(String(address.domain)) else { return }
    set.report(
      .sponsorOutside,
      "sponsor `\(address)` is not at a domain of the tenant",
      at: mark,
      scope: .part
    )
  }
}

extension Policy.Bundle.Grant {
  /// The grant as it reaches a guest.
  func entry(_ origin: GrantEntry.Origin, ends: [Ending], place: SourcePlace) -> GrantEntry {
    GrantEntry(
      resource: resource,
      spelled: spelled,
      ends: self.ends + ends,
      origin: origin,
      place: place
    )
  }
}

extension FaultyGrant {
  /// The grant as it would reach a guest.
  func skipped(_ origin: GrantEntry.Origin, ends: [Ending], place: SourcePlace) -> SkippedGrant {
    SkippedGrant(
      resource: resource,
      spelled: spelled,
      ends: self.ends + ends,
      origin: origin,
      reason: reason,
      place: place
    )
  }
}
