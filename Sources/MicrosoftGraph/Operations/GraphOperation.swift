/// Everything that the program asks of Graph, by what it is for.
package enum GraphOperation: String, Hashable, Sendable, CaseIterable {
  case readGuests, readSponsors, readApps, readAssignments, readGroups, readMembers
  case readDeleted, lookUpAddresses, lookUpContacts, readAccounts
  case readRoles, readOwned, readMemberships, readUserAssignments, readPackages
  case invite, resend, resetRedemption, changeMail, block, unblock, revokeSessions, restore, delete
  case addSponsor, removeSponsor, assign, unassign, join, leave, requestPackage, removePackage

  /// What is done, as an error continues `while`.
  package var words: String {
    switch self {
    case .readGuests: "reading the guests"
    case .readSponsors: "reading the sponsors"
    case .readApps: "reading the apps"
    case .readAssignments: "reading the app role assignments"
    case .readGroups: "reading the groups"
    case .readMembers: "reading the members of a group"
    case .readDeleted: "reading the deleted accounts"
    case .lookUpAddresses: "looking up an address"
    case .lookUpContacts: "looking up an address among the contacts"
    case .readAccounts: "reading an account"
    case .readRoles: "reading the directory roles of an account"
    case .readOwned: "reading what an account owns"
    case .readMemberships: "reading the memberships of an account"
    case .readUserAssignments: "reading the app role assignments of an account"
    case .readPackages: "reading the access packages"
    case .invite: "inviting a guest"
    case .resend: "sending an invitation again"
    case .resetRedemption: "resetting a redemption"
    case .changeMail: "adding a mail address to an account"
    case .block: "blocking sign-in"
    case .unblock: "unblocking sign-in"
    case .revokeSessions: "revoking the sessions of an account"
    case .restore: "restoring a deleted account"
    case .delete: "deleting an account"
    case .addSponsor: "adding a sponsor"
    case .removeSponsor: "removing a sponsor"
    case .assign: "assigning an app role"
    case .unassign: "removing an app role assignment"
    case .join: "adding a member to a group"
    case .leave: "removing a member from a group"
    case .requestPackage: "assigning an access package"
    case .removePackage: "removing an access package assignment"
    }
  }

  /// Whether it changes the tenant.
  package var isWrite: Bool {
    switch self {
    case .readGuests, .readSponsors, .readApps, .readAssignments, .readGroups, .readMembers,
      .readDeleted, .lookUpAddresses, .lookUpContacts, .readAccounts, .readRoles, .readOwned,
      .readMemberships,
      .readUserAssignments, .readPackages:
      false
    case .invite, .resend, .resetRedemption, .changeMail, .block, .unblock, .revokeSessions,
      .restore, .delete, .addSponsor, .removeSponsor, .assign, .unassign, .join, .leave,
      .requestPackage, .removePackage:
      true
    }
  }
}
