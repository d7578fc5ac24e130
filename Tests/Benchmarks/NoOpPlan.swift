internal import FoundationEssentials
internal import Platform
internal import TestSupport

extension Benchmark {
  /// A plan that finds nothing to do over 300 guests, 10 apps with 300 role assignments and 10
  /// groups with 300 memberships, as a whole process beside `guestlist --version`.
  static let noOpPlan = Benchmark(name: "no-op-plan") {
    let workplace = try await Workplace.commit(
      ["desired-state/all.yaml": smallOrganisation],
      scenario: scenario(apps: 10, roles: ["User"], groups: 10)
    )
    try await workplace.guestlist("apply", "--confirm")
    let trips = try await workplace.roundTrips {
      try await workplace.guestlist("plan", "--detailed-exitcode")
    }
    let (plan, version) = try await Timing.pairs(
      25,
      { try await workplace.guestlist("plan", "--detailed-exitcode") },
      { try await workplace.guestlist("--version") }
    )
    return [
      .absolute("no-op-plan round trips", figure: trips, unit: "trips", atMost: 5),
      .ratio("no-op-plan time", figure: plan, to: version, of: "guestlist --version", atMost: 6),
    ]
  }

  /// A plan that finds nothing to do over 3,000 merges whose history is kept, beside one over the same
  /// files in a single commit.
  static let noOpPlanOverHistory = Benchmark(name: "no-op-plan-over-history") {
    let world = try await HistoryWorld()
    let tenant = scenario(
      apps: HistoryGenerator.apps,
      roles: HistoryGenerator.roles,
      groups: HistoryGenerator.groups
    )
    let folder = try TemporaryFolder()
    let long = try await Workplace(repository: world.path, in: folder, scenario: tenant)
    let flat = try await Workplace.commit(try await world.files(), scenario: tenant)
    for workplace in [long, flat] { try await workplace.guestlist("apply", "--confirm", "--quiet") }
    let (plan, alone) = try await Timing.pairs(
      9,
      { try await long.guestlist("plan", "--detailed-exitcode") },
      { try await flat.guestlist("plan", "--detailed-exitcode") }
    )
    return [
      .ratio(
        "no-op-plan over 3,000 merges",
        figure: plan,
        to: alone,
        of: "the same files in one commit",
        atMost: 1.5
      )
    ]
  }

  /// A tenant with apps, each with the same roles, and with groups, and no guest yet.
  private static func scenario(apps: Int, roles: [String], groups: Int) -> String {
    let apps = (0..<apps).map { app in
      let roles = roles.enumerated().map { number, role in
        """
        {"id": "\(identifier(4, app * 100 + number))", "value": "\(role)", "displayName": "\(role)",
         "description": "Uses it", "isEnabled": true, "allowedMemberTypes": ["User"]}
        """
      }
      return """
        {"id": "\(identifier(2, app))", "appId": "\(identifier(3, app))",
         "displayName": "Application \(app)", "appRoles": [\(roles.joined(separator: ","))]}
        """
    }
    let groups = (0..<groups).map { group in
      """
      {"id": "\(identifier(5, group))", "displayName": "Group \(group)", "securityEnabled": true,
       "mailEnabled": false, "mailNickname": "group\(group)", "members": []}
      """
    }
    let sponsors = (0..<HistoryGenerator.sponsors).map { number in
      """
      {"id": "\(identifier(6, number))", "userType": "Member", "displayName": "Owner \(number)",
       "userPrincipalName": "owner\(number)@contoso.example",
       "mail": "owner\(number)@contoso.example"}
      """
    }
    return """
      {"tenant": {"id": "\(identifier(1, 1))", "displayName": "Contoso",
        "verifiedDomains": [{"name": "contoso.example", "isDefault": true}]},
       "users": [\(sponsors.joined(separator: ","))],
       "servicePrincipals": [\(apps.joined(separator: ","))],
       "groups": [\(groups.joined(separator: ","))]}
      """
  }

  private static let smallOrganisation: String = {
    var text = """
      version: 1
      tenant: {id: \(identifier(1, 1)), name: Contoso, domains: [contoso.example], ref: main}
      guards: {invitations: {guests: 1000}, grants: {count: 10000}}
      partners:
        fabrikam: {name: Fabrikam, domains: [fabrikam.example]}

      """
    text += "apps:\n"
    for app in 0..<10 {
      text += "  app\(app): {appId: \(identifier(3, app)), name: Application \(app)}\n"
    }
    text += "groups:\n"
    for group in 0..<10 { text += "  group\(group): {id: \(identifier(5, group))}\n" }
    text += "guests:\n"
    for guest in 0..<300 {
      text += """
          - {email: guest\(guest)@fabrikam.example, apps: ["app\(guest % 10):User"], \
        groups: [group\(guest / 30)]}

        """
    }
    return text
  }()
}
