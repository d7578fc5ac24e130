internal import Access

/// The small tenant that the contract is held against, in both of its forms.
enum ContractTenant {
  static let tenant: TenantID = id(1)
  static let ana: UserID = id(11)
  static let bo: UserID = id(12)
  static let member: UserID = id(13)
  static let gone: UserID = id(14)
  static let contact: UserID = id(15)
  static let app: AppID = id(21)
  static let servicePrincipal: ServicePrincipalID = id(22)
  static let reading: AppRoleID = id(23)
  static let editing: AppRoleID = id(24)
  static let group: GroupID = id(31)
  static let anaAddress = address("ana@fabrikam.example")
  static let contactAddress = address("desk@fabrikam.example")
  static let memberAddress = address("lena@contoso.example")

  static func id<ID: Identifier>(_ number: UInt64) -> ID {
    ID(GUID(high: 0x5B2A_9C3E_0000_4000, low: 0x8000_0000_0000_0000 | number))
  }

  /// An address in the compared form; the texts of this file are all addresses.
  static func address(_ text: String) -> EmailAddress {
    EmailAddress(normalised: text) ?? memberAddress
  }

  /// The tenant as the double holds it.
  static var state: TenantState {
    let guest = { (id: UserID, text: String, redemption: Account.Redemption) in
      Account(id: id, addresses: [address(text)], redemption: redemption, sponsors: [])
    }
    var state = TenantState(tenant: tenant, serviceTime: Moment(seconds: 1_800_000_000))
    state.accounts = [
      guest(ana, "ana@fabrikam.example", .accepted),
      guest(bo, "bo@fabrikam.example", .pendingAcceptance),
      Account(
        id: member,
        addresses: [memberAddress],
        userType: .member,
        isExternal: false
      ),
      Account(
        id: contact,
        addresses: [contactAddress],
        userType: .contact,
        isExternal: false
      ),
    ]
    let old = guest(gone, "gone@fabrikam.example", .accepted)
    state.deleted = [gone: DeletedAccount(account: old, deleted: nil)]
    state.apps[app] = ObservedApp(
      id: app,
      servicePrincipal: servicePrincipal,
      displayName: "Wiki",
      roles: [
        .init(id: reading, value: RoleValue("Reader")),
        .init(id: editing, value: RoleValue("Editor")),
      ],
      assignments: [.init(id: "a1", role: reading, principal: .user(bo))]
    )
    state.groups[group] = ObservedGroup(id: group, displayName: "Suppliers", members: [bo])
    return state
  }

  /// The same tenant as a scenario of the emulator.
  static var scenario: String {
    """
    {"tenant": {"id": "\(tenant)", "displayName": "Contoso", "domains": ["contoso.example"]},
     "users": [
      {"id": "\(ana)", "mail": "ana@fabrikam.example", "displayName": "Ana", "userType": "Guest"},
      {"id": "\(bo)", "mail": "bo@fabrikam.example", "displayName": "Bo", "userType": "Guest",
       "externalUserState": "PendingAcceptance"},
      {"id": "\(member)", "mail": "lena@contoso.example", "displayName": "Lena",
       "userPrincipalName": "lena@contoso.example", "userType": "Member"}],
     "contacts": [
      {"id": "\(contact)", "mail": "desk@fabrikam.example", "displayName": "Desk",
       "proxyAddresses": ["SMTP:desk@fabrikam.example"]}],
     "deletedUsers": [
      {"id": "\(gone)", "mail": "gone@fabrikam.example", "displayName": "Gone",
       "userType": "Guest"}],
     "servicePrincipals": [
      {"id": "\(servicePrincipal)", "appId": "\(app)", "displayName": "Wiki", "appRoles": [
       {"id": "\(reading)", "value": "Reader"}, {"id": "\(editing)", "value": "Editor"}]}],
     "groups": [
      {"id": "\(group)", "displayName": "Suppliers", "members": ["\(bo)"]}],
     "appRoleAssignments": [
      {"principalId": "\(bo)", "resourceId": "\(servicePrincipal)", "appRoleId": "\(reading)"}]}
    """
  }
}
