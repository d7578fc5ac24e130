internal import Access
internal import Testing

/// What everything behind the seam of a tenant promises, as a value: held against the in-memory
/// double and against the Graph client on the emulator, so that neither can drift from the other.
///
/// It needs a tenant of its own, as `ContractTenant` describes it, and leaves it changed.
struct TenantContract {
  let reader: any TenantReader
  let writer: any TenantWriter
  private typealias Place = ContractTenant

  func run() async throws {
    try await readsWhatIsThere()
    try await leavesOutWhatIsNot()
    try await findsAddressesAnywhere()
    try await grantsAndRevokes()
    try await joinsAndLeaves()
    try await blocksAndUnblocks()
    try await invites()
    try await deletesAndRestores()
    try await sponsors()
    try await judgesEachWriteByItself()
  }

  private var everything: ObservationScope {
    ObservationScope(apps: [Place.app], groups: [Place.group], readsDeleted: true)
  }

  private func perform(_ change: TenantWrite.Change) async throws -> WriteReceipt {
    let write = TenantWrite(requestID: GUID(high: 1, low: 1), change: change)
    return try #require(await writer.perform([write]).first).get()
  }

  private func readsWhatIsThere() async throws {
    #expect(try await reader.tenant() == Place.tenant)
    let state = try await reader.observe(everything)
    #expect(state.tenant == Place.tenant)
    #expect(Set(state.accounts.keys) == [Place.ana, Place.bo])
    let ana = try #require(state.accounts[Place.ana])
    #expect(ana.addresses == [Place.anaAddress])
    #expect(ana.userType == .guest && ana.isExternal && ana.isEnabled)
    #expect(ana.redemption == .accepted)
    #expect(state.accounts[Place.bo]?.redemption == .pendingAcceptance)
    #expect(state.deleted.map { Set($0.keys) } == [Place.gone])
    let app = try #require(state.apps[Place.app])
    #expect(app.servicePrincipal == Place.servicePrincipal)
    #expect(app.displayName == "Wiki")
    #expect(app.roles.map(\.value) == [RoleValue("Reader"), RoleValue("Editor")])
    #expect(app.assignments.map(\.principal) == [.user(Place.bo)])
    #expect(app.assignments.map(\.role) == [Place.reading])
    #expect(state.groups[Place.group]?.members == [Place.bo])
    #expect(state.groups[Place.group]?.displayName == "Suppliers")
    #expect(state.groups[Place.group]?.obstacle == nil)
  }

  private func leavesOutWhatIsNot() async throws {
    let scope = ObservationScope(apps: [Place.id(91)], groups: [Place.id(92)])
    let state = try await reader.observe(scope)
    #expect(state.apps.isEmpty && state.groups.isEmpty)
    #expect(state.deleted == nil)
    #expect(state.lookedUp.isEmpty)
  }

  private func findsAddressesAnywhere() async throws {
    let nobody = Place.address("nobody@fabrikam.example")
    let scope = ObservationScope(addresses: [Place.anaAddress, Place.memberAddress, nobody])
    let state = try await reader.observe(scope)
    #expect(state.lookedUp == [Place.memberAddress, nobody])
    #expect(state.accounts[Place.member]?.userType == .member)
    #expect(state.accounts[Place.member]?.addresses == [Place.memberAddress])
    #expect(state.accounts.count == 3)
    #expect(state.deleted?[Place.gone] != nil)
    let held = try await reader.observe(ObservationScope(addresses: [Place.contactAddress]))
    #expect(held.accounts[Place.contact]?.userType == .contact)
    #expect(held.accounts[Place.contact]?.addresses == [Place.contactAddress])
  }

  private func assignment() async throws -> String? {
    try await reader.observe(everything).apps[Place.app]?.assignments
      .first { $0.principal == .user(Place.ana) && $0.role == Place.editing }?.id
  }

  private func grantsAndRevokes() async throws {
    let assign = TenantWrite.Change.assign(Place.ana, Place.servicePrincipal, Place.editing)
    #expect(try await perform(assign).effect == .changed)
    let id = try #require(try await assignment())
    #expect(try await perform(assign).effect == .alreadyThere)
    let unassign = TenantWrite.Change.unassign(Place.ana, Place.servicePrincipal, assignment: id)
    #expect(try await perform(unassign).effect == .changed)
    #expect(try await assignment() == nil)
    #expect(try await perform(unassign).effect == .alreadyGone)
  }

  private func joinsAndLeaves() async throws {
    let join = TenantWrite.Change.join(Place.ana, Place.group)
    #expect(try await perform(join).effect == .changed)
    #expect(
      try await reader.observe(everything).groups[Place.group]?.members == [Place.ana, Place.bo]
    )
    #expect(try await perform(join).effect == .alreadyThere)
    let leave = TenantWrite.Change.leave(Place.ana, Place.group)
    #expect(try await perform(leave).effect == .changed)
    #expect(try await reader.observe(everything).groups[Place.group]?.members == [Place.bo])
    #expect(try await perform(leave).effect == .alreadyGone)
  }

  private func blocksAndUnblocks() async throws {
    #expect(try await perform(.block(Place.ana)).effect == .changed)
    #expect(try await perform(.revokeSessions(Place.ana)).effect == .changed)
    #expect(try await reader.observe(everything).accounts[Place.ana]?.isEnabled == false)
    #expect(try await perform(.unblock(Place.ana)).effect == .changed)
    #expect(try await reader.observe(everything).accounts[Place.ana]?.isEnabled == true)
  }

  private func invites() async throws {
    let settings = InvitationSettings(redirect: "https://myapps.microsoft.com", send: false)
    let invite = TenantWrite.Change.invite(
      address: "Cy@Fabrikam.example",
      name: "Cy",
      settings,
      sponsors: [Place.member]
    )
    let receipt = try await perform(invite)
    #expect(receipt.effect == .changed)
    #expect(receipt.redeemURL != nil)
    let user = try #require(receipt.user)
    var scope = everything
    scope.readsSponsors = true
    let account = try #require(try await reader.observe(scope).accounts[user])
    #expect(account.addresses == [Place.address("cy@fabrikam.example")])
    #expect(account.displayName == "Cy")
    #expect(account.redemption == .pendingAcceptance)
    #expect(account.isExternal && account.isEnabled)
    #expect(account.sponsors == [Place.member])
    let again = try await perform(
      .resend(user, address: "cy@fabrikam.example", InvitationSettings(send: true))
    )
    #expect(again.user == user)
    #expect(again.redeemURL == nil)
    #expect(
      try await perform(.assign(user, Place.servicePrincipal, Place.reading)).effect == .changed
    )
    #expect(try await perform(.delete(user)).effect == .changed)
  }

  private func deletesAndRestores() async throws {
    #expect(try await perform(.delete(Place.bo)).effect == .changed)
    var state = try await reader.observe(everything)
    #expect(state.accounts[Place.bo] == nil)
    #expect(state.deleted?[Place.bo] != nil)
    #expect(try await perform(.delete(Place.bo)).effect == .alreadyGone)
    #expect(try await perform(.restore(Place.bo)).effect == .changed)
    state = try await reader.observe(everything)
    #expect(state.accounts[Place.bo]?.addresses == [Place.address("bo@fabrikam.example")])
    #expect(state.deleted?[Place.bo] == nil)
    #expect(try await perform(.restore(Place.bo)).effect == .alreadyThere)
  }

  private func sponsors() async throws {
    var scope = everything
    scope.readsSponsors = true
    let add = TenantWrite.Change.addSponsor(Place.ana, sponsor: Place.member)
    #expect(try await perform(add).effect == .changed)
    #expect(try await reader.observe(scope).accounts[Place.ana]?.sponsors == [Place.member])
    #expect(try await reader.observe(everything).accounts[Place.ana]?.sponsors == nil)
    #expect(try await perform(add).effect == .alreadyThere)
    let remove = TenantWrite.Change.removeSponsor(Place.ana, sponsor: Place.member)
    #expect(try await perform(remove).effect == .changed)
    #expect(try await perform(remove).effect == .alreadyGone)
  }

  private func judgesEachWriteByItself() async throws {
    let changes: [TenantWrite.Change] = [
      .block(Place.ana), .block(Place.id(93)), .join(Place.ana, Place.group),
      .join(Place.ana, Place.id(94)), .assign(Place.ana, Place.servicePrincipal, Place.id(95)),
      .unblock(Place.ana),
    ]
    let writes = changes.enumerated().map { number, change in
      TenantWrite(requestID: GUID(high: 1, low: UInt64(number)), change: change)
    }
    let kinds = await writer.perform(writes).map { result -> TenantError.Kind? in
      if case .failure(let error) = result { error.kind } else { nil }
    }
    #expect(kinds == [nil, .notFound, nil, .notFound, .refused, nil])
  }
}
