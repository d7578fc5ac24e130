import Access
import Reporting
import Testing

extension Sample {
  static let expenses = identifier(AppID.self, number: 1)
  static let wiki = identifier(AppID.self, number: 2)
  static let suppliers = identifier(GroupID.self, number: 3)
  static let onboarding = identifier(AccessPackageID.self, number: 4)
  static let principal = identifier(ServicePrincipalID.self, number: 5)
  static let role = identifier(AppRoleID.self, number: 6)
  static let user = identifier(UserID.self, number: 7)

  static let submitter = Resource.appRole(expenses, RoleValue("Submitter"))
  static let reader = Resource.appRole(wiki, RoleValue("Reader"))

  static let provenance = commit.map {
    Provenance(
      commit: $0,
      inner: CommitID(hex: String(repeating: "c4", count: 20)),
      author: "Lena Sjöberg",
      committed: moment("2026-11-19T09:30:00Z"),
      pullRequest: 12,
      place: place("partners/fabrikam/fabrikam.yaml", 31)
    )
  }

  /// Declarations that know two partners, two apps, a group and a package.
  static func declared() throws -> DesiredState {
    var catalog = Catalog()
    catalog.apps["expenses"] = .init(id: expenses, place: place("catalog.yaml", 4))
    catalog.apps["wiki"] = .init(id: wiki, place: place("catalog.yaml", 5))
    catalog.groups["suppliers"] = .init(id: suppliers, place: place("catalog.yaml", 8))
    catalog.packages["onboarding"] = .init(
      id: onboarding,
      policy: identifier(AssignmentPolicyID.self, number: 8),
      place: place("catalog.yaml", 10)
    )
    let fabrikam = PartnerName("fabrikam")
    return DesiredState(
      tenant: TenantDeclaration(id: tenant, name: "Contoso", domains: ["contoso.example"]),
      catalog: catalog,
      partners: [
        fabrikam: Partner(name: fabrikam, title: "Fabrikam AB", place: place("f.yaml", 2)),
        PartnerName("litware"): Partner(name: PartnerName("litware"), place: place("l.yaml", 2)),
      ],
      guests: [
        try guest("ana@fabrikam.example", "Ana Horvat", fabrikam),
        try guest("oskar@fabrikam.example", nil, fabrikam),
      ]
    )
  }

  static func guest(_ mail: String, _ name: String?, _ partner: PartnerName) throws -> GuestEntry {
    GuestEntry(
      address: try address(mail),
      spelled: mail,
      partner: partner,
      name: name,
      sponsors: [try address("lena@contoso.example")],
      ends: name == nil
        ? []
        : [
          Ending(rule: .at(moment("2027-04-01T00:00:00Z")), origin: .guest),
          Ending(rule: .afterIntroduction(.days(180)), origin: .partnerLimit(partner)),
        ],
      grants: [
        GrantEntry(
          resource: reader,
          spelled: "wiki:Reader",
          ends: [Ending(rule: .at(moment("2027-02-01T00:00:00Z")), origin: .grant)],
          origin: .guest,
          place: place("partners/\(partner)/\(partner).yaml", 36)
        )
      ],
      place: place("partners/\(partner)/\(partner).yaml", 30)
    )
  }

  /// A small plan as most are: somebody comes, somebody goes, a role changes.
  static func plan() throws -> Plan {
    let fabrikam = PartnerName("fabrikam")
    let settings = InvitationSettings(language: "sv-SE", cc: try address("access@contoso.example"))
    func action(
      _ mail: String,
      _ operation: Action.Operation,
      _ reason: Reason,
      partner: PartnerName? = fabrikam,
      prerequisites: [Int] = []
    ) throws -> Action {
      Action(
        guest: try address(mail),
        partner: partner,
        operation: operation,
        reason: reason,
        provenance: provenance,
        prerequisites: prerequisites
      )
    }
    var plan = try basicPlan()
    plan.actions = [
      try action("max@litware.example", .block, .undeclared, partner: PartnerName("litware")),
      try action(
        "ana@fabrikam.example",
        .invite(address: "Ana@Fabrikam.example", name: "Ana Horvat", settings, sponsors: [user]),
        .declared
      ),
      try action(
        "ana@fabrikam.example",
        .grant(submitter, .role(principal, role)),
        .declared,
        prerequisites: [1]
      ),
      try action("ana@fabrikam.example", .grant(reader, .role(principal, role)), .drifted),
      try action(
        "oskar@fabrikam.example",
        .grant(.group(suppliers), .membership(suppliers)),
        .declared
      ),
      try action(
        "oskar@fabrikam.example",
        .revoke(submitter, .assignment(principal, id: "a1")),
        .expired(at: moment("2026-11-19T00:00:00Z"), .grant)
      ),
      try action(
        "max@litware.example",
        .revoke(reader, .assignment(principal, id: "a2")),
        .undeclared,
        partner: PartnerName("litware")
      ),
    ]
    plan.upcoming = [
      UpcomingStep(
        moment: moment("2026-12-20T12:00:00Z"),
        guest: try address("max@litware.example"),
        partner: PartnerName("litware"),
        kind: .delete
      ),
      UpcomingStep(
        moment: moment("2027-01-11T00:00:00Z"),
        guest: try address("ida@fabrikam.example"),
        partner: fabrikam,
        kind: .start
      ),
    ]
    return plan
  }

  /// A plan without actions.
  static func basicPlan() throws -> Plan {
    Plan(
      tenant: tenant,
      commit: try #require(commit),
      moment: now,
      toolVersion: "1.2.3",
      unchanged: 12,
      unmanaged: 41,
      basis: Plan.Basis(commits: 14),
      cost: ReadCost(
        requests: 14,
        roundTrips: 5,
        resourceUnits: 19,
        extras: [
          .init(purpose: "deleted items", requests: 1),
          .init(purpose: "look-ups of new addresses", requests: 2),
        ]
      ),
      digest: "3f9a5c"
    )
  }
}
