internal import Access
internal import FoundationEssentials

/// What the emulator says that its tenant holds.
struct ServiceState: Decodable {
  private var users: [User]
  private var deletedUsers: [User]
  private var groups: [Group]
  private var servicePrincipals: [App]
  private var appRoleAssignments: [Assignment]
  private var accessPackages: [Package]

  private struct User: Decodable {
    var id: String
    var mail: String?
    var otherMails: [String]?
    var userPrincipalName: String?
    var userType: String?
    var accountEnabled: Bool?
    var creationType: String?
    var externalUserState: String?
    var createdDateTime: String?
    var deletedDateTime: String?
    var signInSessionsValidFromDateTime: String?
  }
  private struct Group: Decodable {
    var id: String
    var members: [String]
  }
  private struct App: Decodable {
    var id: String
    var appId: String
  }
  private struct Assignment: Decodable {
    var id: String
    var appRoleId: String
    var principalId: String
    var resourceId: String
  }
  private struct Package: Decodable {
    struct Held: Decodable {
      struct Target: Decodable { var objectId: String }
      var id: String
      var state: String
      var target: Target
    }
    var id: String
    var assignments: [Held]
  }

  init(_ json: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(json))
  }

  /// The state in the vocabulary of plans; apps, groups and packages keep what only a scenario
  /// decides.
  func tenant(like former: TenantState) throws -> TenantState {
    var state = former
    state.accounts = AccountTable(try users.map(Self.account))
    state.deleted = [:]
    for user in deletedUsers {
      let account = try Self.account(user)
      state.deleted?[account.id] = DeletedAccount(
        account: account,
        deleted: user.deletedDateTime.flatMap { Moment($0) }
      )
    }
    for group in groups {
      let members = try group.members.map { try Self.id($0) as UserID }
      state.groups[try Self.id(group.id)]?.members = Set(members)
    }
    for app in servicePrincipals {
      state.apps[try Self.id(app.appId)]?.assignments =
        try appRoleAssignments.filter { $0.resourceId == app.id }.map { row in
          ObservedApp.RoleAssignment(
            id: row.id,
            role: try Self.id(row.appRoleId),
            principal: groups.contains { $0.id == row.principalId }
              ? .group(try Self.id(row.principalId)) : .user(try Self.id(row.principalId))
          )
        }
    }
    for package in accessPackages {
      let held = package.assignments.filter { $0.state == "delivered" }
      state.packages[try Self.id(package.id)]?.assignments = try held.reduce(into: [:]) {
        $0[try Self.id($1.target.objectId)] = try Self.id($1.id)
      }
    }
    return state
  }

  /// Since when an account's sessions count; those from before are over.
  func sessionsCount(from account: UserID) -> Moment? {
    users.first { $0.id.lowercased() == "\(account)" }?.signInSessionsValidFromDateTime
      .flatMap { Moment($0) }
  }

  private struct NotAnIdentifier: Error { var text: String }

  private static func id<ID: Identifier>(_ text: String) throws -> ID {
    guard let id = ID(text) else { throw NotAnIdentifier(text: text) }
    return id
  }

  private static func account(_ user: User) throws -> Account {
    let addresses = [user.mail].compactMap { $0.flatMap { EmailAddress(normalised: $0) } }
    return Account(
      id: try id(user.id),
      addresses: Set(addresses),
      otherMails: Set((user.otherMails ?? []).compactMap { EmailAddress(normalised: $0) }),
      userPrincipalName: user.userPrincipalName ?? "",
      userType: user.userType == "Guest" ? .guest : .member,
      isExternal: user.creationType == "Invitation" || user.externalUserState != nil,
      isEnabled: user.accountEnabled ?? true,
      redemption: user.externalUserState == "PendingAcceptance" ? .pendingAcceptance : .accepted,
      created: user.createdDateTime.flatMap { Moment($0) },
      ties: Account.Ties()
    )
  }
}
