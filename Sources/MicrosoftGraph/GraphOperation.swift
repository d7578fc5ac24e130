/// Everything that the program asks of Graph, by what it is for.
package enum GraphOperation: String, Hashable, Sendable, CaseIterable {
  case readGuests, readSponsors, readApps, readAssignments, readGroups, readMembers, readDeleted,
    lookUpAddresses, lookUpContacts, readAccounts, readRoles, readOwned, readMemberships,
    readUserAssignments, readPackages, readOrganisation
  case invite, resend, resetRedemption, changeMail, block, unblock, revokeSessions, restore, delete,
    addSponsor, removeSponsor, assign, unassign, join, leave, requestPackage, removePackage

  /// What is done, to follow `while` in an error.
  var words: String { facts.words }

  /// The least application permissions, all of which are needed (FACTS section 2.5).
  package var leastPermissions: [String] { facts.permissions }

  /// Whether it changes the tenant.
  var isWrite: Bool { facts.isWrite }

  /// What to grant when the permission for the operation is missing.
  var permissionHint: String {
    let names = leastPermissions.map { "`\($0)`" }.joined(separator: " and ")
    return "the app registration needs \(names), with admin consent"
  }

  private struct Facts {
    var words: String
    var permissions: [String]
    var isWrite: Bool

    static func read(_ words: String, _ permissions: String...) -> Self {
      Self(words: words, permissions: permissions, isWrite: false)
    }

    static func write(_ words: String, _ permissions: String...) -> Self {
      Self(words: words, permissions: permissions, isWrite: true)
    }
  }

  private var facts: Facts {
    switch self {
    case .readGuests: .read("reading the guests", "User.Read.All")
    case .readSponsors: .read("reading the sponsors", "User.Read.All")
    case .readApps: .read("reading the apps", "Application.Read.All")
    case .readAssignments: .read("reading the app role assignments", "Application.Read.All")
    case .readGroups: .read("reading the groups", "GroupMember.Read.All")
    case .readMembers: .read("reading the members of a group", "GroupMember.Read.All")
    case .readDeleted: .read("reading the deleted accounts", "User.Read.All")
    case .lookUpAddresses: .read("looking up an address", "User.Read.All")
    case .lookUpContacts: .read("looking up an address among the contacts", "OrgContact.Read.All")
    case .readAccounts: .read("reading an account", "User.Read.All")
    case .readRoles: .read("reading the directory roles of an account", "User.Read.All")
    case .readOwned: .read("reading what an account owns", "User.Read.All")
    case .readMemberships: .read("reading the memberships of an account", "Directory.Read.All")
    case .readUserAssignments:
      .read("reading the app role assignments of an account", "Directory.Read.All")
    case .readPackages: .read("reading the access packages", "EntitlementManagement.Read.All")
    case .readOrganisation: .read("reading the organisation", "User.Read.All")
    case .invite: .write("inviting a guest", "User.Invite.All")
    case .resend: .write("sending an invitation again", "User.Invite.All")
    case .resetRedemption: .write("resetting a redemption", "User.ReadWrite.All")
    case .changeMail: .write("adding a mail address to an account", "User.ReadWrite.All")
    case .block: .write("blocking sign-in", "User.EnableDisableAccount.All", "User.Read.All")
    case .unblock: .write("unblocking sign-in", "User.EnableDisableAccount.All", "User.Read.All")
    case .revokeSessions: .write("revoking the sessions of an account", "User.RevokeSessions.All")
    case .restore: .write("restoring a deleted account", "User.DeleteRestore.All")
    case .delete: .write("deleting an account", "User.DeleteRestore.All")
    case .addSponsor: .write("adding a sponsor", "User.ReadWrite.All")
    case .removeSponsor: .write("removing a sponsor", "User.ReadWrite.All")
    case .assign:
      .write("assigning an app role", "AppRoleAssignment.ReadWrite.All", "Application.Read.All")
    case .unassign: .write("removing an app role assignment", "AppRoleAssignment.ReadWrite.All")
    case .join: .write("adding a member to a group", "GroupMember.ReadWrite.All")
    case .leave: .write("removing a member from a group", "GroupMember.ReadWrite.All")
    case .requestPackage:
      .write("assigning an access package", "EntitlementManagement.ReadWrite.All")
    case .removePackage:
      .write("removing an access package assignment", "EntitlementManagement.ReadWrite.All")
    }
  }
}
