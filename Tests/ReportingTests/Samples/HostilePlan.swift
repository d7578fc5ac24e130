import Access
import Reporting

/// A plan in which every text that comes from outside is the same hostile one.
enum HostilePlan {
  static func report(with evil: String) throws -> PlanReport {
    var plan = try Sample.everything(author: evil)
    plan.actions.append(
      Action(
        guest: try Sample.address("ana@fabrikam.example"),
        operation: .invite(
          address: evil + "@fabrikam.example",
          name: evil,
          InvitationSettings(redirect: evil, language: evil),
          sponsors: []
        ),
        reason: .declaredBlocked(evil)
      )
    )
    plan.withheld.append(
      WithheldEntry(
        address: try Sample.address("\(evil.filter { $0 != "@" })x@fabrikam.example"),
        reason: evil,
        places: [Sample.place(evil, 1)]
      )
    )
    plan.findings.append(PlanFinding(.conflict, detail: evil))
    plan.guards.append(
      GuardVerdict(.removals, heldBack: [0], numbers: evil, hint: evil, digest: evil)
    )
    plan.cost.extras.append(.init(purpose: evil, requests: 1))
    var declared = try Sample.declared()
    declared.tenant.name = evil
    declared.links = ReportLinks(
      commit: "https://git.example/{sha}",
      file: "https://git.example/{path}"
    )
    declared.guests[0].name = evil
    let fabrikam = PartnerName("fabrikam")
    declared.partners[fabrikam]?.title = evil
    declared.catalog.apps = [evil: .init(id: Sample.expenses, place: Sample.place(evil, 1))]
    return PlanReport(
      plan: plan,
      declared: declared,
      origin: ReportOrigin(version: "1.2.3", runner: evil)
    )
  }
}
