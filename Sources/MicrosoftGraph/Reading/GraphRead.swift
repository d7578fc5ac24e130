internal import Access
internal import HTTP

/// A request that only reads, by what it is about.
struct GraphRead: Hashable, Sendable {
  let subject: Subject
  /// From the version on.
  let path: String
  let resourceUnits: Int

  enum Subject: Hashable, Sendable {
    case guests, apps, groups, deleted, accounts
    case assignments(AppID)
    case members(GroupID)
    case address(EmailAddress), contact(EmailAddress)
    case memberships(UserID), roles(UserID), owned(UserID), userAssignments(UserID)
    case sponsors(UserID)
    /// What one guest holds, or all of them.
    case guestGroups(UserID), guestRoles(UserID), guestApps, guestPackages
    case organisation
    case package(AccessPackageID), packageAssignments(AccessPackageID)
    /// One object, as far as a write changes it.
    case account, packageAssignment
  }

  init(_ subject: Subject, _ path: String, resourceUnits: Int = 1) {
    self.subject = subject
    self.path = path
    self.resourceUnits = resourceUnits
  }

  var operation: GraphOperation {
    switch subject {
    case .guests: .readGuests
    case .apps, .guestApps: .readApps
    case .groups: .readGroups
    case .deleted: .readDeleted
    case .accounts, .account: .readAccounts
    case .assignments: .readAssignments
    case .members: .readMembers
    case .address: .lookUpAddresses
    case .contact: .lookUpContacts
    case .memberships, .guestGroups: .readMemberships
    case .roles: .readRoles
    case .owned: .readOwned
    case .userAssignments, .guestRoles: .readUserAssignments
    case .sponsors: .readSponsors
    case .package, .packageAssignments, .packageAssignment, .guestPackages: .readPackages
    case .organisation: .readOrganisation
    }
  }

  /// What a plan's footer calls it; `nil` for what the floor of FACTS section 12.1 counts.
  var extra: String? {
    switch subject {
    case .guests, .apps, .assignments: nil
    case .groups, .members: "groups and their members"
    case .deleted: "deleted accounts"
    case .accounts, .account: "accounts by identifier"
    case .address, .contact: "look-ups of addresses"
    case .memberships, .roles, .owned, .userAssignments: "what else hangs on an account"
    case .sponsors: "sponsors"
    case .guestGroups, .guestRoles, .guestApps, .guestPackages: "what guests hold"
    case .organisation: "the organisation"
    case .package, .packageAssignments, .packageAssignment: "access packages"
    }
  }

  /// What a reply to it is decoded into.
  private var model: any GraphModel.Type {
    switch subject {
    case .guests, .accounts, .deleted, .address, .contact: Page<GraphUser>.self
    case .account: GraphUser.Changeable.self
    case .apps, .guestApps: Page<GraphServicePrincipal>.self
    case .assignments, .userAssignments, .guestRoles: Page<GraphAppRoleAssignment>.self
    case .groups: Page<GraphGroup>.self
    case .members, .memberships, .guestGroups, .roles, .owned, .sponsors: Page<DirectoryObject>.self
    case .package: GraphAccessPackage.self
    case .packageAssignments, .guestPackages: Page<GraphPackageAssignment>.self
    case .packageAssignment: GraphPackageAssignment.self
    case .organisation: Page<GraphOrganisation>.self
    }
  }

  /// Whether it is one of many pages that follow one another, and so begins at once.
  var isChain: Bool { subject == .guests }

  /// Whether there is one for each guest, so that many empty ones are normal.
  var isSmall: Bool {
    switch subject {
    case .guestGroups, .guestRoles: true
    default: false
    }
  }

  func message(_ id: GUID) -> GraphMessage {
    GraphMessage(
      method: .get,
      path: path,
      body: nil,
      operation: operation,
      requestID: id,
      priority: .normal,
      resourceUnits: resourceUnits,
      model: model
    )
  }

  /// The read of the page after this one; `nil` where the link leads anywhere but to this Graph, or
  /// back to where it came from.
  func next(_ link: String, in endpoints: GraphEndpoints) -> GraphRead? {
    guard let url = HTTPURL(link), url.isSameOrigin(as: endpoints.graph),
      url.target.hasPrefix("/v1.0/")
    else { return nil }
    let path = String(url.target.dropFirst("/v1.0".count))
    return path == self.path ? nil : GraphRead(subject, path, resourceUnits: resourceUnits)
  }
}

/// The requests by which a tenant is read (FACTS sections 2 to 5, 12).
extension GraphRead {
  private static let accountProperties =
    "id,mail,otherMails,proxyAddresses,identities,userPrincipalName,displayName,userType,"
    + "externalUserState,externalUserStateChangeDateTime,accountEnabled,creationType,"
    + "createdDateTime"

  /// The largest page of the directory.
  static let page = 999

  /// How many values an `in` may list.
  static let list = 15

  /// All guests of the tenant, a page after another.
  static func guests(withSponsors: Bool) -> GraphRead {
    users(.guests, "userType eq 'Guest'", withSponsors: withSponsors, top: page)
  }

  private static func users(
    _ subject: Subject,
    _ filter: String,
    withSponsors: Bool,
    top: Int? = nil
  ) -> GraphRead {
    var path = "/users?$filter=\(URLText.encoded(filter))&$select=\(accountProperties)"
    if withSponsors { path += "&$expand=sponsors($select=id)" }
    if let top { path += "&$top=\(top)" }
    return GraphRead(subject, path, resourceUnits: withSponsors ? 2 : 1)
  }

  /// All soft-deleted users.
  static func deleted() -> GraphRead {
    let path = "/directory/deletedItems/microsoft.graph.user"
    return GraphRead(.deleted, "\(path)?$select=\(accountProperties),deletedDateTime&$top=\(page)")
  }

  /// The service principals of apps, with their roles.
  static func apps(_ ids: Set<AppID>) -> [GraphRead] {
    lists(ids).map { list in
      let filter = URLText.encoded("appId in (\(list))")
      return GraphRead(
        .apps,
        "/servicePrincipals?$filter=\(filter)&$select=id,appId,displayName,appRoles"
      )
    }
  }

  /// A service principal by its own identifier.
  static func app(_ id: ServicePrincipalID) -> GraphRead {
    let filter = URLText.encoded("id in ('\(id)')")
    return GraphRead(
      .guestApps,
      "/servicePrincipals?$filter=\(filter)&$select=id,appId,displayName,appRoles"
    )
  }

  /// The groups and app roles that a guest holds.
  static func holdings(of guest: UserID) -> [GraphRead] {
    [
      GraphRead(
        .guestGroups(guest),
        "/users/\(guest)/memberOf?$select=id&$top=\(page)",
        resourceUnits: 2
      ),
      GraphRead(.guestRoles(guest), "/users/\(guest)/appRoleAssignments?$top=\(page)"),
    ]
  }

  /// The tenant itself.
  static let organisation = GraphRead(
    .organisation,
    "/organization?$select=id,displayName,verifiedDomains"
  )

  /// Who was assigned to an app.
  static func assignments(_ app: AppID, of principal: ServicePrincipalID) -> GraphRead {
    GraphRead(
      .assignments(app),
      "/servicePrincipals/\(principal)/appRoleAssignedTo?$top=\(page)"
    )
  }

  /// Groups, with what decides whether their membership can be written.
  static func groups(_ ids: Set<GroupID>) -> [GraphRead] {
    lists(ids).map { list in
      let filter = URLText.encoded("id in (\(list))")
      let properties =
        "id,displayName,groupTypes,mailEnabled,onPremisesSyncEnabled,isAssignableToRole"
      return GraphRead(.groups, "/groups?$filter=\(filter)&$select=\(properties)")
    }
  }

  /// The direct members of a group.
  static func members(_ group: GroupID) -> GraphRead {
    GraphRead(
      .members(group),
      "/groups/\(group)/members?$select=id&$top=\(page)",
      resourceUnits: 2
    )
  }

  /// Accounts by their identifiers, whatever their kind.
  static func accounts(_ ids: Set<UserID>, withSponsors: Bool) -> [GraphRead] {
    lists(ids).map { users(.accounts, "id in (\($0))", withSponsors: withSponsors) }
  }

  /// Everywhere that an address may be, over all users.
  static func address(_ address: EmailAddress, withSponsors: Bool) -> GraphRead {
    let plain = URLText.literal(address.normalised)
    let proxy = URLText.literal("smtp:" + address.normalised)
    var clauses = [
      "mail eq \(plain)", "otherMails/any(o:o eq \(plain))", "proxyAddresses/any(p:p eq \(proxy))",
    ]
    // Longer ones cannot be asked for (FACTS section 2.1).
    if address.normalised.utf16.count <= 64 {
      clauses.append("identities/any(i:i/issuer eq 'mail' and i/issuerAssignedId eq \(plain))")
    }
    let filter = clauses.joined(separator: " or ")
    return users(.address(address), filter, withSponsors: withSponsors, top: page)
  }

  /// The contacts that hold an address: a guest who shares it could not be invited as one.
  static func contact(_ address: EmailAddress) -> GraphRead {
    let plain = URLText.literal(address.normalised)
    let proxy = URLText.literal("smtp:" + address.normalised)
    let filter = URLText.encoded("mail eq \(plain) or proxyAddresses/any(p:p eq \(proxy))")
    return GraphRead(
      .contact(address),
      "/contacts?$filter=\(filter)&$select=id,displayName,mail,proxyAddresses"
    )
  }

  /// What depends on an account beyond its guest's access.
  static func ties(_ user: UserID) -> [GraphRead] {
    [
      memberships(user), roles(user),
      GraphRead(.owned(user), "/users/\(user)/ownedObjects?$select=id&$top=\(page)"),
      userAssignments(user),
    ]
  }

  /// The groups, roles and units that hold an account directly.
  static func memberships(_ user: UserID) -> GraphRead {
    GraphRead(.memberships(user), "/users/\(user)/memberOf?$select=id&$top=\(page)")
  }

  /// Directory roles, held directly or through a group.
  static func roles(_ user: UserID) -> GraphRead {
    GraphRead(.roles(user), "/users/\(user)/transitiveMemberOf?$select=id&$top=\(page)")
  }

  /// The app roles that were assigned to an account itself, of one app or of all.
  static func userAssignments(_ user: UserID, on app: ServicePrincipalID? = nil) -> GraphRead {
    let filter = app.map { "$filter=\(URLText.encoded("resourceId eq \($0)"))&" } ?? ""
    return GraphRead(
      .userAssignments(user),
      "/users/\(user)/appRoleAssignments?\(filter)$top=\(page)"
    )
  }

  /// The sponsors of an account.
  static func sponsors(_ user: UserID) -> GraphRead {
    GraphRead(.sponsors(user), "/users/\(user)/sponsors?$select=id")
  }

  /// One account, as far as a write changes it.
  static func account(_ user: UserID) -> GraphRead {
    GraphRead(.account, "/users/\(user)?$select=id,accountEnabled,mail,otherMails")
  }

  private static let governance = "/identityGovernance/entitlementManagement"

  /// An access package with what it gives.
  static func package(_ id: AccessPackageID) -> GraphRead {
    GraphRead(
      .package(id),
      "\(governance)/accessPackages/\(id)?$expand=resourceRoleScopes($expand=role,scope)"
    )
  }

  /// The delivered assignments of an access package, of one account or of all.
  static func packageAssignments(_ id: AccessPackageID, of user: UserID? = nil) -> GraphRead {
    var filter = "accessPackage/id eq '\(id)' and state eq 'Delivered'"
    if let user { filter += " and target/objectId eq '\(user)'" }
    return GraphRead(
      .packageAssignments(id),
      "\(governance)/assignments?$expand=target&$filter=\(URLText.encoded(filter))"
    )
  }

  /// The delivered assignments of all access packages.
  static let guestPackages = GraphRead(
    .guestPackages,
    "\(governance)/assignments?$expand=target,accessPackage,assignmentPolicy"
      + "&$filter=\(URLText.encoded("state eq 'Delivered'"))"
  )

  /// One assignment of an access package.
  static func packageAssignment(_ id: PackageAssignmentID) -> GraphRead {
    GraphRead(.packageAssignment, "\(governance)/assignments/\(id)")
  }

  /// Identifiers in groups that one `in` may list, in the order of the identifiers.
  private static func lists(_ ids: Set<some Identifier>) -> [String] {
    let sorted = ids.sorted()
    return stride(from: 0, to: sorted.count, by: list).map { start in
      sorted[start..<min(start + list, sorted.count)].map { "'\($0)'" }.joined(separator: ",")
    }
  }
}
