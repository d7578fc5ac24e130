internal import Access
internal import HTTP

/// A request that only reads, by what it is about; it can be nothing else.
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
    case package(AccessPackageID), packageAssignments(AccessPackageID)
  }

  init(_ subject: Subject, _ path: String, resourceUnits: Int = 1) {
    self.subject = subject
    self.path = path
    self.resourceUnits = resourceUnits
  }

  var operation: GraphOperation {
    switch subject {
    case .guests: .readGuests
    case .apps: .readApps
    case .groups: .readGroups
    case .deleted: .readDeleted
    case .accounts: .readAccounts
    case .assignments: .readAssignments
    case .members: .readMembers
    case .address: .lookUpAddresses
    case .contact: .lookUpContacts
    case .memberships: .readMemberships
    case .roles: .readRoles
    case .owned: .readOwned
    case .userAssignments: .readUserAssignments
    case .sponsors: .readSponsors
    case .package, .packageAssignments: .readPackages
    }
  }

  /// What a plan's footer calls it; `nil` for what the floor of FACTS section 12.1 counts.
  var extra: String? {
    switch subject {
    case .guests, .apps, .assignments: nil
    case .groups, .members: "groups and their members"
    case .deleted: "deleted accounts"
    case .accounts: "accounts by identifier"
    case .address, .contact: "look-ups of addresses"
    case .memberships, .roles, .owned, .userAssignments: "what else hangs on an account"
    case .sponsors: "sponsors"
    case .package, .packageAssignments: "access packages"
    }
  }

  /// Whether it is one of many pages that follow one another, and so begins at once.
  var isChain: Bool { subject == .guests }

  func message(_ id: GUID) -> GraphMessage {
    GraphMessage(
      method: .get,
      path: path,
      body: nil,
      operation: operation,
      requestID: id,
      priority: .normal,
      resourceUnits: resourceUnits
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
