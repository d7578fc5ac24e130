import Access
import Reporting
import Testing

extension Sample {
  /// A comparison with one change of every kind; text that people wrote is the text given.
  static func diff(_ text: String = "lost laptop, INC-77") throws -> DiffReport {
    let (ana, oskar) = (try address("ana@fabrikam.example"), try address("oskar@fabrikam.example"))
    let (lena, max) = (try address("lena@contoso.example"), try address("max@contoso.example"))
    let day = moment("2027-01-01T00:00:00Z")
    let effects: [DeclarationChange.Effect] = [
      .usesLoosenedRule(reader, "partner `fabrikam` does not allow `\(text)`"),
      .usesLoosenedRule(nil, "`\(text)` has no `expires`"),
      .loosens("`\(text)` is no longer protected"),
      .repoints("app `wiki` was `\(wiki)` and is now `\(expenses)`"),
      .pinsAccount(identifier(UserID.self, number: 9)), .pinsAccount(nil),
      .ordersRemoval(.account, reason: text), .ordersRemoval(.grants, reason: text),
      .makesExclusive("`wiki` is exclusive: access that is not declared is revoked"),
      .changesAddress(from: oskar),
      .changesRoles(expenses, from: [RoleValue("Reader")], to: [RoleValue(text)]),
      .invites([reader, .group(suppliers)], until: .at(day)), .invites([], until: .never),
      .isNoLongerSkipped([reader]), .gives([.package(onboarding)]), .unblocks, .returns(day),
      .extends(nil, from: .after(.days(90)), to: .after(.days(180))),
      .extends(reader, from: .at(day), to: .never), .restartsStay(.after(.days(90))),
      .changesStart(from: nil, to: day), .changesSponsors(from: [lena], to: [max]),
      .blocks(text), .removes([reader]), .removes([]), .takes([.group(suppliers)]),
      .shortens(nil, from: .never, to: .at(day)),
      .changesRule("`tenant.name` changes to `\(text)`"),
      .changesDetails(["name", "ticket"]), .skips(grant: nil, text),
      .skips(grant: text, "app `\(text)` is not in the catalog"),
      .isHeldBack(.removals, "12 guests would lose access; the limit is 10"),
    ]
    let changes = effects.enumerated().map { number, effect -> DeclarationChange in
      switch effect {
      case .loosens, .repoints, .makesExclusive, .changesRule, .isHeldBack:
        DeclarationChange(effect)
      default:
        DeclarationChange(
          effect,
          guest: number.isMultiple(of: 2) ? ana : oskar,
          partner: PartnerName("fabrikam"),
          place: place("partners/fabrikam.yaml", number + 1),
          isGone: effect == .removes([reader])
        )
      }
    }
    var declared = try declared()
    declared.links = ReportLinks(
      commit: "https://git.example/{sha}",
      file: "https://git.example/{sha}/{path}#L{line}"
    )
    return DiffReport(
      diff: DeclarationDiff(
        changes: changes,
        errors: [
          Finding(FindingCode(30), .error, "unknown bundle `\(text)`", place: place("c.yaml", 3))
        ],
        reviewers: [
          ReviewArea(.files(path: "partners/fabrikam/**", count: 2), owners: ["@contoso/\(text)"]),
          ReviewArea(.resource(name: "wiki", path: "apps/wiki/**"), owners: []),
          ReviewArea(.resource(name: text, path: nil), owners: []),
        ]
      ),
      base: try #require(commit("aaaa")),
      head: try #require(commit("bbbb")),
      before: nil,
      declared: declared,
      origin: origin
    )
  }
}
