internal import Access
internal import JSON
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// What replies add up to.
struct ObservationTests {
  @Test func `an account is read with all its addresses`() throws {
    let account = try decode(
      """
      {"id":"00000000-0000-000a-0000-000000000001","mail":"Ana@Fabrikam.example",
       "proxyAddresses":["SMTP:ana@fabrikam.example","smtp:a@fabrikam.example","x500:/o=x@y"],
       "otherMails":["ana@home.example"],
       "identities":[{"signInType":"federated","issuer":"mail","issuerAssignedId":"i@fabrikam.example"},
         {"signInType":"userPrincipalName","issuer":"c","issuerAssignedId":"ana_f#EXT#@c.onmicrosoft.com"}],
       "userPrincipalName":"ana_f#EXT#@c.onmicrosoft.com","displayName":"Ana","userType":"Guest",
       "externalUserState":"PendingAcceptance","externalUserStateChangeDateTime":"2026-01-02T03:04:05Z",
       "accountEnabled":false,"creationType":"Invitation","createdDateTime":"2026-01-01T00:00:00Z"}
      """
    )
    let addresses = ["ana@fabrikam.example", "a@fabrikam.example", "i@fabrikam.example"]
    #expect(account.addresses == Set(addresses.compactMap(Rig.normalise)))
    #expect(account.otherMails == Set(["ana@home.example"].compactMap(Rig.normalise)))
    #expect(account.redemption == .pendingAcceptance)
    #expect(account.redemptionChanged == Moment("2026-01-02T03:04:05Z"))
    #expect(account.created == Moment("2026-01-01T00:00:00Z"))
    #expect(!account.isEnabled && account.isExternal && account.userType == .guest)
  }

  @Test(arguments: [
    (#""userType":"Guest","creationType":"LocalAccount","userPrincipalName":"g@c.example""#, false),
    (#""userType":"Guest","userPrincipalName":"g@c.example""#, false),
    (#""userType":"Guest","userPrincipalName":"g_f#EXT#@c.example""#, true),
    (#""userType":"Guest","externalUserState":"Accepted","creationType":null"#, true),
    (#""userType":"Member","creationType":"Invitation""#, true),
    (#""userType":"Member","identities":[{"signInType":"federated","issuer":"x"}]"#, true),
    (#""userType":null,"userPrincipalName":"m@c.example""#, false),
  ])
  func `an external account is told from a local one`(members: String, isExternal: Bool) throws {
    let account = try decode("{\"id\":\"00000000-0000-000a-0000-000000000001\",\(members)}")
    #expect(account.isExternal == isExternal)
    #expect((account.userType == .guest) == members.contains("\"Guest\""))
  }

  @Test(arguments: [
    (
      #"{"signInType":"federated","issuer":"mail","issuerAssignedId":"MALLORY@evil.example"}"#, true
    ),
    (
      #"{"signInType":"federated","issuer":"mail","issuerAssignedId":"Ana@Fabrikam.example"}"#,
      false
    ),
    (#"{"signInType":"federated","issuer":"mail","issuerAssignedId":"a@fabrikam.example"}"#, false),
    (
      #"{"signInType":"federated","issuer":"mail","issuerAssignedId":"new@fabrikam.example"}"#,
      false
    ),
    (#"{"signInType":"federated","issuer":"ExternalAzureAD","issuerAssignedId":null}"#, false),
    (
      #"{"signInType":"federated","issuer":"google.com","issuerAssignedId":"10769150350006150715"}"#,
      false
    ),
    (
      #"{"signInType":"userPrincipalName","issuer":"c","issuerAssignedId":"ana_f#EXT#@c.onmicrosoft.com"}"#,
      false
    ),
  ])
  func `an account that somebody with another address signs in to says so`(
    identity: String,
    isForeign: Bool
  ) throws {
    let account = try decode(
      """
      {"id":"00000000-0000-000a-0000-000000000001","mail":"ana@fabrikam.example",
       "proxyAddresses":["SMTP:ana@fabrikam.example","smtp:a@fabrikam.example"],
       "otherMails":["new@fabrikam.example"],"userType":"Guest","identities":[\(identity)]}
      """
    )
    #expect(account.hasForeignIdentity == isForeign)
  }

  @Test(arguments: [
    (#""groupTypes":["DynamicMembership"]"#, ObservedGroup.Obstacle.dynamicMembership),
    (#""onPremisesSyncEnabled":true"#, .synchronisedFromPremises),
    (#""isAssignableToRole":true"#, .roleAssignable), (#""mailEnabled":true"#, .mailEnabled),
    (#""mailEnabled":true,"groupTypes":["Unified"]"#, nil), (#""mailEnabled":false"#, nil),
  ])
  func `a group that cannot be written says why`(
    members: String,
    obstacle: ObservedGroup.Obstacle?
  ) throws {
    let json = "{\"id\":\"00000000-0000-000a-0000-000000000001\",\(members)}"
    let group = try ForeignJSONDecoder().decode(GraphGroup.self, from: Array(json.utf8))
    #expect(group.group.obstacle == obstacle)
  }

  @Test func `a role must be enabled and for users to be assignable`() throws {
    let json = """
      {"id":"00000000-0000-000a-0000-000000000001","appId":"00000000-0000-000a-0000-000000000002",
       "displayName":"Wiki","appRoles":[
        {"id":"00000000-0000-000a-0000-000000000003","value":"Reader","isEnabled":true,"allowedMemberTypes":["User"]},
        {"id":"00000000-0000-000a-0000-000000000004","value":"Old","isEnabled":false,"allowedMemberTypes":["User"]},
        {"id":"00000000-0000-000a-0000-000000000005","value":"Bot","isEnabled":true,"allowedMemberTypes":["Application"]}]}
      """
    let app = try ForeignJSONDecoder().decode(GraphServicePrincipal.self, from: Array(json.utf8))
      .app
    #expect(app.roles.map(\.isAssignable) == [true, false, false])
    #expect(app.roles.map(\.value.text) == ["Reader", "Old", "Bot"])
  }

  @Test func `the floor of the no-op plan is kept`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([1, 2, 3])) }
      if message.path.hasPrefix("/servicePrincipals?") {
        return .reply(200, ReadingTests.apps(1...10))
      }
      return .reply(200, "{\"value\":[]}")
    }
    let scope = ObservationScope(
      apps: Set((1...10).map { Rig.id($0) }),
      groups: Set((1...10).map { Rig.id($0) }),
      addresses: []
    )
    let state = try await rig.reader.observe(scope)
    #expect(state.apps.count == 10)
    // The token, the guests, the apps with the groups and their members, the assignments.
    #expect(state.cost.roundTrips == 4)
    #expect(state.cost.requests == 1 + 1 + 1 + 10 + 10)
    #expect(state.cost.resourceUnits == 1 + 1 + 1 + 20 + 10)
    #expect(
      state.cost.extras == [ReadCost.Extra(purpose: "groups and their members", requests: 11)]
    )
  }

  @Test func `an address that no guest has is looked for everywhere`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?$filter=userType") {
        return .reply(
          200,
          #"{"value":[{"id":"00000000-0000-000a-0000-000000000001","mail":"a@f.example"}]}"#
        )
      }
      if message.path.contains("o''hara") {
        return .reply(
          200,
          #"{"value":[{"id":"00000000-0000-000a-0000-000000000002","otherMails":["o'hara@f.example"]}]}"#
        )
      }
      if message.path.contains("deletedItems") {
        return .reply(
          200,
          #"{"value":[{"id":"00000000-0000-000a-0000-000000000003","mail":"b@f.example","deletedDateTime":"2026-01-01T00:00:00Z"}]}"#
        )
      }
      return .reply(200, "{\"value\":[]}")
    }
    let addresses = ["a@f.example", "o'hara@f.example", "b&c=d+e@f.example"]
    let scope = ObservationScope(addresses: Set(addresses.compactMap(Rig.normalise)))
    let state = try await rig.reader.observe(scope)
    #expect(state.lookedUp == Set(addresses.dropFirst().compactMap(Rig.normalise)))
    #expect(state.accounts.count == 2)
    #expect(state.deleted?.values.first?.deleted == Moment("2026-01-01T00:00:00Z"))
    let asked = try #require(rig.graph.messages.first { $0.path.contains("%26c") })
    #expect(asked.path.contains("mail%20eq%20'b%26c%3Dd%2Be%40f.example'"))
    #expect(asked.isInBatch)
    #expect(state.cost.roundTrips == 3)
  }

  @Test func `every guest known means nothing is looked up and no deleted item read`() async throws
  {
    let rig = try Rig { _ in
      .reply(
        200,
        #"{"value":[{"id":"00000000-0000-000a-0000-000000000001","mail":"a@f.example"}]}"#
      )
    }
    let scope = ObservationScope(addresses: Set(["a@f.example"].compactMap(Rig.normalise)))
    let state = try await rig.reader.observe(scope)
    #expect(state.lookedUp.isEmpty)
    #expect(state.deleted == nil)
    #expect(state.cost.requests == 1)
  }

  @Test func `what does not exist is left out, and only that`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([])) }
      if message.path.hasPrefix("/groups?") {
        return .reply(
          200,
          #"{"value":[{"id":"00000000-0000-000a-0000-000000000001","displayName":"A"}]}"#
        )
      }
      if message.path.contains("000002/members") { return .reply(404, "{}") }
      if message.path.contains("/accessPackages/") { return .reply(404, "{}") }
      if message.path.contains("000001/members") {
        return .reply(
          200,
          ##"{"value":[{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-000a-0000-000000000007"},{"@odata.type":"#microsoft.graph.group","id":"00000000-0000-000a-0000-000000000008"}]}"##
        )
      }
      return .reply(200, "{\"value\":[]}")
    }
    let scope = ObservationScope(
      apps: [Rig.id(1)],
      groups: [Rig.id(1), Rig.id(2)],
      packages: [Rig.id(1)]
    )
    let state = try await rig.reader.observe(scope)
    #expect(state.apps.isEmpty && state.packages.isEmpty)
    #expect(Array(state.groups.keys) == [Rig.id(1)])
    #expect(state.groups[Rig.id(1)]?.members == [Rig.id(7)])
  }

  @Test func `ties are what no declaration gave`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([1, 2])) }
      let isSecond = message.path.contains("000002/")
      if message.path.contains("/memberOf") {
        let group = isSecond ? 9 : 5
        return .reply(
          200,
          "{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"\(Rig.id(UInt64(group)) as GroupID)\"}]}"
        )
      }
      if message.path.contains("/transitiveMemberOf"), isSecond {
        return .reply(
          200,
          ##"{"value":[{"@odata.type":"#microsoft.graph.directoryRole","id":"00000000-0000-000a-0000-000000000008"}]}"##
        )
      }
      return .reply(200, "{\"value\":[]}")
    }
    let scope = ObservationScope(groups: [Rig.id(5)], ties: [Rig.id(1), Rig.id(2)])
    let state = try await rig.reader.observe(scope)
    #expect(state.accounts[Rig.id(1)]?.ties == Account.Ties())
    #expect(
      state.accounts[Rig.id(2)]?.ties
        == Account.Ties(holdsDirectoryRole: true, holdsUnmanagedAccess: true)
    )
  }

  @Test func `a guest who is deleted while what guests hold is read is left out`() async throws {
    let rig = try Rig { message in
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([1, 2])) }
      if message.path.contains("000002/") { return .reply(404, "{}") }
      if message.path.contains("/memberOf") {
        return .reply(
          200,
          "{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"\(Rig.id(5) as GroupID)\"}]}"
        )
      }
      if message.path.hasPrefix("/groups?") {
        return .reply(200, "{\"value\":[{\"id\":\"\(Rig.id(5) as GroupID)\"}]}")
      }
      return .reply(200, "{\"value\":[]}")
    }
    var scope = ObservationScope()
    scope.readsHoldings = true
    let state = try await rig.reader.observe(scope)
    #expect(Array(state.accounts.keys) == [Rig.id(1)])
    #expect(state.groups[Rig.id(5)]?.members == [Rig.id(1)])
    #expect(state.accounts[Rig.id(1)]?.holdsDirectoryRole == nil)
  }

  @Test func `many guests who hold nothing are not a list without an end`() async throws {
    let rig = try Rig(limits: ReadLimits(entries: 1000)) { message in
      message.path.hasPrefix("/users?")
        ? .reply(200, ReadingTests.page(Array(1...40))) : .reply(200, "{\"value\":[]}")
    }
    var scope = ObservationScope()
    scope.readsHoldings = true
    #expect(try await rig.reader.observe(scope).accounts.count == 40)
  }

  @Test(arguments: ["/memberOf", "/appRoleAssignments", "/groups?", "/servicePrincipals?"])
  func `what guests hold is read as a whole or not at all`(path: String) async throws {
    let rig = try Rig { message in
      if message.path.contains(path) { return .reply(403, "{}") }
      if message.path.hasPrefix("/users?") { return .reply(200, ReadingTests.page([1])) }
      if message.path.contains("/memberOf") {
        return .reply(
          200,
          "{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"\(Rig.id(5) as GroupID)\"}]}"
        )
      }
      if message.path.contains("/appRoleAssignments") {
        let id = (Rig.id(6) as AppRoleID).description
        return .reply(
          200,
          "{\"value\":[{\"id\":\"x\",\"appRoleId\":\"\(id)\",\"principalId\":\"\(id)\",\"resourceId\":\"\(id)\"}]}"
        )
      }
      return .reply(200, "{\"value\":[]}")
    }
    var scope = ObservationScope()
    scope.readsHoldings = true
    await #expect(throws: TenantError.self) { try await rig.reader.observe(scope) }
  }

  private func decode(_ text: String) throws -> Account {
    try ForeignJSONDecoder().decode(GraphUser.self, from: Array(text.utf8))
      .account(withSponsors: false, Rig.normalise)
  }
}
