internal import Access

extension PolicyAssembler {
  mutating func partners(
    bundles: [String: Policy.Bundle],
    tenant: TenantDeclaration
  ) -> PartnerBook {
    var book = PartnerBook()
    var marks: [PartnerName: Mark] = [:]
    for declared in set.files.flatMap(\.partners) {
      let partner = declared.value
      if let first = marks[partner.name] {
        set.report(
          .declaredTwice,
          "the partner `\(partner.name)` is declared twice",
          at: declared.mark,
          related: [first]
        )
        continue
      }
      marks[partner.name] = declared.mark
      checkDomains(of: partner, at: declared.mark, tenant: tenant)
      let policy = self.policy(of: partner, at: declared.mark, bundles: bundles)
      for (domain, other) in book.add(policy) {
        let mark = partner.domains.first { $0.value == domain }?.mark ?? declared.mark
        set.report(
          .overlappingPartners,
          "`\(domain)` belongs to the partner `\(other)` too",
          at: mark,
          related: marks[other].map { [$0] } ?? []
        )
      }
    }
    return book
  }

  private mutating func policy(
    of partner: PartnerDeclaration,
    at mark: Mark,
    bundles: [String: Policy.Bundle]
  ) -> PartnerPolicy {
    var included: [GrantEntry] = []
    for reference in partner.includes {
      usedBundles.insert(reference.name)
      guard let bundle = bundles[reference.name] else {
        set.report(
          .unknownName,
          "`\(reference.name)` is no bundle",
          at: reference.mark,
          suggestion: set.maySuggest()
            ? Suggestion.sentence(for: reference.name, among: bundles.keys) : nil
        )
        continue
      }
      let place = set.place(reference.mark)
      let end = reference.expires.map { [Ending(rule: $0, origin: .bundle(reference.name))] } ?? []
      for grant in bundle.grants {
        included.append(
          GrantEntry(
            resource: grant.resource,
            spelled: grant.spelled,
            ends: grant.ends + end,
            origin: .partner(partner.name, bundle: reference.name),
            place: place
          )
        )
      }
    }
    return PartnerPolicy(
      partner: Partner(
        name: partner.name,
        title: partner.title,
        domains: partner.domains.map(\.value),
        sponsors: partner.sponsors.map(\.value),
        accounts: partner.accounts,
        place: set.place(mark)
      ),
      invitation: partner.invitation,
      included: included,
      allows: partner.allows.map { allowance($0) },
      stay: partner.stay,
      guestLimit: partner.guestLimit?.value,
      guestLimitPlace: partner.guestLimit.map { set.place($0.mark) },
      requires: partner.requires
    )
  }

  private mutating func checkDomains(
    of partner: PartnerDeclaration,
    at mark: Mark,
    tenant: TenantDeclaration
  ) {
    for domain in partner.domains {
      if domain.value == "*" {
        if !partner.isPublic {
          set.report(
            .publicPartner,
            "`*` makes anybody in the world a guest of `\(partner.name)`",
            at: domain.mark,
            suggestion: "if that is meant, say `public: true`"
          )
        }
        continue
      }
      let own = tenant.domains.sorted().first {
        domain.value == $0
          || domain.value.hasPrefix("*.") && $0.hasSuffix(domain.value.dropFirst(1))
      }
      if let own {
        set.report(
          .ownDomain,
          "`\(own)` is a domain of the tenant itself",
          at: domain.mark
        )
      }
    }
  }

  /// A sponsor of a partner or of everybody has to be somebody of the tenant.
  mutating func checkSponsors(of policy: Policy) {
    let defaults = set.files.compactMap(\.defaults).first
    for (address, mark) in zip(policy.defaults.sponsors, defaults?.value.sponsorMarks ?? []) {
      checkSponsor(address, at: mark, tenant: policy.tenant)
    }
    for partner in set.files.flatMap(\.partners) {
      for sponsor in partner.value.sponsors {
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
      "the sponsor `\(address)` is at none of the tenant's domains",
      at: mark
    )
  }

  /// Where paths limit who may write what, only entries and partners stand in subfolders.
  mutating func checkPlacement(_ authority: Authority?) {
    guard let authority else { return }
    for file in set.files where file.path.utf8.contains(UInt8(ascii: "/")) {
      for section in file.sections {
        switch section.value {
        case .guests, .grants, .removed, .version, .partners: continue
        default:
          set.report(
            .authority,
            "`\(section.value.rawValue)` may stand only in files directly in the folder, because "
              + "`authority` says what subfolders may declare",
            at: section.mark
          )
        }
      }
      let permission = authority.permission(forFile: file.path)
      for partner in file.partners where !permission.covers(partner.value.name) {
        set.report(
          .authority,
          "no `authority` lets this file declare the partner `\(partner.value.name)`",
          at: partner.mark
        )
      }
    }
  }
}
