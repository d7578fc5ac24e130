internal import Access
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// Access packages, as far as Graph v1.0 documents them.
struct PackageReadingTests {
  private static let package: AccessPackageID = Rig.id(1)
  private static let group: GroupID = Rig.id(2)
  private static let user: UserID = Rig.id(3)
  private static let app: AppID = Rig.id(4)
  private static let principal: ServicePrincipalID = Rig.id(104)
  private static let role: AppRoleID = Rig.id(5)

  private static let content = """
    {"id": "\(package)", "displayName": "Onboarding", "resourceRoleScopes": [
      {"role": {"originSystem": "AadGroup", "originId": "Member_\(group)"},
       "scope": {"originSystem": "AadGroup", "originId": "\(group)"}},
      {"role": {"originSystem": "AadGroup", "originId": "Owner_\(group)"},
       "scope": {"originSystem": "AadGroup", "originId": "\(Rig.id(99) as GroupID)"}},
      {"role": {"originSystem": "AadApplication", "originId": "\(role)"},
       "scope": {"originSystem": "AadApplication", "originId": "\(principal)"}},
      {"role": {"originSystem": "SharePointOnline", "originId": "7"},
       "scope": {"originSystem": "SharePointOnline", "originId": "https://x"}}]}
    """

  private static let assignments = """
    {"value": [
      {"id": "\(Rig.id(7) as PackageAssignmentID)", "state": "delivered",
       "target": {"objectId": "\(user)"}},
      {"id": "\(Rig.id(8) as PackageAssignmentID)", "target": {"email": "new@f.example"}}]}
    """

  private static let apps = """
    {"value": [{"id": "\(principal)", "appId": "\(app)", "displayName": "Wiki", "appRoles": [
      {"id": "\(role)", "value": "Reader", "isEnabled": true, "allowedMemberTypes": ["User"]}]}]}
    """

  @Test func `a package shows who holds it and what it gives`() async throws {
    let rig = try Rig { message in
      if message.path.contains("/accessPackages/") { return .reply(200, Self.content) }
      if message.path.contains("/assignments?") { return .reply(200, Self.assignments) }
      if message.path.hasPrefix("/servicePrincipals?") { return .reply(200, Self.apps) }
      return .reply(200, "{\"value\":[]}")
    }
    let scope = ObservationScope(apps: [Self.app], packages: [Self.package])
    let state = try await rig.reader.observe(scope)
    let package = try #require(state.packages[Self.package])
    #expect(package.displayName == "Onboarding")
    #expect(package.assignments == [Self.user: Rig.id(7)])
    #expect(package.resources == [.group(Self.group), .appRole(Self.app, RoleValue("Reader"))])
    let asked = try #require(rig.graph.messages.first { $0.path.contains("/assignments?") })
    #expect(asked.path.contains("state%20eq%20'Delivered'"))
    #expect(asked.path.contains("$expand=target"))
  }

  @Test(arguments: [403, 400, 500])
  func `a package that cannot be read is an error and not one that gives nothing`(
    status: Int
  ) async throws {
    let rig = try Rig { message in
      message.path.contains("/accessPackages/")
        ? .reply(status, "{}") : .reply(200, "{\"value\":[]}")
    }
    await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope(packages: [Self.package]))
    }
  }

  @Test func `a package brings its groups along when ties are judged`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([3])) }
      if message.path.contains("/accessPackages/") { return .reply(200, Self.content) }
      if message.path.contains("/memberOf") {
        return .reply(
          200,
          ##"{"value":[{"@odata.type":"#microsoft.graph.group","id":"\##(Self.group)"}]}"##
        )
      }
      return .reply(200, "{\"value\":[]}")
    }
    let scope = ObservationScope(packages: [Self.package], ties: [Self.user])
    let state = try await rig.reader.observe(scope)
    #expect(state.accounts[Self.user]?.ties == Account.Ties())
  }
}
