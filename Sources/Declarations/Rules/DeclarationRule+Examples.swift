extension DeclarationRule {
  /// What has the finding, beside an organisation in which all is well.
  ///
  /// The organisation has the app `wiki` with the role `Reader`, the group `suppliers`, the bundle
  /// `supplier`, and the partner `fabrikam` with a guest of its own, `ana@fabrikam.example`. A
  /// comment names the file where that matters. `\u{202E}` is a character, `\xE9` a byte, and `…`
  /// repeats what is before it: a character, or as a line of its own a line. `loosened` is the
  /// difference of two commits.
  package var example: String {
    switch self {
    case .encoding: guest("bo@fabrikam.example", "name: Ren\\xE9")
    case .forbiddenCharacter: "guests:\n  - email: bo@fabrikam.example # \\u{202E}moc.live\n"
    case .byteOrderMark: "\\u{FEFF}guests: []\n"
    case .tooLarge: guest("bo@fabrikam.example", "reason: audit of the year aaa…")
    case .tooDeep: "guests: [[[…\n"
    case .path: "# guests.YAML\n" + guest("bo@fabrikam.example")
    case .noFiles: "# guests.json\n{\"guests\": []}\n"
    case .moreFindings: "guests:\n  - bo@fabrikam.example\n…\n"
    case .noTenant: "# guestlist.yaml\nversion: 1\n"
    case .unbuiltKey: "trust:\n  portal: trust/portal.pub\n"
    case .sponsorIsGuest: guest("bo@fabrikam.example", "sponsor: ana@fabrikam.example")
    case .authority:
      "# authority.yaml\nauthority:\n  partners/litware/**:\n    partners: [litware]\n"
        + "# partners/litware/litware.yaml\n"
        + guest("bo@fabrikam.example", "groups: [suppliers]")
    case .exceptionApplied:
      exception("bo@fabrikam.example", until: "2031-03-31")
        + guest("bo@fabrikam.example", "apps: [\"wiki:Admin\"]")
    case .exceptionOver: exception("ana@fabrikam.example", until: "2020-03-31")
    case .expiryPast: guest("bo@fabrikam.example", "expires: 2020-03-31")
    case .stayClipped: guest("bo@fabrikam.example", "expires: 2031-03-31")
    case .loosened:
      """
       partners:
         litware:
           domains: [litware.example]
           limits:
      -      stay: 90d
      +      stay: 180d

      """
    case .syntax: "guests: [\n"
    case .anchor: "guests:\n  - &bo\n    email: bo@fabrikam.example\n"
    case .tag: "guests:\n  - email: !!str bo@fabrikam.example\n"
    case .document: "guests: []\n---\nremoved: []\n"
    case .mergeKey: "guests:\n  - <<: {reason: audit}\n    email: bo@fabrikam.example\n"
    case .duplicateKey:
      guest("bo@fabrikam.example", "expires: 2027-03-31", "expires: 2027-06-30")
    case .unknownKey: guest("bo@fabrikam.example", "expire: 2027-03-31")
    case .missingKey: "guests:\n  - name: Bo Berg\n"
    case .wrongKind: guest("bo@fabrikam.example", "name: [Bo, Berg]")
    case .wrongValue: guest("bo@fabrikam.example", "expires: 31.3.2027")
    case .declaredTwice: "groups:\n  suppliers:\n    id: 7a000000-0000-4000-8000-000000000029\n"
    case .version: "version: 2\n"
    case .unknownName: guest("bo@fabrikam.example", "groups: [supliers]")
    case .ambiguousName:
      "packages:\n  suppliers:\n    id: 7d000000-0000-4000-8000-000000000030\n"
        + "    policy: 31000000-0000-4000-8000-000000000031\n"
        + "grants:\n  suppliers: [{guest: ana@fabrikam.example}]\n"
    case .sameIdentifier: "apps:\n  handbook:\n    appId: 0f3c0000-0000-4000-8000-000000000011\n"
    case .unusedBundle: "bundles:\n  auditor:\n    groups: [suppliers]\n"
    case .unusedResource: "apps:\n  expenses:\n    appId: 0f3c0000-0000-4000-8000-000000000010\n"
    case .emptyBundle: "bundles:\n  auditor: {}\n"
    case .overlappingPartners: partner("litware", "fabrikam.example")
    case .ownDomain: partner("litware", "contoso.example")
    case .publicPartner: partner("litware", "gmail.com")
    case .lookalikeDomain: partner("litware", "fabrìkam.example")
    case .sponsorOutside: guest("bo@fabrikam.example", "sponsor: lena@litware.example")
    case .invitationMessage:
      guest("bo@fabrikam.example", "invitation: {message: Welcome to Contoso}")
    case .guestTwice: guest("ana@fabrikam.example")
    case .sameAddressOtherForm: guest("Ana@Fabrikam.example")
    case .noPartner: guest("noor@litware.example")
    case .guestOfOwnDomain: guest("lena@contoso.example")
    case .unknownGuest: "grants:\n  wiki:\n    Reader: [{guest: bo@fabrikam.example}]\n"
    case .guestAndRemoved: removal("ana@fabrikam.example")
    case .protectedIdentity:
      removal("ceo@fabrikam.example") + "guards:\n  protected: [ceo@fabrikam.example]\n"
    case .uninvitableAddress: guest("bo+berg@fabrikam.example", "groups: [suppliers]")
    case .unreadableAddress: guest("bo at fabrikam")
    case .grantTwice: guest("bo@fabrikam.example", "groups: [suppliers, suppliers]")
    case .notAllowed: guest("bo@fabrikam.example", "apps: [\"wiki:Admin\"]")
    case .stayTooLong: guest("bo@fabrikam.example", "starts: 2027-01-01", "expires: 2028-01-01")
    case .tooManyGuests: guest("bo@fabrikam.example") + "  - email: cy@fabrikam.example\n"
    case .requirementMissing:
      partner("litware", "litware.example", "requires: [ticket]")
        + guest("noor@litware.example", "groups: [suppliers]")
    case .separation:
      "rules:\n  separation: [[\"wiki:Reader\", \"wiki:Editor\"]]\n"
        + partner("litware", "litware.example")
        + guest("noor@litware.example", "apps: [\"wiki:Reader\", \"wiki:Editor\"]")
    case .startsAfterEnd: guest("bo@fabrikam.example", "starts: 2027-04-01", "expires: 2027-03-31")
    case .exceptionUnused:
      "exceptions:\n  - entry: bo@fabrikam.example\n    rule: stay\n    until: 2027-03-31\n"
        + "    reason: leave\n"
    case .outlivesGuest:
      guest(
        "bo@fabrikam.example",
        "expires: 2027-02-28",
        "groups: [{group: suppliers, expires: 2027-03-31}]"
      )
    case .withoutAccess: guest("bo@fabrikam.example")
    }
  }

  private func guest(_ address: String, _ keys: String...) -> String {
    "guests:\n  - email: \(address)\n" + keys.map { "    \($0)\n" }.joined()
  }

  private func partner(_ name: String, _ domain: String, _ keys: String...) -> String {
    "partners:\n  \(name):\n    domains: [\(domain)]\n" + keys.map { "    \($0)\n" }.joined()
  }

  private func exception(_ address: String, until day: String) -> String {
    "exceptions:\n  - entry: \(address)\n    rule: allows\n    until: \(day)\n    reason: CHG-7\n"
  }

  private func removal(_ address: String) -> String {
    "removed:\n  - {email: \(address), reason: left in 2024, removes: account}\n"
  }
}
